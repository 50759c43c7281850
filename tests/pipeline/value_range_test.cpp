#include "pipeline/value_range.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace ffwd {
namespace {

constexpr double kMax = std::numeric_limits<double>::max();

ValueRange range_of(const std::vector<double>& values, bool bounded = true) {
  return ValueRange::of(values, measure(values), bounded);
}

TEST(ValueRange, LetsACurveBeFollowedBeyondItsLastPoint) {
  const ValueRange range = range_of({-1, 1, -1, 1});  // mean 0, sd 1
  EXPECT_EQ(range.low, -1.0);
  EXPECT_EQ(range.high, 1.0);
  EXPECT_EQ(range.least, -4.0);
  EXPECT_EQ(range.most, 4.0);
  EXPECT_FALSE(range.is_far(4.0));
  EXPECT_EQ(range.bound(4.0), 4.0);
  EXPECT_TRUE(range.is_far(4.1));
  EXPECT_EQ(range.bound(4.1), 4.0);
  EXPECT_EQ(range.bound(-1e9), -4.0);
}

TEST(ValueRange, NeverTakesATrainingValueForFar) {
  std::vector<double> values(1000, 5.0);
  values.push_back(5.1);
  values.push_back(58.9);  // over 30 standard deviations out
  const ValueRange range = range_of(values);
  EXPECT_GT(range.most, 58.9);
  EXPECT_LT(range.most, 65);
  EXPECT_LT(range.least, 5.0);
  EXPECT_EQ(range.bound(58.9), 58.9);
  EXPECT_EQ(range.bound(80), range.most);
}

TEST(ValueRange, OnlyTellsWhereItDoesNotBound) {
  const ValueRange range = range_of({-1, 1}, false);
  EXPECT_TRUE(range.is_far(7));
  EXPECT_EQ(range.bound(7), 7.0);
}

TEST(ValueRange, IsFiniteAtAnyMagnitude) {
  const ValueRange range = range_of({-kMax, kMax});
  EXPECT_EQ(range.least, -kMax);
  EXPECT_EQ(range.most, kMax);
}

}  // namespace
}  // namespace ffwd
