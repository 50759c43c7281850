#include <gtest/gtest.h>

#include <cmath>

#include "loss/loss_check.h"

namespace ffwd {
namespace {

Loss poisson(LossOptions options = {}) { return Loss(*find_row(losses(), "poisson"), std::move(options)); }

TEST(Poisson, IsTheRateLessTheCountTimesItsLogarithm) {
  const LossResult result = run_loss(poisson(), 1, {0, std::log(3.0)}, {2, 4});
  EXPECT_EQ(result.per_row[0], 1);
  EXPECT_NEAR(result.per_row[1], 3 - 4 * std::log(3.0), 1e-14);
  EXPECT_EQ(result.gradient[0], -1);
}

TEST(Poisson, WithItsConstantsIsMinusTheLogOfTheProbabilityForAnyCount) {
  double factorial = 1;
  for (int t = 0; t < 170; factorial *= ++t) {
    const double count = t;
    const double got = run_loss(poisson({.full = true}), 1, {0}, {count}).per_row[0] - 1;
    EXPECT_NEAR(got, std::log(factorial), 2e-15 * (20 + std::log(factorial))) << t;
  }
  EXPECT_EQ(run_loss(poisson({.full = true}), 1, {0, 0}, {0, 1}).per_row, (std::vector<double>{1, 1}));
  EXPECT_NEAR(run_loss(poisson({.full = true}), 1, {0}, {1e12}).per_row[0] - 1, std::lgamma(1e12 + 1), 1e-2);
}

TEST(Poisson, HasTheGradientOfItsValues) {
  check_gradient(poisson(), 1, {0.5, -2, 3, 0, 1, 1.5, -7}, {1, 2, 3, 0, 5, 6, 7});
  check_gradient(poisson({.full = true}), 3, {0.5, -2, 3, 0, 1, 1.5}, {1, 2, 3, 0, 5, 6});
}

TEST(Poisson, LinksALogarithmToItsRate) {
  double y[] = {0, std::log(7.0)};
  poisson().link(y, 1, 2, 1);
  EXPECT_EQ(y[0], 1);
  EXPECT_NEAR(y[1], 7, 1e-14);
}

}  // namespace
}  // namespace ffwd
