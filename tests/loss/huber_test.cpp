#include <gtest/gtest.h>

#include "loss/loss_check.h"

namespace ffwd {
namespace {

Loss huber(LossOptions options = {}) { return Loss(*find_row(losses(), "huber"), std::move(options)); }

// Huber (1964): quadratic up to delta, linear beyond, with the same value and slope where they meet.
TEST(Huber, IsSquaredUpToDeltaAndAbsoluteBeyond) {
  const LossResult result = run_loss(huber(), 1, {0.5, 1, -1, 3, -11}, {0, 0, 0, 0, 0});
  EXPECT_EQ(result.per_row, (std::vector<double>{0.125, 0.5, 0.5, 2.5, 10.5}));
  EXPECT_EQ(result.gradient, (AlignedVector<double>{0.5, 1, -1, 1, -1}));
}

TEST(Huber, DeltaIsTheCallersChoice) {
  const LossResult result = run_loss(huber({.delta = 2.5}), 2, {1, 2, 3, -4}, {0, 0, 0, 0});
  EXPECT_EQ(result.per_row, (std::vector<double>{(0.5 + 2) / 2, (2.5 * 1.75 + 2.5 * 2.75) / 2}));
  EXPECT_EQ(result.gradient, (AlignedVector<double>{0.5, 1, 1.25, -1.25}));
}

TEST(Huber, IsHalfTheSquareWhenDeltaIsNeverReachedAndTakesErrorsOfAnySize) {
  EXPECT_EQ(run_loss(huber({.delta = 1e300}), 1, {3, -4}, {0, 0}).per_row, (std::vector<double>{4.5, 8}));
  const LossResult result = run_loss(huber(), 1, {1e300, -1e300}, {0, 0});
  EXPECT_EQ(result.per_row, (std::vector<double>{1e300, 1e300}));
  EXPECT_EQ(result.gradient, (AlignedVector<double>{1, -1}));
}

TEST(Huber, HasTheGradientOfItsValues) {
  check_gradient(huber(), 1, {0.5, -2, 3.5, 0, 1, 1.5, -7}, {1, 2, 3, 4, 5, 6, 7});
  check_gradient(huber({.delta = 0.25}), 3, {0.5, -2, 3.5, 0, 1, 1.5}, {1, 2, 3, 4, 5, 6});
}

TEST(Huber, LinksRawOutputsUnchanged) {
  double y[] = {1, -2};
  huber().link(y, 1, 2, 1);
  EXPECT_EQ(y[1], -2);
}

}  // namespace
}  // namespace ffwd
