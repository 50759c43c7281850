#include <gtest/gtest.h>

#include "loss/loss_check.h"

namespace ffwd {
namespace {

Loss half_squared(LossOptions options = {}) { return Loss(*find_row(losses(), "half_squared"), std::move(options)); }

TEST(HalfSquared, HasThePlainErrorForAGradient) {
  const LossResult result = run_loss(half_squared(), 1, {3, -1}, {1, 3});
  EXPECT_EQ(result.per_row, (std::vector<double>{2, 8}));
  EXPECT_EQ(result.gradient, (AlignedVector<double>{2, -4}));
}

TEST(HalfSquared, IsTheMeanOverTheOutputsOfARowOrTheirSum) {
  EXPECT_EQ(run_loss(half_squared(), 2, {3, 4}, {0, 0}).per_row, (std::vector<double>{6.25}));
  const LossResult sum = run_loss(half_squared({.sum_outputs = true}), 2, {3, 4}, {0, 0});
  EXPECT_EQ(sum.per_row, (std::vector<double>{12.5}));
  EXPECT_EQ(sum.gradient, (AlignedVector<double>{3, 4}));
}

}  // namespace
}  // namespace ffwd
