#include "ffwd/version.h"

#include <gtest/gtest.h>

namespace ffwd {
namespace {

TEST(Version, HasThreeNumbersAndABuild) {
  int dots = 0;
  for (char c : version()) dots += c == '.';
  EXPECT_EQ(dots, 2);
  EXPECT_FALSE(build().empty());
}

}  // namespace
}  // namespace ffwd
