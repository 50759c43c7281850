#include <gtest/gtest.h>

#include <cmath>

#include "loss/loss_check.h"

namespace ffwd {
namespace {

Loss loss(LossOptions options = {}) { return Loss(*find_row(losses(), "binary_cross_entropy"), std::move(options)); }

TEST(BinaryCrossEntropy, IsMinusTheLogOfTheProbabilityOfTheTruth) {
  const LossResult result = run_loss(loss(), 1, {0, 2, 2}, {1, 1, 0});
  EXPECT_NEAR(result.per_row[0], std::log(2), 1e-15);
  EXPECT_NEAR(result.per_row[1], -std::log(1 / (1 + std::exp(-2.0))), 1e-15);
  EXPECT_NEAR(result.per_row[2], 2 - std::log(1 / (1 + std::exp(-2.0))), 1e-15);
}

TEST(BinaryCrossEntropy, IsExactFarOut) {
  const LossResult result = run_loss(loss(), 1, {1000, -1000, 1000, -1000, -40}, {1, 1, 0, 0, 0});
  EXPECT_EQ(result.per_row[0], 0);
  EXPECT_EQ(result.per_row[1], 1000);
  EXPECT_EQ(result.per_row[2], 1000);
  EXPECT_EQ(result.per_row[3], 0);
  EXPECT_NEAR(result.per_row[4], std::exp(-40), 1e-30);
}

TEST(BinaryCrossEntropy, HasTheGradientOfItsValues) {
  check_gradient(loss(), 1, {0.5, -2, 3, 0, 1, 1.5, -7, 12, -3}, {1, 0, 1, 1, 0, 0, 1, 0, 0.5});
  check_gradient(loss(), 2, {0.5, -2, 3, 0, 1, 1.5}, {1, 0, 1, 1, 0, 0});
}

TEST(BinaryCrossEntropy, LinksALogitToItsProbability) {
  double y[] = {0, 2, -1000, 1000};
  loss().link(y, 1, 4, 1);
  EXPECT_EQ(y[0], 0.5);
  EXPECT_NEAR(y[1], 1 / (1 + std::exp(-2.0)), 1e-15);
  EXPECT_EQ(y[2], 0);
  EXPECT_EQ(y[3], 1);
}

}  // namespace
}  // namespace ffwd
