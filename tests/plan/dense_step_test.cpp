#include "plan/dense_step.h"

#include <gtest/gtest.h>

#include "core/aligned.h"

namespace ffwd {
namespace {

// y = W x + b and its gradients by hand: W = [[1, 2], [3, 4], …] over 2 inputs.
template <class T>
void check_by_hand(std::size_t outputs, bool narrow) {
  PlanBuilder<T> builder(2);
  const Reading x = builder.add_input(2);
  const Value hidden = builder.add_value(2, *find_unit("identity"), false);
  const Value y = builder.add_value(outputs, *find_unit("identity"), true);
  add_dense_step(builder, add_dense_weights(builder, "first", 2, 2, InitRule::kHe), x, hidden);
  add_dense_step(builder, add_dense_weights(builder, "second", outputs, 2, InitRule::kHe), {.value = hidden}, y);
  const Plan<T> plan = builder.finish(y);
  const auto ranges = plan.layout().ranges();
  EXPECT_EQ(ranges[2].transposed, !narrow);
  EXPECT_EQ(ranges[2].name, "second.weight");

  AlignedVector<T> parameters(plan.layout().size()), gradient(plan.layout().size()), transposed(plan.transposed_size());
  AlignedVector<T> arena(plan.arena_size()), input(2 * kLanes<T>);
  const std::vector<T> unit_matrix{1, 0, 0, 1};
  plan.layout().write(ranges[0], std::span<const T>(unit_matrix), parameters.data());
  std::vector<T> weights(outputs * 2), bias(outputs);
  for (std::size_t k = 0; k < weights.size(); ++k) weights[k] = static_cast<T>(k + 1);
  for (std::size_t k = 0; k < outputs; ++k) bias[k] = static_cast<T>(10 * k);
  plan.layout().write(ranges[2], std::span<const T>(weights), parameters.data());
  plan.layout().write(ranges[3], std::span<const T>(bias), parameters.data());
  input[0] = 1;
  input[1] = -1;
  input[kLanes<T>] = 2;
  input[kLanes<T> + 1] = 5;

  const Frame<T> frame{.rows = 2,
                       .parameters = parameters.data(),
                       .transposed = transposed.data(),
                       .arena = arena.data(),
                       .gradient = gradient.data(),
                       .input = input.data(),
                       .input_ld = kLanes<T>};
  plan.prepare(parameters.data(), transposed.data());
  plan.forward(frame);
  for (std::size_t k = 0; k < outputs; ++k) {
    const auto w1 = static_cast<T>(2 * k + 1), w2 = static_cast<T>(2 * k + 2);
    EXPECT_EQ(plan.outputs(frame)[k], w1 - w2 + bias[k]);
    EXPECT_EQ(plan.outputs(frame)[plan.output().ld + k], 2 * w1 + 5 * w2 + bias[k]);
  }
  // With dy = 1 in row 0 and 0 in row 1: dW = x of row 0, db = 1, dhidden = column sums of W.
  for (std::size_t k = 0; k < outputs; ++k) plan.output_gradient(frame)[k] = 1;
  plan.backward(frame);
  std::vector<T> grad(outputs * 2), grad_bias(outputs), grad_first(4);
  plan.layout().read(ranges[2], gradient.data(), std::span<T>(grad));
  plan.layout().read(ranges[3], gradient.data(), std::span<T>(grad_bias));
  plan.layout().read(ranges[0], gradient.data(), std::span<T>(grad_first));
  T column1 = 0, column2 = 0;
  for (std::size_t k = 0; k < outputs; ++k) {
    EXPECT_EQ(grad[2 * k], 1);
    EXPECT_EQ(grad[2 * k + 1], -1);
    EXPECT_EQ(grad_bias[k], 1);
    column1 += weights[2 * k];
    column2 += weights[2 * k + 1];
  }
  EXPECT_EQ(grad_first, (std::vector<T>{column1, -column1, column2, -column2}));
}

TEST(DenseStep, ComputesWideAndNarrowLayersAndTheirGradientsAsByHand) {
  check_by_hand<float>(2, true);
  check_by_hand<double>(2, true);
  check_by_hand<float>(7, false);
  check_by_hand<double>(7, false);
}

}  // namespace
}  // namespace ffwd
