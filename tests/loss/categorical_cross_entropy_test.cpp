#include <gtest/gtest.h>

#include <cmath>

#include "loss/loss_check.h"

namespace ffwd {
namespace {

const LossRow& loss() { return *find_row(losses(), "categorical_cross_entropy"); }

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

TEST(Losses, EachHasALikelihoodOfItsOwn) {
  for (const LossRow* a : losses()) {
    EXPECT_FALSE(a->summary.empty());
    for (const LossRow* b : losses()) EXPECT_TRUE(a == b || a->likelihood != b->likelihood);
  }
}

}  // namespace
}  // namespace ffwd
