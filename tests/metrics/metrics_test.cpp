#include "ffwd/metrics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "ffwd/error.h"

namespace ffwd {
namespace {

using Numbers = std::vector<double>;
using Classes = std::vector<std::size_t>;

struct Expected {
  const char* name;
  double value;
};

void expect_values(const Metrics& metrics, std::initializer_list<Expected> expected) {
  ASSERT_EQ(metrics.values.size(), expected.size());
  std::size_t i = 0;
  for (const Expected& e : expected) {
    EXPECT_EQ(metrics.values[i].name, e.name);
    EXPECT_NEAR(metrics.values[i++].value, e.value, 1e-14) << e.name;
  }
}

template <class Call>
std::string refusal(Call call) {
  try {
    call();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    return error.what();
  }
  return "not refused";
}

// The worked values of the next three tests were computed by scikit-learn 1.9.1: root of mean_squared_error,
// mean_absolute_error, r2_score; accuracy_score, balanced_accuracy_score, log_loss, roc_auc_score (several classes:
// multi_class="ovr", average="macro").
TEST(Metrics, RegressionAgreesWithScikitLearn) {
  const Numbers truth = {3.0, -0.5, 2.0, 7.0, 4.25};
  const Numbers predicted = {2.5, 0.0, 2.0, 8.0, 5.5};
  expect_values(regression_metrics(truth, predicted),
                {{"rmse", 0.7826237921249264}, {"mae", 0.65}, {"r2", 0.9002442996742671}});
  expect_values(regression_metrics(truth, predicted, Numbers{1, 2, 0.5, 3, 0}),
                {{"rmse", 0.7595545253127499}, {"mae", 0.6923076923076923}, {"r2", 0.9463401210787011}});
}

TEST(Metrics, TwoClassesAgreeWithScikitLearn) {
  const Classes truth = {0, 0, 1, 1, 1, 0, 1, 0};
  Matrix probabilities(8, 2);
  const Numbers second = {.1, .4, .35, .8, .4, .4, .9, .7};
  for (std::size_t row = 0; row < 8; ++row) {
    probabilities(row, 0) = 1 - second[row];
    probabilities(row, 1) = second[row];
  }
  const Metrics plain = classification_metrics(truth, probabilities);
  expect_values(
      plain,
      {{"accuracy", 0.625}, {"balanced_accuracy", 0.625}, {"log_loss", 0.5782001863575765}, {"roc_auc", 0.6875}});
  const std::vector<Classes> confusion = {{3, 1}, {2, 2}};
  EXPECT_EQ(plain.confusion, confusion);
  const Metrics weighted = classification_metrics(truth, probabilities, Numbers{1, 2, .5, 1, 3, 1, .25, 2});
  expect_values(weighted, {{"accuracy", 0.4883720930232558},
                           {"balanced_accuracy", 0.4649122807017544},
                           {"log_loss", 0.70409766825192},
                           {"roc_auc", 0.5438596491228069}});
  EXPECT_EQ(weighted.confusion, confusion);  // rows, not weights
}

TEST(Metrics, SeveralClassesAgreeWithScikitLearn) {
  const Classes truth = {0, 1, 2, 2, 1, 0, 2};
  const Matrix probabilities(7, 3,
                             {.7, .2, .1, .2, .5, .3, .1, .3, .6, .3, .4, .3, .25, .5, .25, .2, .5, .3, .05, .05, .9});
  const Metrics plain = classification_metrics(truth, probabilities);
  expect_values(plain, {{"accuracy", 0.7142857142857143},
                        {"balanced_accuracy", 0.7222222222222222},
                        {"log_loss", 0.7389380230346394},
                        {"roc_auc", 0.8555555555555555}});
  EXPECT_EQ(plain.confusion, (std::vector<Classes>{{1, 1, 0}, {0, 2, 0}, {0, 1, 2}}));
  expect_values(classification_metrics(truth, probabilities, Numbers{1, 2, .5, 1, 3, 1, .25}),
                {{"accuracy", 0.7714285714285715},
                 {"balanced_accuracy", 0.6428571428571429},
                 {"log_loss", 0.7905799433481082},
                 {"roc_auc", 0.7912824389014865}});
}

TEST(Metrics, EveryRowOfTheTableIsComputedForItsTaskAndNoOther) {
  const Metrics classification = classification_metrics(Classes{0, 1}, Matrix(2, 2, {.5, .5, .2, .8}));
  for (const auto kind : {DistributionKind::kPoint, DistributionKind::kGaussian, DistributionKind::kLaplace,
                          DistributionKind::kPoisson, DistributionKind::kQuantiles, DistributionKind::kBernoulli}) {
    const Numbers sd = {1, 2}, levels = {.2, .6}, quantiles = {0, 1, 2, 3};
    const Metrics regression = regression_metrics(Numbers{1, 2}, Numbers{1, 3}, {}, {kind, sd, levels, quantiles});
    std::size_t applying = 0;
    for (const MetricRow& row : metrics()) {
      SCOPED_TRACE(row.name);
      EXPECT_FALSE(row.summary.empty());
      const bool applies = row.regression && (row.applies == nullptr || row.applies(kind));
      applying += applies ? 1 : 0;
      EXPECT_EQ(std::isfinite(regression[row.name]), applies);
      EXPECT_EQ(std::isfinite(classification[row.name]), !row.regression);
    }
    EXPECT_EQ(regression.values.size(), applying);
  }
}

// Minus the logarithm of each density at the truth, from the textbook.
TEST(Metrics, TheNegativeLogLikelihoodIsThatOfTheDistribution) {
  const Numbers truth = {1, 3}, predicted = {1, 2}, sd = {2, 0.5}, weights = {3, 1};
  const double half_log_two_pi = 0.91893853320467274;
  const double first = std::log(2) + half_log_two_pi, second = std::log(0.5) + 2 + half_log_two_pi;
  EXPECT_NEAR(regression_metrics(truth, predicted, {}, {.kind = DistributionKind::kGaussian, .sd = sd})["nll"],
              (first + second) / 2, 1e-14);
  EXPECT_NEAR(regression_metrics(truth, predicted, weights, {.kind = DistributionKind::kGaussian, .sd = sd})["nll"],
              (3 * first + second) / 4, 1e-14);
  const double scale = 0.5 / std::sqrt(2.0);
  EXPECT_NEAR(
      regression_metrics(Numbers{3}, Numbers{2}, {}, {.kind = DistributionKind::kLaplace, .sd = Numbers{0.5}})["nll"],
      std::log(2 * scale) + 1 / scale, 1e-14);
  EXPECT_NEAR(regression_metrics(Numbers{2, 0}, Numbers{3, 0.5}, {}, {.kind = DistributionKind::kPoisson})["nll"],
              (3 - 2 * std::log(3) + std::log(2) + 0.5) / 2, 1e-14);
}

TEST(Metrics, TheNegativeLogLikelihoodOfACertainErrorIsNotDefined) {
  const Numbers sd = {0};
  EXPECT_TRUE(std::isnan(
      regression_metrics(Numbers{3}, Numbers{2}, {}, {.kind = DistributionKind::kGaussian, .sd = sd})["nll"]));
}

// Koenker & Bassett (1978): tau where the truth lies above the quantile, 1 - tau where it lies below.
TEST(Metrics, ThePinballLossIsTheMeanOverRowsAndLevels) {
  const Numbers levels = {0.25, 0.75}, quantiles = {0, 4, 1, 2};
  const Distribution given{.kind = DistributionKind::kQuantiles, .levels = levels, .quantiles = quantiles};
  EXPECT_EQ(regression_metrics(Numbers{2, 2}, Numbers{2, 2}, {}, given)["pinball_loss"],
            ((0.25 * 2 + 0.25 * 2) / 2 + (0.25 * 1 + 0) / 2) / 2);
}

TEST(Metrics, BetterPredictionsAreBetterInTheDirectionTheTableSays) {
  const Numbers truth = {1, 2, 4};
  const Numbers sd = {1, 1, 1}, levels = {.5}, near = {1.1, 2, 4}, far = {3, 2, 0.1};
  const Classes classes = {0, 1, 1};
  const Metrics sure = classification_metrics(classes, Matrix(3, 2, {.9, .1, .2, .8, .3, .7}));
  const Metrics wrong = classification_metrics(classes, Matrix(3, 2, {.4, .6, .7, .3, .8, .2}));
  const auto of = [&](const MetricRow& row, const Numbers& predicted) {
    const bool quantiles = row.applies != nullptr && row.applies(DistributionKind::kQuantiles);
    const auto kind = quantiles ? DistributionKind::kQuantiles : DistributionKind::kGaussian;
    return regression_metrics(truth, predicted, {}, {kind, sd, levels, predicted})[row.name];
  };
  for (const MetricRow& row : metrics()) {
    const double better = row.regression ? of(row, near) : sure[row.name];
    const double worse = row.regression ? of(row, far) : wrong[row.name];
    EXPECT_EQ(better < worse, row.lower_is_better) << row.name;
  }
}

TEST(Metrics, WhatIsNotDefinedIsNaN) {
  EXPECT_TRUE(std::isnan(regression_metrics(Numbers{}, Numbers{})["rmse"]));
  EXPECT_TRUE(std::isnan(regression_metrics(Numbers{1, 2}, Numbers{1, 2}, Numbers{0, 0})["mae"]));
  EXPECT_TRUE(std::isnan(regression_metrics(Numbers{1}, Numbers{1})["no such metric"]));
  // The mean of three times 0.1 is not 0.1, so that their deviations are not 0.
  EXPECT_TRUE(std::isnan(regression_metrics(Numbers{.1, .1, .1}, Numbers{.1, .2, .1})["r2"]));
  EXPECT_TRUE(std::isnan(regression_metrics(Numbers{1, 2}, Numbers{1, 5}, Numbers{1, 0})["r2"]));
  const Metrics one_class = classification_metrics(Classes{1, 1}, Matrix(2, 2, {.4, .6, .7, .3}));
  EXPECT_TRUE(std::isnan(one_class["roc_auc"]));
  EXPECT_EQ(one_class["balanced_accuracy"], 0.5);
  EXPECT_TRUE(std::isnan(classification_metrics(Classes{}, Matrix(0, 2))["accuracy"]));
  EXPECT_EQ(classification_metrics(Classes{}, Matrix(0, 2)).confusion.size(), 2U);
}

TEST(Metrics, RocAucOfSeveralClassesIsOfThoseThatHaveRowsOfBothKinds) {
  const Metrics metrics = classification_metrics(Classes{0, 1, 0}, Matrix(3, 3, {.6, .4, 0, .3, .5, .2, .4, .5, .1}));
  EXPECT_DOUBLE_EQ(metrics["roc_auc"], (1.0 + 0.75) / 2);  // class 0: {.6, .4} over .3; class 1: .5 over {.4, .5}
}

TEST(Metrics, EqualAnswersForAllRowsAreMeasuredWithoutAMatrixOfThem) {
  const Classes truth = {0, 1, 2, 2, 1, 0, 2};
  const Numbers shares = {.25, .3, .45};
  Matrix repeated(truth.size(), shares.size());
  for (std::size_t row = 0; row < truth.size(); ++row) std::ranges::copy(shares, repeated.row(row).begin());
  for (const Numbers& weights : {Numbers{}, Numbers{1, 2, .5, 0, 3, 1, .25}}) {
    const Metrics constant = constant_classification_metrics(truth, shares, weights);
    const Metrics wanted = classification_metrics(truth, repeated, weights);
    EXPECT_EQ(constant["roc_auc"], 0.5);
    EXPECT_EQ(constant.confusion, wanted.confusion);
    for (const Metrics::Value& metric : wanted.values) EXPECT_NEAR(constant[metric.name], metric.value, 1e-15);
  }
  EXPECT_TRUE(std::isnan(constant_classification_metrics(Classes{1, 1, 0}, shares, Numbers{1, 2, 0})["roc_auc"]));
  EXPECT_TRUE(std::isnan(constant_classification_metrics(Classes{0, 1}, Numbers{.5, std::nan("")})["accuracy"]));
}

TEST(Metrics, FiguresDoNotDependOnTheNumberOfThreads) {
  constexpr std::size_t kRows = 5000, kClasses = 7;
  Classes truth(kRows);
  Matrix probabilities(kRows, kClasses);
  for (std::size_t row = 0; row < kRows; ++row) {
    truth[row] = row * row % kClasses;
    for (std::size_t k = 0; k < kClasses; ++k)
      probabilities(row, k) = static_cast<double>((row * 31 + k * 17) % 101) / 101.0;
  }
  const Metrics wanted = classification_metrics(truth, probabilities);
  for (const unsigned threads : {0u, 2u, 5u}) {
    const Metrics metrics = classification_metrics(truth, probabilities, {}, threads);
    EXPECT_EQ(metrics.confusion, wanted.confusion);
    for (const Metrics::Value& metric : wanted.values) EXPECT_EQ(metrics[metric.name], metric.value) << metric.name;
  }
}

TEST(Metrics, AWrongAnswerThatWasCertainCostsAFiniteLoss) {
  const Metrics metrics = classification_metrics(Classes{0, 1}, Matrix(2, 2, {0, 1, 0, 1}));
  EXPECT_DOUBLE_EQ(metrics["log_loss"], -std::log(1e-15) / 2);
}

TEST(Metrics, OfEquallyProbableClassesTheFirstIsPredicted) {
  EXPECT_EQ(classification_metrics(Classes{0}, Matrix(1, 2, {.5, .5}))["accuracy"], 1.0);
}

TEST(Metrics, HugeAndTinyNumbersNeitherOverflowNorVanish) {
  for (const double unit : {1e-300, 1e-160, 1e160, 1e300}) {
    const Metrics metrics = regression_metrics(Numbers{3 * unit, 0, 6 * unit}, Numbers{0, 4 * unit, 6 * unit});
    EXPECT_NEAR(metrics["rmse"] / unit, std::sqrt(25.0 / 3), 1e-14);
    EXPECT_NEAR(metrics["r2"], 1 - 25.0 / 18, 1e-14);
  }
  EXPECT_TRUE(std::isnan(regression_metrics(Numbers{1e308}, Numbers{-1e308})["rmse"]));
}

TEST(Metrics, PredictionsThatAreNoNumbersAreWorthNothingKnown) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const auto& value : regression_metrics(Numbers{1, 2}, Numbers{1, nan}).values)
    EXPECT_TRUE(std::isnan(value.value)) << value.name;
  for (const auto& value : classification_metrics(Classes{0, 1}, Matrix(2, 2, {.5, .5, nan, nan})).values)
    EXPECT_TRUE(std::isnan(value.value)) << value.name;
}

TEST(Metrics, ShapesAndWeightsThatDoNotFitAreRefused) {
  EXPECT_EQ(refusal([] { (void)regression_metrics(Numbers{1, 2, 3}, Numbers{1}); }),
            "metrics: truth has 3 rows but the predictions have 1");
  EXPECT_EQ(refusal([] { (void)regression_metrics(Numbers{1}, Numbers{1}, Numbers{1, 1}); }),
            "metrics: truth has 1 rows but there are 2 weights");
  EXPECT_EQ(refusal([] { (void)classification_metrics(Classes{0}, Matrix(1, 2), Numbers{-1}); }),
            "metrics: weights must be finite and not negative");
  EXPECT_EQ(refusal([] { (void)classification_metrics(Classes{0, 2}, Matrix(2, 2)); }),
            "metrics: row 2 is of class number 2, but there are 2 classes, counted from 0");
}

TEST(Metrics, TasksHaveTheirNames) {
  EXPECT_EQ(to_string(Task::kRegression), "regression");
  EXPECT_EQ(to_string(Task::kBinary), "binary");
  EXPECT_EQ(to_string(Task::kMulticlass), "multiclass");
}

}  // namespace
}  // namespace ffwd
