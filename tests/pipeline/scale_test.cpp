#include "pipeline/scale.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace ffwd {
namespace {

constexpr double kMax = std::numeric_limits<double>::max();

TEST(Scale, IsTheMeanAndThePopulationStandardDeviation) {
  const std::vector<double> values{2, 4, 4, 4, 5, 5, 7, 9};
  const Scale scale = measure(values);
  EXPECT_EQ(scale.mean, 5.0);
  EXPECT_EQ(scale.sd, 2.0);
  EXPECT_EQ(scale.standardise(9), 2.0);
  EXPECT_EQ(scale.restore(-1.5), 2.0);
}

TEST(Scale, OfEqualValuesIsTheValueAndZero) {
  const std::vector<double> values(7, 0.1);  // whose sum is rounded
  EXPECT_EQ(measure(values).mean, 0.1);
  EXPECT_EQ(measure(values).sd, 0.0);
  EXPECT_EQ(measure({}).sd, 0.0);
}

TEST(Scale, KeepsItsDigitsFarFromZero) {
  const std::vector<double> values{100000001, 100000002, 100000003, 100000004};
  EXPECT_EQ(measure(values).mean, 100000002.5);
  EXPECT_DOUBLE_EQ(measure(values).sd, std::sqrt(1.25));
  EXPECT_DOUBLE_EQ(measure(values).standardise(-2.56689453125), (-2.56689453125 - 100000002.5) / std::sqrt(1.25));
}

TEST(Scale, NeitherOverflowsNorVanishesAtAnyMagnitude) {
  for (const double size : {1e-280, 1e-200, 1e-30, 1.0, 1e30, 1e200, 1e300, 1.7e308}) {
    SCOPED_TRACE(size);
    const std::vector<double> values{-size, 0.0, size, -size, 0.0, size};
    const Scale scale = measure(values);
    EXPECT_EQ(scale.mean, 0.0);
    EXPECT_NEAR(scale.sd / size, std::sqrt(2.0 / 3.0), 1e-15);
    EXPECT_NEAR(scale.standardise(-size), -std::sqrt(1.5), 1e-15);
    EXPECT_TRUE(std::isfinite(scale.restore(1e8)));
  }
}

TEST(Scale, OfTheLargestNumbersIsFinite) {
  const std::vector<double> values{-kMax, kMax};
  const Scale scale = measure(values);
  EXPECT_TRUE(std::isfinite(scale.mean));
  EXPECT_NEAR(scale.sd / kMax, 1.0, 1e-15);
  EXPECT_NEAR(scale.standardise(kMax), 1.0, 1e-15);
  EXPECT_NEAR(scale.standardise(-kMax), -1.0, 1e-15);
}

TEST(Scale, OfDenormalNumbersCountsAsConstant) {
  const std::vector<double> values{0.0, 5e-324, 1e-310};
  EXPECT_EQ(measure(values).sd, 0.0);
}

TEST(Scale, EndsFarOut) {
  const Scale scale{.mean = 0.0, .sd = 1e-200};
  EXPECT_EQ(scale.standardise(1e200), kFarthest);
  EXPECT_EQ(scale.standardise(-1e200), -kFarthest);
  EXPECT_TRUE(std::isnan(scale.restore(std::numeric_limits<double>::quiet_NaN())));
}

TEST(Scale, NoMeasuredValueComesNearTheEnd) {
  std::vector<double> values(100000, 1.0);
  values.back() = 1e300;
  EXPECT_NEAR(measure(values).standardise(1e300), std::sqrt(99999.0), 1e-6);
}

TEST(Median, IsTheMiddleValueOrTheMeanOfTheTwoMiddleOnes) {
  std::vector<double> odd{9, 1, 5}, even{4, 1, 9, 2}, large{kMax, kMax}, apart{-kMax, kMax};
  EXPECT_EQ(median(odd), 5.0);
  EXPECT_EQ(median(even), 3.0);
  EXPECT_EQ(median(large), kMax);
  EXPECT_EQ(median(apart), 0.0);
}

}  // namespace
}  // namespace ffwd
