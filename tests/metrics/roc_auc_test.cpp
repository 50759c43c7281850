#include "metrics/roc_auc.h"

#include <gtest/gtest.h>

#include <cmath>

namespace ffwd {
namespace {

using Numbers = std::vector<double>;
using Classes = std::vector<std::size_t>;

/// Of class 1 against class 0, by the scores of class 1.
double area(const Numbers& scores, const Classes& truth, const Numbers& weights = {}) {
  Matrix both(scores.size(), 2);
  for (std::size_t row = 0; row < scores.size(); ++row) both(row, 1) = scores[row];
  return roc_auc(truth, both, weights, 1, 1).front();
}

/// The definition: every pair.
double area_by_pairs(const Matrix& scores, const Classes& truth, std::size_t k, const Numbers& weights) {
  double right = 0.0;
  double all = 0.0;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    for (std::size_t j = 0; j < truth.size(); ++j) {
      if (truth[i] != k || truth[j] == k) continue;
      const double weight = weights.empty() ? 1.0 : weights[i] * weights[j];
      all += weight;
      right += weight * (scores(i, k) > scores(j, k) ? 1.0 : scores(i, k) == scores(j, k) ? 0.5 : 0.0);
    }
  }
  return right / all;
}

/// Rows of `n_classes` classes, the last of which has none; scores with many ties.
Matrix mixed_scores(const Classes& truth, std::size_t n_classes) {
  Matrix scores(truth.size(), n_classes);
  for (std::size_t row = 0; row < truth.size(); ++row)
    for (std::size_t k = 0; k < n_classes; ++k)
      scores(row, k) = static_cast<double>((row * 7 + k * k * 3 + (truth[row] == k ? 5 : 0)) % 13) / 13.0;
  return scores;
}

Classes mixed_classes(std::size_t n_rows, std::size_t n_classes) {
  Classes truth(n_rows);
  for (std::size_t row = 0; row < n_rows; ++row) truth[row] = row * row % (n_classes - 1);
  return truth;
}

Numbers mixed_weights(std::size_t n_rows) {
  Numbers weights(n_rows);
  for (std::size_t row = 0; row < n_rows; ++row) weights[row] = static_cast<double>(row % 5) * 0.3;
  return weights;
}

TEST(RocAuc, IsTheShareOfPairsInTheRightOrderWithTiesAsHalf) {
  EXPECT_EQ(area({0.1, 0.4, 0.35, 0.8, 0.4, 0.4, 0.9, 0.7}, {0, 0, 1, 1, 1, 0, 1, 0}), 11.0 / 16.0);
  const Classes truth = mixed_classes(200, 9);
  const Matrix scores = mixed_scores(truth, 9);
  for (const Numbers& weights : {Numbers{}, mixed_weights(200)}) {
    const Numbers areas = roc_auc(truth, scores, weights, 0, 1);
    ASSERT_EQ(areas.size(), 9u);
    for (std::size_t k = 0; k < 9; ++k) {
      const double wanted = area_by_pairs(scores, truth, k, weights);
      EXPECT_TRUE(std::abs(areas[k] - wanted) < 1e-14 || (std::isnan(areas[k]) && std::isnan(wanted))) << k;
    }
  }
}

TEST(RocAuc, IsOneForPerfectZeroForReversedAndHalfForEqualScores) {
  const Classes truth = {0, 1, 1, 0};
  EXPECT_EQ(area({0, 2, 3, 1}, truth), 1.0);
  EXPECT_EQ(area({3, 1, 0, 2}, truth), 0.0);
  EXPECT_EQ(area({5, 5, 5, 5}, truth), 0.5);
}

TEST(RocAuc, AWeightCountsAsThatManyRows) {
  EXPECT_DOUBLE_EQ(area({0.2, 0.6, 0.6, 0.9, 0.1}, {0, 1, 0, 0, 1}, {2, 3, 1, 0, 1}),
                   area({0.2, 0.2, 0.6, 0.6, 0.6, 0.6, 0.1}, {0, 0, 1, 1, 1, 0, 1}));
}

TEST(RocAuc, IsNotDefinedWithoutRowsOfBothKinds) {
  EXPECT_TRUE(std::isnan(area({}, {})));
  EXPECT_TRUE(std::isnan(area({1, 2}, {1, 1})));
  EXPECT_TRUE(std::isnan(area({1, 2}, {0, 0})));
  EXPECT_TRUE(std::isnan(area({1, 2}, {1, 0}, {1, 0})));
}

TEST(RocAuc, HasTheSameBitsForAnyNumberOfThreads) {
  const Classes truth = mixed_classes(300, 150);
  const Matrix scores = mixed_scores(truth, 150);
  const Numbers weights = mixed_weights(300);
  const Numbers wanted = roc_auc(truth, scores, weights, 0, 1);
  for (const unsigned threads : {2u, 3u, 8u}) {
    const Numbers areas = roc_auc(truth, scores, weights, 0, threads);
    for (std::size_t k = 0; k < wanted.size(); ++k)
      EXPECT_TRUE(areas[k] == wanted[k] || (std::isnan(areas[k]) && std::isnan(wanted[k]))) << k;
  }
}

}  // namespace
}  // namespace ffwd
