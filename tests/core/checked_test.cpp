#include "core/checked.h"

#include <gtest/gtest.h>

namespace ffwd {
namespace {

constexpr std::size_t kMax = std::numeric_limits<std::size_t>::max();

TEST(CheckedSize, SumsAndProductsThatFitAreWhatTheyAre) {
  EXPECT_EQ((CheckedSize(2) + 3).value(), 5U);
  EXPECT_EQ((CheckedSize(kMax - 1) + 1).value(), kMax);
  EXPECT_EQ((CheckedSize(6) * 7).value(), 42U);
  EXPECT_EQ((CheckedSize(6) * 7 + 3).value(), 45U);
  for (const CheckedSize size : {CheckedSize(kMax) * 1, CheckedSize(0) * kMax, CheckedSize(kMax) * 0}) {
    EXPECT_TRUE(size.fits());
  }
}

TEST(CheckedSize, SumsAndProductsThatDoNotFitAreKnownAsSuch) {
  for (const CheckedSize size :
       {CheckedSize(kMax) + 1, CheckedSize(1) + kMax, CheckedSize(kMax) * 2, CheckedSize(kMax / 2 + 1) * 2,
        CheckedSize(std::size_t{1} << (sizeof(std::size_t) * 4)) * (std::size_t{1} << (sizeof(std::size_t) * 4))}) {
    EXPECT_FALSE(size.fits());
    EXPECT_EQ(size.value(), kMax);
  }
}

TEST(CheckedSize, WhatDoesNotFitStaysSo) {
  const CheckedSize size = CheckedSize(kMax) + 1;
  EXPECT_FALSE((size * 0).fits());
  EXPECT_FALSE((CheckedSize(0) * size).fits());
  EXPECT_FALSE((size + 1).fits());
  EXPECT_FALSE((CheckedSize(1) + size).fits());
}

}  // namespace
}  // namespace ffwd
