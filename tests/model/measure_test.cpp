#include "model/measure.h"

#include <gtest/gtest.h>

namespace ffwd {
namespace {

TEST(Measure, TheTrivialModelPredictsTheMeanOrTheSharesOfTheTrainingRows) {
  EXPECT_EQ(trivial_prediction(Task::kRegression, std::vector<double>{1, 2, 6}, 0, 2)(1, 0), 3);
  const Matrix shares = trivial_prediction(Task::kMulticlass, std::vector<double>{0, 1, 1, 2}, 3, 1);
  EXPECT_EQ(shares(0, 1), 0.5);
  EXPECT_EQ(shares(0, 2), 0.25);
}

TEST(Measure, UsesTheMetricsOfTheTask) {
  Matrix values(2, 1, {1, 4});
  EXPECT_EQ(measure(Task::kRegression, std::vector<double>{1, 2}, values)["mae"], 1);
  const Matrix probabilities(2, 2, {0.9, 0.1, 0.2, 0.8});
  EXPECT_EQ(measure(Task::kBinary, std::vector<double>{0, 0}, probabilities)["accuracy"], 0.5);
}

}  // namespace
}  // namespace ffwd
