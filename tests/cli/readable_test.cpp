#include "cli/readable.h"

#include <gtest/gtest.h>

#include <limits>

namespace ffwd {
namespace {

TEST(Readable, NumbersShowFourDigitsOrTheirWholePart) {
  EXPECT_EQ(readable(0.0), "0");
  EXPECT_EQ(readable(1.0), "1.000");
  EXPECT_EQ(readable(-0.81324), "-0.8132");
  EXPECT_EQ(readable(12.3456), "12.35");
  EXPECT_EQ(readable(123.456), "123.5");
  EXPECT_EQ(readable(999.96), "1,000");
  EXPECT_EQ(readable(-48123.4), "-48,123");
}

TEST(Readable, TinyAndHugeNumbersShowTheirPower) {
  EXPECT_EQ(readable(1.23e-7), "1.2e-07");
  EXPECT_EQ(readable(-4e20), "-4e+20");
}

TEST(Readable, WhatIsNotFiniteHasNoFigure) {
  EXPECT_EQ(readable(std::numeric_limits<double>::quiet_NaN()), "–");
  EXPECT_EQ(readable(-std::numeric_limits<double>::infinity()), "–");
}

TEST(Readable, SecondsUseTheUnitThatFits) {
  EXPECT_EQ(readable_seconds(0.0034), "3 ms");
  EXPECT_EQ(readable_seconds(0.9996), "1.00 s");
  EXPECT_EQ(readable_seconds(4.213), "4.21 s");
  EXPECT_EQ(readable_seconds(42.13), "42.1 s");
  EXPECT_EQ(readable_seconds(59.96), "1 min 00 s");
  EXPECT_EQ(readable_seconds(192), "3 min 12 s");
  EXPECT_EQ(readable_seconds(7500), "2 h 05 min");
}

TEST(Readable, BytesUsePowersOfAThousand) {
  EXPECT_EQ(readable_bytes(999), "999 B");
  EXPECT_EQ(readable_bytes(23400), "23.4 kB");
  EXPECT_EQ(readable_bytes(1200000), "1.2 MB");
}

TEST(Readable, OneThingIsNotPlural) {
  EXPECT_EQ(counted(1, "row"), "1 row");
  EXPECT_EQ(counted(0, "row"), "0 rows");
  EXPECT_EQ(counted(20640, "row"), "20,640 rows");
}

}  // namespace
}  // namespace ffwd
