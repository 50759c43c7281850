#include "metrics/roc_auc.h"

#include <gtest/gtest.h>

#include <cmath>

namespace ffwd {
namespace {

TEST(RocAuc, IsTheShareOfPairsInTheRightOrderWithTiesAsHalf) {
  const std::vector<double> scores = {0.1, 0.4, 0.35, 0.8, 0.4, 0.4, 0.9, 0.7};
  const std::vector<bool> positive = {false, false, true, true, true, false, true, false};
  double right = 0.0;
  for (std::size_t i = 0; i < scores.size(); ++i)
    for (std::size_t j = 0; j < scores.size(); ++j)
      if (positive[i] && !positive[j]) right += scores[i] > scores[j] ? 1.0 : scores[i] == scores[j] ? 0.5 : 0.0;
  EXPECT_DOUBLE_EQ(roc_auc(scores, positive, {}), right / 16.0);
}

TEST(RocAuc, IsOneForPerfectZeroForReversedAndHalfForEqualScores) {
  const std::vector<bool> positive = {false, true, true, false};
  EXPECT_EQ(roc_auc(std::vector<double>{0, 2, 3, 1}, positive, {}), 1.0);
  EXPECT_EQ(roc_auc(std::vector<double>{3, 1, 0, 2}, positive, {}), 0.0);
  EXPECT_EQ(roc_auc(std::vector<double>{5, 5, 5, 5}, positive, {}), 0.5);
}

TEST(RocAuc, AWeightCountsAsThatManyRows) {
  const std::vector<double> scores = {0.2, 0.6, 0.6, 0.9, 0.1};
  const std::vector<bool> positive = {false, true, false, false, true};
  const std::vector<double> repeated = {0.2, 0.2, 0.6, 0.6, 0.6, 0.6, 0.1};
  const std::vector<bool> repeated_positive = {false, false, true, true, true, false, true};
  EXPECT_DOUBLE_EQ(roc_auc(scores, positive, std::vector<double>{2, 3, 1, 0, 1}),
                   roc_auc(repeated, repeated_positive, {}));
}

TEST(RocAuc, IsNotDefinedWithoutRowsOfBothKinds) {
  EXPECT_TRUE(std::isnan(roc_auc({}, {}, {})));
  EXPECT_TRUE(std::isnan(roc_auc(std::vector<double>{1, 2}, {true, true}, {})));
  EXPECT_TRUE(std::isnan(roc_auc(std::vector<double>{1, 2}, {true, false}, std::vector<double>{1, 0})));
}

}  // namespace
}  // namespace ffwd
