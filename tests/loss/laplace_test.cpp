#include <gtest/gtest.h>

#include <cmath>

#include "loss/loss_check.h"

namespace ffwd {
namespace {

Loss laplace(LossOptions options = {}) { return Loss(*find_row(losses(), "laplace"), std::move(options)); }

TEST(Laplace, WithItsConstantsIsMinusTheLogOfTheDensity) {
  const LossResult result = run_loss(laplace({.full = true}), 2, {1, 0.5, -2, -3}, {1.5, -2.25});
  const auto density = [](double t, double m, double b) { return std::exp(-std::abs(t - m) / b) / (2 * b); };
  EXPECT_NEAR(result.per_row[0], -std::log(density(1.5, 1, std::exp(0.5))), 1e-14);
  EXPECT_NEAR(result.per_row[1], -std::log(density(-2.25, -2, std::exp(-3))), 1e-14);
}

TEST(Laplace, HasTheGradientOfItsValues) {
  check_gradient(laplace(), 2, {0.5, -2, 3.5, 0, 1, 1.5}, {1, 2, 3});
  check_gradient(laplace({.sum_outputs = true}), 6, {0.5, -2, 3.5, 0, 1, 1.5}, {1, 2, 3});
}

TEST(Laplace, DoesNotMoveItsLocationWithoutAnError) {
  EXPECT_EQ(run_loss(laplace(), 2, {2, 0.5}, {2}).gradient, (AlignedVector<double>{0, 1}));
}

TEST(Laplace, LinksToLocationAndStandardDeviation) {
  double y[] = {5, std::log(3)};
  laplace().link(y, 2, 1, 2);
  EXPECT_EQ(y[0], 5);
  EXPECT_NEAR(y[1], 3 * std::sqrt(2), 1e-14);
}

}  // namespace
}  // namespace ffwd
