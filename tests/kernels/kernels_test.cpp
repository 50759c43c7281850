#include "kernels/kernels.h"

#include <gtest/gtest.h>

#include <string>

namespace ffwd {
namespace {

TEST(Targets, BestOneIsUsedUnlessAnotherIsForced) {
  ASSERT_FALSE(targets().empty());
  EXPECT_EQ(kernels<float>().target, targets().front());
  EXPECT_EQ(kernels<double>().target, targets().front());
}

TEST(Targets, EachCanBeForcedInBothPrecisionsAndLetGoAgain) {
  for (const std::string_view name : targets()) {
    ASSERT_TRUE(force_target(name)) << name;
    EXPECT_EQ(kernels<float>().target, name);
    EXPECT_EQ(kernels<double>().target, name);
  }
  EXPECT_TRUE(force_target(""));
  EXPECT_EQ(kernels<float>().target, targets().front());
}

TEST(Targets, UnknownOneIsRefusedAndChangesNothing) {
  for (const char* name : {"avx1024", "AVX2", " "}) EXPECT_FALSE(force_target(name)) << name;
  EXPECT_EQ(kernels<float>().target, targets().front());
}

}  // namespace
}  // namespace ffwd
