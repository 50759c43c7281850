#include "model/class_weights.h"

#include <gtest/gtest.h>

namespace ffwd {
namespace {

TEST(ClassWeights, MakeTheClassesThatOccurCountAlike) {
  const std::vector<double> truth = {0, 0, 0, 2};
  EXPECT_EQ(balanced_class_weights(truth, {}, 3), (std::vector<double>{2.0 / 3, 1, 2}));
}

TEST(ClassWeights, LookAtTheRowsWeights) {
  const std::vector<double> truth = {0, 0, 1}, weights = {1, 2, 1};
  EXPECT_EQ(balanced_class_weights(truth, weights, 2), (std::vector<double>{2.0 / 3, 2}));
}

}  // namespace
}  // namespace ffwd
