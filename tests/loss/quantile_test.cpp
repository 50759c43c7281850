#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "loss/loss_check.h"

namespace ffwd {
namespace {

Loss quantile(LossOptions options = {}) { return Loss(*find_row(losses(), "quantile"), std::move(options)); }
Loss pinball(LossOptions options = {}) { return Loss(*find_row(losses(), "pinball"), std::move(options)); }

std::vector<double> linked(const Loss& loss, const std::vector<double>& y, std::size_t outputs) {
  std::vector<double> answers = y;
  loss.link(answers.data(), outputs, y.size() / outputs, outputs);
  return answers;
}

TEST(Quantile, RisesBySoftplusFromLevelToLevel) {
  const auto softplus = [](double z) { return std::log1p(std::exp(z)); };
  const std::vector<double> q = linked(quantile(), {1, 0.5, -2, -3, -50, 40}, 3);
  EXPECT_EQ(q[0], 1);
  EXPECT_NEAR(q[1], 1 + softplus(0.5), 1e-14);
  EXPECT_NEAR(q[2], 1 + softplus(0.5) + softplus(-2), 1e-14);
  EXPECT_LE(q[3], q[4]);
  EXPECT_NEAR(q[5], 37, 1e-12);
}

TEST(Quantile, IsThePinballLossOfItsQuantiles) {
  const std::vector<double> y = {1, 0.5, -2, -3, 1, 0}, t = {1.2, 4};
  const Loss loss = quantile({.levels = {0.1, 0.6, 0.9}});
  const LossResult got = run_loss(loss, 3, y, t);
  EXPECT_EQ(got.per_row, run_loss(pinball({.levels = {0.1, 0.6, 0.9}}), 3, linked(loss, y, 3), t).per_row);
}

TEST(Quantile, HasTheGradientOfItsValues) {
  check_gradient(quantile(), 3, {0.5, -2, 3.5, 0.25, 1, 1.5}, {1, 2});
  check_gradient(quantile({.levels = {0.05, 0.95}, .sum_outputs = true}), 4, {0.5, -2, 3.5, 0.25, 1, 1.5, 2, 7},
                 {1, 2, 3, 4});
  check_gradient(quantile({.levels = {0.5}}), 1, {0.5, -2}, {1, 2});
}

TEST(Quantile, LeavesHolesOut) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const Loss loss = quantile({.levels = {0.25, 0.5}, .sum_outputs = true});
  const LossResult result = run_loss(loss, 4, {0, 0, 5, 5}, {nan, 3}, {}, {1, 1, 1, 1});
  EXPECT_EQ(result.per_row, run_loss(loss, 2, {5, 5}, {3}).per_row);
  EXPECT_EQ(result.gradient[0], 0);
  EXPECT_EQ(result.tangent[1], 0);
  EXPECT_NE(result.tangent[3], 0);
}

TEST(Quantile, TakesAsManyLevelsAsThereMayBe) {
  LossOptions options{.levels = {}};
  for (std::size_t q = 0; q < kMaxLevels; ++q) options.levels.push_back((static_cast<double>(q) + 0.5) / kMaxLevels);
  check_gradient_anywhere(quantile(options), 9, 2, 0);
}

}  // namespace
}  // namespace ffwd
