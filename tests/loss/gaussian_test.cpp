#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "loss/loss_check.h"

namespace ffwd {
namespace {

Loss gaussian(LossOptions options = {}) { return Loss(*find_row(losses(), "gaussian"), std::move(options)); }

double density(double t, double mean, double variance) {
  return std::exp(-(t - mean) * (t - mean) / (2 * variance)) / std::sqrt(2 * std::numbers::pi * variance);
}

TEST(Gaussian, WithItsConstantsIsMinusTheLogOfTheDensity) {
  const LossResult result = run_loss(gaussian({.full = true}), 2, {1, 0.5, -2, -3}, {1.5, -2.25});
  EXPECT_NEAR(result.per_row[0], -std::log(density(1.5, 1, std::exp(0.5))), 1e-14);
  EXPECT_NEAR(result.per_row[1], -std::log(density(-2.25, -2, std::exp(-3))), 1e-14);
}

// Columns m_1, m_2, s_1, s_2.
TEST(Gaussian, OfSeveralTargetsIsTheMeanOfTheirsOrTheSum) {
  const double first = run_loss(gaussian(), 2, {1, 0.5}, {2}).per_row[0];
  const double second = run_loss(gaussian(), 2, {-1, 2}, {0.5}).per_row[0];
  const std::vector<double> y = {1, -1, 0.5, 2}, t = {2, 0.5};
  EXPECT_NEAR(run_loss(gaussian(), 4, y, t).per_row[0], (first + second) / 2, 1e-15);
  EXPECT_NEAR(run_loss(gaussian({.sum_outputs = true}), 4, y, t).per_row[0], first + second, 1e-15);
}

TEST(Gaussian, LeavesHolesOutAndPassesNanOfASingleTargetOn) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const LossResult holes = run_loss(gaussian({.sum_outputs = true}), 4, {1, -1, 0.5, 2}, {nan, 0.5}, {}, {1, 1, 1, 1});
  EXPECT_EQ(holes.per_row[0], run_loss(gaussian(), 2, {-1, 2}, {0.5}).per_row[0]);
  EXPECT_EQ(holes.gradient[0], 0);
  EXPECT_EQ(holes.gradient[2], 0);
  EXPECT_EQ(holes.tangent[2], 0);
  EXPECT_NE(holes.gradient[3], 0);
  EXPECT_TRUE(std::isnan(run_loss(gaussian(), 2, {1, 0.5}, {nan}).per_row[0]));
}

TEST(Gaussian, IsExactForVariancesFarFromOne) {
  const LossResult result = run_loss(gaussian(), 2, {1, -1000, 0, 1000}, {1, 1e200});
  EXPECT_EQ(result.per_row[0], -500);
  EXPECT_EQ(result.gradient[0], 0);
  EXPECT_NEAR(result.per_row[1], 500 + 1e200 * std::exp(-1000 / 2.0) * 1e200 * std::exp(-1000 / 2.0) / 2, 1e-9);
}

TEST(Gaussian, HasTheGradientOfItsValues) {
  check_gradient(gaussian(), 2, {0.5, -2, 3, 0, 1, 1.5}, {1, 2, 3});
  check_gradient(gaussian({.full = true}), 6, {0.5, -2, 3, 0, 1, 1.5}, {1, 2, 3});
}

TEST(Gaussian, LinksToMeanAndStandardDeviation) {
  AlignedVector<double> y{5, -1, std::log(4), 0, 0, 0, 0, 0};
  gaussian().link(y.data(), 8, 1, 4);
  EXPECT_EQ(y[0], 5);
  EXPECT_EQ(y[1], -1);
  EXPECT_NEAR(y[2], 2, 1e-15);
  EXPECT_EQ(y[3], 1);
  EXPECT_EQ(y[4], 0) << "padding";
}

}  // namespace
}  // namespace ffwd
