#include "file/checked.h"

#include <gtest/gtest.h>

namespace ffwd {
namespace {

constexpr std::size_t kMax = std::numeric_limits<std::size_t>::max();

TEST(Checked, SumsAndProductsThatFitAreWhatTheyAre) {
  EXPECT_EQ(checked_add(2, 3), 5U);
  EXPECT_EQ(checked_add(kMax - 1, 1), kMax);
  EXPECT_EQ(checked_multiply(6, 7), 42U);
  EXPECT_EQ(checked_multiply(kMax, 1), kMax);
  EXPECT_EQ(checked_multiply(0, kMax), 0U);
  EXPECT_EQ(checked_multiply(kMax, 0), 0U);
}

TEST(Checked, SumsAndProductsThatDoNotFitAreNothing) {
  EXPECT_EQ(checked_add(kMax, 1), std::nullopt);
  EXPECT_EQ(checked_add(1, kMax), std::nullopt);
  EXPECT_EQ(checked_multiply(kMax, 2), std::nullopt);
  EXPECT_EQ(checked_multiply(kMax / 2 + 1, 2), std::nullopt);
  EXPECT_EQ(checked_multiply(std::size_t{1} << 32, std::size_t{1} << 32), std::nullopt);
}

}  // namespace
}  // namespace ffwd
