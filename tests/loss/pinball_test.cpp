#include <gtest/gtest.h>

#include <limits>

#include "loss/loss_check.h"

namespace ffwd {
namespace {

Loss pinball(LossOptions options = {}) { return Loss(*find_row(losses(), "pinball"), std::move(options)); }

// Koenker & Bassett (1978): an error costs tau where the target is above, 1 - tau where it is below.
TEST(Pinball, WeighsErrorsByTheLevel) {
  const LossResult result = run_loss(pinball({.levels = {0.25}}), 1, {0, 0, 1}, {2, -2, 1});
  EXPECT_EQ(result.per_row, (std::vector<double>{0.5, 1.5, 0}));
  EXPECT_EQ(result.gradient, (AlignedVector<double>{-0.25, 0.75, 0}));
}

TEST(Pinball, HasALevelAfterTheOtherOfEachTarget) {
  const LossResult result = run_loss(pinball({.levels = {0.25, 0.5}, .sum_outputs = true}), 4, {0, 0, 5, 5}, {2, 3});
  EXPECT_EQ(result.per_row, (std::vector<double>{0.5 + 1 + 1.5 + 1}));
  EXPECT_EQ(result.gradient, (AlignedVector<double>{-0.25, -0.5, 0.75, 0.5}));
}

TEST(Pinball, LeavesHolesOut) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const LossResult result = run_loss(pinball({.levels = {0.25, 0.5}}), 4, {0, 0, 5, 5}, {nan, 3});
  EXPECT_EQ(result.per_row, (std::vector<double>{(1.5 + 1) / 4}));
  EXPECT_EQ(result.gradient, (AlignedVector<double>{0, 0, 0.75 / 4, 0.125}));
}

TEST(Pinball, HasTheGradientOfItsValues) {
  check_gradient(pinball(), 3, {0.5, -2, 3.5, 0.25, 1, 1.5}, {1, 2});
  check_gradient(pinball({.levels = {0.05, 0.95}}), 4, {0.5, -2, 3.5, 0.25, 1, 1.5, 2, 7}, {1, 2, 3, 4});
}

}  // namespace
}  // namespace ffwd
