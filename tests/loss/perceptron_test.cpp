#include <gtest/gtest.h>

#include <limits>

#include "loss/loss_check.h"

namespace ffwd {
namespace {

Loss loss() { return Loss(*find_row(losses(), "perceptron")); }

TEST(Perceptron, CountsWrongAnswersByTheirDistanceFromTheBoundary) {
  const LossResult result = run_loss(loss(), 1, {2, -3, 2, -3}, {1, 0, 0, 1});
  EXPECT_EQ(result.per_row, (std::vector<double>{0, 0, 2, 3}));
  EXPECT_EQ(result.gradient, (AlignedVector<double>{0, 0, 1, -1}));
}

TEST(Perceptron, AnswersOneOnTheBoundary) {
  EXPECT_EQ(run_loss(loss(), 1, {0, 0}, {1, 0}).gradient, (AlignedVector<double>{0, 1}));
}

TEST(Perceptron, HasTheGradientOfItsValues) {
  check_gradient(loss(), 1, {0.5, -2, 3, -0.1, 1, 1.5, -7, 12, -3}, {1, 0, 1, 1, 0, 0, 1, 0, 0});
  check_gradient(loss(), 2, {0.5, -2, 3, -0.1, 1, 1.5}, {1, 0, 1, 1, 0, 0});
}

TEST(Perceptron, LinksANumberToAClass) {
  double y[] = {-1e-300, 0, 1e-300, std::numeric_limits<double>::quiet_NaN()};
  loss().link(y, 1, 4, 1);
  EXPECT_EQ(y[0], 0);
  EXPECT_EQ(y[1], 1);
  EXPECT_EQ(y[2], 1);
  EXPECT_TRUE(std::isnan(y[3]));
}

}  // namespace
}  // namespace ffwd
