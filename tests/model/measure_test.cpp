#include "model/measure.h"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>

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

TEST(Measure, OfATargetWithoutAValueTheTrivialModelSaysNothing) {
  const Matrix truth(2, 2, {1, std::nan(""), 3, std::nan("")});
  for (const DistributionKind kind : {DistributionKind::kPoint, DistributionKind::kLaplace}) {
    const auto answers = trivial_prediction(Task::kRegression, truth, {}, 0, {.kind = kind});
    const std::size_t of_one = answers.size() / 2;
    EXPECT_FALSE(std::isnan(answers[0]));
    EXPECT_TRUE(std::isnan(answers[of_one]));
  }
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

TEST(Measure, TheTrivialModelOfADistributionIsTheBestThatDoesNotLookAtTheRow) {
  const Matrix truth(5, 1, {1, 2, 3, 4, 10});
  const auto of = [&](DistributionKind kind, std::vector<double> levels = {}, std::vector<double> weights = {}) {
    return trivial_prediction(Task::kRegression, truth, weights, 0, {.kind = kind, .levels = std::move(levels)});
  };
  EXPECT_EQ(of(DistributionKind::kPoisson), std::vector<double>{4});
  EXPECT_EQ(of(DistributionKind::kGaussian), (std::vector<double>{4, std::sqrt(10.0)}));
  EXPECT_EQ(of(DistributionKind::kLaplace), (std::vector<double>{3, 2.2 * std::sqrt(2.0)}));
  EXPECT_EQ(of(DistributionKind::kQuantiles, {0.2, 0.5, 0.9}), (std::vector<double>{3, 1, 3, 10}));
  EXPECT_EQ(of(DistributionKind::kQuantiles, {0.5}, {0, 1, 1, 5, 0}), (std::vector<double>{4, 4}));
}

TEST(Measure, SeveralBitsAreMeasuredAsClassesEachWhereItIsThere) {
  const AnswerLayout bits{.kind = DistributionKind::kBernoulli};
  const double hole = std::nan("");
  const Matrix truth(3, 2, {0, 1, 1, hole, 1, 0}), predicted(3, 4, {0, .2, 1, .9, 1, .7, 0, .1, 0, .4, 1, .8});
  const Metrics metrics = measure(Task::kMultilabel, kTwo, truth, predicted, {}, 1, bits);
  ASSERT_EQ(metrics.by_target.size(), 2u);
  EXPECT_EQ(metrics.by_target[0].metrics["accuracy"], 2.0 / 3);
  EXPECT_EQ(metrics.by_target[1].metrics["accuracy"], 0.5);
  EXPECT_EQ(metrics["accuracy"], (2.0 / 3 + 0.5) / 2);
  EXPECT_NEAR(metrics.by_target[1].metrics["log_loss"], -(std::log(.9) + std::log(.2)) / 2, 1e-14);
  EXPECT_EQ(metrics.by_target[0].metrics["roc_auc"], 1);
  const auto trivial = trivial_prediction(Task::kMultilabel, truth, {}, 0, bits);
  EXPECT_EQ(trivial, (std::vector<double>{1, 2.0 / 3, 0, 0.5}));
}

TEST(Measure, FindsTheColumnsOfEachTarget) {
  const AnswerLayout gaussian{.kind = DistributionKind::kGaussian};
  const Matrix truth(2, 2, {1, std::nan(""), 2, 5}), predicted(2, 4, {1, 1, 100, 1, 2, 1, 8, 3});
  const Metrics metrics = measure(Task::kRegression, kTwo, truth, predicted, {}, 1, gaussian);
  EXPECT_EQ(metrics.by_target[0].metrics["mae"], 0);
  EXPECT_EQ(metrics.by_target[1].metrics["mae"], 3);
  EXPECT_NEAR(metrics.by_target[0].metrics["nll"], 0.91893853320467274, 1e-15);
  EXPECT_NEAR(metrics.by_target[1].metrics["nll"], std::log(3) + 0.5 + 0.91893853320467274, 1e-14);
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
