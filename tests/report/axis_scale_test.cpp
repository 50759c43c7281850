#include "report/axis_scale.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace ffwd {
namespace {

constexpr AxisRoom kRoom = {.first_pixel = 400.0, .last_pixel = 100.0, .n_ticks = 6};

std::string labels(const AxisScale& scale) {
  std::string text;
  for (const Tick& tick : scale.ticks()) text += (text.empty() ? "" : " ") + tick.label;
  return text;
}

TEST(AxisScale, LinearTicksAreRoundAndHoldTheRange) {
  EXPECT_EQ(labels(AxisScale::linear(0.23, 0.99, kRoom)), "0.2 0.4 0.6 0.8 1.0");
  EXPECT_EQ(labels(AxisScale::linear(0, 1, kRoom)), "0 0.2 0.4 0.6 0.8 1.0");
  EXPECT_EQ(labels(AxisScale::linear(-3, 12, kRoom)), "-5 0 5 10 15");
  EXPECT_EQ(labels(AxisScale::linear(1050, 5900, kRoom)), "1,000 2,000 3,000 4,000 5,000 6,000");
}

TEST(AxisScale, ASingleValueHasRoomAroundIt) {
  EXPECT_EQ(labels(AxisScale::linear(0.5, 0.5, kRoom)), "0.2 0.3 0.4 0.5 0.6 0.7 0.8");
  EXPECT_EQ(labels(AxisScale::linear(0, 0, kRoom)), "-0.6 -0.4 -0.2 0 0.2 0.4 0.6");
  EXPECT_EQ(labels(AxisScale::logarithmic(10, 10, kRoom)), "10 20");
}

TEST(AxisScale, LogarithmicTicksAreOneTwoFiveOrPowersOrFewerPowers) {
  EXPECT_EQ(labels(AxisScale::logarithmic(0.3, 40, kRoom)), "0.2 0.5 1 2 5 10 20 50");
  EXPECT_EQ(labels(AxisScale::logarithmic(0.03, 900, kRoom)), "0.01 0.1 1 10 100 1,000");
  EXPECT_EQ(labels(AxisScale::logarithmic(2e-12, 1, kRoom)), "10⁻¹² 10⁻¹⁰ 10⁻⁸ 10⁻⁶ 10⁻⁴ 10⁻² 10⁰");
}

TEST(AxisScale, PixelsRunFromTheFirstToTheLastTickOnBothKinds) {
  const AxisScale linear = AxisScale::linear(0, 1, kRoom);
  EXPECT_DOUBLE_EQ(linear(0.0), 400.0);
  EXPECT_DOUBLE_EQ(linear(0.25), 325.0);
  EXPECT_DOUBLE_EQ(linear(1.0), 100.0);
  const AxisScale logarithmic = AxisScale::logarithmic(0.01, 100, kRoom);
  EXPECT_TRUE(logarithmic.is_logarithmic());
  EXPECT_NEAR(logarithmic(0.01), 400.0, 1e-9);
  EXPECT_NEAR(logarithmic(1.0), 250.0, 1e-9);
  EXPECT_NEAR(logarithmic(100.0), 100.0, 1e-9);
}

TEST(AxisScale, EveryRangeHasAFewTicksThatHoldIt) {
  for (const double low : {1e-100, 3e-12, 0.7, 1.0, 9.99, 1e5, 1e99})
    for (const double factor : {1.0, 1.0 + 1e-15, 1.0000001, 1.2, 9.0, 1e3, 1e30, 1e60}) {
      const double high = std::min(low * factor, 1e100);
      for (const AxisScale& scale : {AxisScale::linear(low, high, kRoom), AxisScale::logarithmic(low, high, kRoom)}) {
        SCOPED_TRACE(testing::Message() << low << " to " << high << (scale.is_logarithmic() ? " logarithmic" : ""));
        EXPECT_GE(scale.ticks().size(), 2U);
        EXPECT_LE(scale.ticks().size(), 12U);
        EXPECT_LE(scale(low), 400.001);
        EXPECT_GE(scale(high), 99.999);
        for (const Tick& tick : scale.ticks()) EXPECT_TRUE(std::isfinite(tick.value));
      }
    }
}

TEST(AxisScale, CountsHaveWholeTicksFromTheFirstOn) {
  const AxisRoom room = {.first_pixel = 0.0, .last_pixel = 100.0, .n_ticks = 10};
  EXPECT_EQ(labels(AxisScale::counted(1, 1, room)), "1");
  EXPECT_EQ(labels(AxisScale::counted(1, 3, room)), "1 2 3");
  EXPECT_EQ(labels(AxisScale::counted(1, 12, room)), "1 2 4 6 8 10 12");
  EXPECT_EQ(labels(AxisScale::counted(1, 57, room)), "1 10 20 30 40 50");
  EXPECT_EQ(labels(AxisScale::counted(1, 10000, room)),
            "1 1,000 2,000 3,000 4,000 5,000 6,000 7,000 8,000 9,000 10,000");
  EXPECT_EQ(labels(AxisScale::counted(96, 130, room)), "96 100 105 110 115 120 125 130");
  EXPECT_DOUBLE_EQ(AxisScale::counted(1, 1, room)(1), 50.0);
  EXPECT_DOUBLE_EQ(AxisScale::counted(1, 11, room)(11), 100.0);
}

}  // namespace
}  // namespace ffwd
