#include <gtest/gtest.h>

#include <cmath>

#include "loss/loss_check.h"

namespace ffwd {
namespace {

Loss loss(LossOptions options = {}) {
  return Loss(*find_row(losses(), "categorical_cross_entropy"), std::move(options));
}

TEST(CategoricalCrossEntropy, IsMinusTheLogOfTheProbabilityOfTheTruth) {
  const LossResult result = run_loss(loss(), 3, {0, 0, 0, 1, 2, 3}, {2, 0});
  EXPECT_NEAR(result.per_row[0], std::log(3), 1e-15);
  EXPECT_NEAR(result.per_row[1], std::log(std::exp(1) + std::exp(2) + std::exp(3)) - 1, 1e-14);
}

TEST(CategoricalCrossEntropy, IsExactFarOut) {
  const LossResult result = run_loss(loss(), 3, {1000, 0, -1000, 1000, 0, -1000}, {0, 2});
  EXPECT_EQ(result.per_row[0], 0);
  EXPECT_EQ(result.per_row[1], 2000);
}

TEST(CategoricalCrossEntropy, HasTheGradientOfItsValues) {
  check_gradient(loss(), 3, {0.5, -2, 3, 0, 1, 1.5}, {1, 0});
  std::vector<double> y;
  for (int k = 0; k < 2 * 19; ++k) y.push_back(0.3 * k - 4);
  check_gradient(loss(), 19, y, {18, 4});
}

TEST(CategoricalCrossEntropy, LinksLogitsToProbabilitiesThatSumToOne) {
  AlignedVector<double> y{1, 2, 3, 0, 0, 0, 0, 0};
  loss().link(y.data(), 8, 1, 3);
  EXPECT_NEAR(y[0] + y[1] + y[2], 1, 1e-15);
  EXPECT_NEAR(y[2] / y[1], std::exp(1), 1e-14);
  EXPECT_EQ(y[3], 0) << "padding";
}

// Szegedy et al. (2016), equation 7: (1 - eps) of the truth stays, eps is shared out among all classes.
TEST(CategoricalCrossEntropy, WithSmoothedLabelsIsThatOfTheSmoothedProbabilities) {
  const std::vector<double> y = {0.5, -2, 3, 0, 1, 1.5};
  const LossResult smoothed = run_loss(loss({.label_smoothing = 0.3}), 3, y, {1, 0});
  const LossResult soft = run_loss(loss({.soft_targets = true}), 3, y, {0.1, 0.8, 0.1, 0.8, 0.1, 0.1});
  for (std::size_t i = 0; i < 2; ++i) EXPECT_NEAR(smoothed.per_row[i], soft.per_row[i], 1e-15);
  for (std::size_t i = 0; i < 6; ++i) EXPECT_NEAR(smoothed.gradient[i], soft.gradient[i], 1e-15);
  EXPECT_NEAR(soft.per_row[0], std::log(std::exp(0.5) + std::exp(-2) + std::exp(3)) - (0.1 * 0.5 + 0.8 * -2 + 0.1 * 3),
              1e-14);
}

TEST(CategoricalCrossEntropy, SmoothedOrSoftHasTheGradientOfItsValues) {
  check_gradient(loss({.label_smoothing = 0.1}), 3, {0.5, -2, 3, 0, 1, 1.5}, {1, 0});
  check_gradient(loss({.soft_targets = true}), 3, {0.5, -2, 3, 0, 1, 1.5}, {0.5, 0.25, 0.25, 1, 0, 0});
  check_gradient(loss({.label_smoothing = 0.2, .soft_targets = true}), 3, {0.5, -2, 3, 0, 1, 1.5},
                 {0.5, 0.25, 0.5, 1, 0.75, 0});  // that do not sum to 1
  std::vector<double> y;
  for (int k = 0; k < 2 * 19; ++k) y.push_back(0.3 * k - 4);
  check_gradient(loss({.label_smoothing = 0.1}), 19, y, {18, 4});
}

TEST(CategoricalCrossEntropy, SmoothedIsExactFarOut) {
  const LossResult result = run_loss(loss({.label_smoothing = 0.3}), 3, {1000, -1000, 0}, {0});
  EXPECT_NEAR(result.per_row[0], 300, 1e-12);  // (0.3 / 3) (0 + 2000 + 1000)
  EXPECT_NEAR(result.gradient[0], 0.2, 1e-15);
  EXPECT_NEAR(result.gradient[1], -0.1, 1e-15);
}

}  // namespace
}  // namespace ffwd
