#include <gtest/gtest.h>

#include "agreement.h"
#include "kernels/kernels.h"
#include "reference.h"

namespace ffwd {
namespace {

TEST(DoubleKernels, TargetsOfTheSameArithmeticAgreeToTheBit) { expect_targets_to_agree<double>(); }

TEST(DoubleKernels, TablesOfAllTargetsAreComplete) {
  for_each_target<double>([](const Kernels<double>& k, bool) {
    EXPECT_TRUE(k.product && k.weight_gradient && k.narrow_forward && k.narrow_gradient && k.transpose && k.gather);
    EXPECT_TRUE(k.squared_error && k.binary_cross_entropy && k.perceptron && k.categorical_cross_entropy && k.sigmoid &&
                k.softmax);
    EXPECT_TRUE(k.adam && k.sgd && k.adagrad && k.rmsprop && k.add_scaled && k.scale && k.move_towards && k.add_sign);
    EXPECT_TRUE(k.sum_of_squares && k.sum_of_magnitudes && k.dot && k.exp && k.log && k.tanh);
  });
}

}  // namespace
}  // namespace ffwd
