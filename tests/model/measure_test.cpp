#include "model/measure.h"

#include <gtest/gtest.h>

#include <cmath>

namespace ffwd {
namespace {

const std::vector<std::string> kOne = {"y"}, kTwo = {"a", "b"};

TEST(Measure, TheTrivialModelPredictsTheMeanOrTheSharesOfTheTrainingRows) {
  EXPECT_EQ(trivial_prediction(Task::kRegression, Matrix(3, 1, {1, 2, 6}), {}, 0), std::vector<double>{3});
  const std::vector<double> shares = {0.25, 0.5, 0.25};
  EXPECT_EQ(trivial_prediction(Task::kMulticlass, Matrix(4, 1, {0, 1, 1, 2}), {}, 3), shares);
}

TEST(Measure, TheTrivialModelCountsWeightsAndLeavesHolesOut) {
  const std::vector<double> weights = {1, 3}, shares = {0.25, 0.75}, means = {2, 7};
  EXPECT_EQ(trivial_prediction(Task::kRegression, Matrix(2, 1, {0, 4}), weights, 0), std::vector<double>{3});
  EXPECT_EQ(trivial_prediction(Task::kBinary, Matrix(2, 1, {0, 1}), weights, 2), shares);
  const Matrix holes(2, 2, {1, std::nan(""), 3, 7});
  EXPECT_EQ(trivial_prediction(Task::kRegression, holes, {}, 0), means);
}

TEST(Measure, TheTrivialModelIsMeasuredAsAPredictionOfEveryRow) {
  const std::vector<double> shares = {0.25, 0.75}, means = {2, 7};
  const Metrics classes = measure_trivial(Task::kBinary, kOne, Matrix(3, 1, {0, 1, 1}), shares, {});
  EXPECT_EQ(classes["accuracy"], 2.0 / 3.0);
  EXPECT_EQ(classes["roc_auc"], 0.5);
  const Metrics numbers = measure_trivial(Task::kRegression, kTwo, Matrix(2, 2, {1, 7, 2, 9}), means, {});
  EXPECT_EQ(numbers.by_target[0].metrics["mae"], 0.5);
  EXPECT_EQ(numbers.by_target[1].metrics["mae"], 1);
}

TEST(Measure, UsesTheMetricsOfTheTask) {
  const Matrix truth(2, 1, {1, 2}), values(2, 1, {1, 4});
  EXPECT_EQ(measure(Task::kRegression, kOne, truth, values, {}, 1)["mae"], 1);
  EXPECT_EQ(measure(Task::kRegression, kOne, truth, values, std::vector<double>{3, 1}, 1)["mae"], 0.5);
  const Matrix classes(2, 1, {0, 0}), probabilities(2, 2, {0.9, 0.1, 0.2, 0.8});
  EXPECT_EQ(measure(Task::kBinary, kOne, classes, probabilities, {}, 1)["accuracy"], 0.5);
}

TEST(Measure, SeveralTargetsAreMeasuredEachWhereItIsThere) {
  const Matrix truth(2, 2, {1, std::nan(""), 2, 5}), predicted(2, 2, {2, 100, 2, 8});
  const Metrics metrics = measure(Task::kRegression, kTwo, truth, predicted, {}, 1);
  ASSERT_EQ(metrics.by_target.size(), 2u);
  EXPECT_EQ(metrics.by_target[0].metrics["mae"], 0.5);
  EXPECT_EQ(metrics.by_target[1].metrics["mae"], 3);
  EXPECT_EQ(metrics["mae"], 1.75);
  EXPECT_EQ(metrics["r2"], metrics.by_target[0].metrics["r2"]) << "of one row it is not defined";
}

}  // namespace
}  // namespace ffwd
