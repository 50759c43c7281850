#include <gtest/gtest.h>

#include "ffwd/version.h"
#include "kernels/kernels.h"

namespace ffwd {
namespace {

TEST(Target, IsTheOneInUse) {
  EXPECT_EQ(target(), kernels<float>().target);
  for (const std::string_view name : targets()) {
    ASSERT_TRUE(force_target(name));
    EXPECT_EQ(target(), name);
  }
  EXPECT_TRUE(force_target(""));
}

}  // namespace
}  // namespace ffwd
