#include <gtest/gtest.h>

#include "loss/loss_check.h"

namespace ffwd {
namespace {

Loss mae(LossOptions options = {}) { return Loss(*find_row(losses(), "mae"), std::move(options)); }

TEST(Mae, IsTheMeanOfAbsoluteErrorsOverTheOutputsOfARow) {
  const LossResult result = run_loss(mae(), 2, {1, -2, 3, 4}, {0, 0, 3, 6});
  EXPECT_EQ(result.per_row, (std::vector<double>{1.5, 1}));
}

TEST(Mae, HasTheGradientOfItsValues) {
  check_gradient(mae(), 1, {0.5, -2, 3.5, 0, 1, 1.5, -7}, {1, 2, 3, 4, 5, 6, 7});
  check_gradient(mae(), 3, {0.5, -2, 3.5, 0, 1, 1.5}, {1, 2, 3, 4, 5, 6});
}

TEST(Mae, HasNoGradientWithoutAnError) {
  EXPECT_EQ(run_loss(mae(), 1, {2, 3, 1}, {2, 2, 2}).gradient, (AlignedVector<double>{0, 1, -1}));
}

TEST(Mae, LinksRawOutputsUnchanged) {
  double y[] = {1, -2};
  mae().link(y, 1, 2, 1);
  EXPECT_EQ(y[1], -2);
}

}  // namespace
}  // namespace ffwd
