#include <gtest/gtest.h>

#include "loss/loss_check.h"

namespace ffwd {
namespace {

Loss mse(LossOptions options = {}) { return Loss(*find_row(losses(), "mse"), std::move(options)); }

TEST(Mse, IsTheMeanOfSquaresOverTheOutputsOfARow) {
  const LossResult result = run_loss(mse(), 2, {1, 2, 3, 4}, {0, 0, 3, 2});
  EXPECT_EQ(result.per_row, (std::vector<double>{2.5, 2}));
}

TEST(Mse, HasTheGradientOfItsValues) {
  check_gradient(mse(), 1, {0.5, -2, 3, 0, 1, 1.5, -7}, {1, 2, 3, 4, 5, 6, 7});
  check_gradient(mse(), 3, {0.5, -2, 3, 0, 1, 1.5}, {1, 2, 3, 4, 5, 6});
}

TEST(Mse, LinksRawOutputsUnchanged) {
  double y[] = {1, -2};
  mse().link(y, 1, 2, 1);
  EXPECT_EQ(y[1], -2);
}

}  // namespace
}  // namespace ffwd
