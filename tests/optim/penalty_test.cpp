#include "optim/penalty.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/aligned.h"
#include "kernels/layout.h"

namespace ffwd {
namespace {

/// A weight matrix [2, 3], its bias, and a learned slope.
template <class T>
struct Made {
  Made() {
    layout.add_weight("a.weight", 2, 3, true, InitRule::kHe, kLanes<T>);
    layout.add_bias("a.bias", 2, kLanes<T>);
    layout.add({.name = "a.slope", .shape = {2}, .ld = kLanes<T>});
    parameters.resize(layout.size());
    const auto ranges = layout.ranges();
    layout.write<T>(ranges[0], std::vector<T>{1, -2, 3, 0, T{0.5f}, -1}, parameters.data());
    layout.write<T>(ranges[1], std::vector<T>{2, -3}, parameters.data());
    layout.write<T>(ranges[2], std::vector<T>{7, 7}, parameters.data());
  }
  [[nodiscard]] std::vector<T> read(std::size_t range, const AlignedVector<T>& from) const {
    std::vector<T> values(layout.ranges()[range].n_values());
    layout.read(layout.ranges()[range], from.data(), std::span<T>(values));
    return values;
  }
  ParameterLayout layout;
  AlignedVector<T> parameters;
};

TEST(Penalty, ValuesCountWeightsOrWeightsAndBiasesAndNothingElse) {
  const Made<double> made;
  const auto value = [&](Penalty penalty) {
    return penalty_value<double>({&penalty, 1}, made.layout, made.parameters.data());
  };
  EXPECT_DOUBLE_EQ(value({.lambda = 0.1}), 0.1 * 15.25);
  EXPECT_DOUBLE_EQ(value({.lambda = 0.1, .half = true}), 0.05 * 15.25);
  EXPECT_DOUBLE_EQ(value({.lambda = 0.1, .biases = true}), 0.1 * 28.25);
  EXPECT_DOUBLE_EQ(value({.kind = PenaltyKind::kL1, .lambda = 0.1}), 0.1 * 7.5);
  EXPECT_DOUBLE_EQ(value({.kind = PenaltyKind::kL1, .lambda = 0.1, .biases = true}), 0.1 * 12.5);
  const Penalty both[] = {{.lambda = 0.1}, {.kind = PenaltyKind::kL1, .lambda = 0.2}};
  EXPECT_DOUBLE_EQ(penalty_value<double>(both, made.layout, made.parameters.data()), 0.1 * 15.25 + 0.2 * 7.5);
}

TEST(Penalty, GradientsAreAddedAndThatOfAMagnitudeIsZeroAtZero) {
  const Made<float> made;
  const Penalty penalties[] = {{.lambda = 0.5, .biases = true}, {.kind = PenaltyKind::kL1, .lambda = 0.25}};
  AlignedVector<float> gradient(made.layout.size());
  add_penalty_gradient<float>(penalties, made.layout, made.parameters.data(), gradient.data());
  EXPECT_EQ(made.read(0, gradient), (std::vector<float>{1.25f, -2.25f, 3.25f, 0, 0.75f, -1.25f}));
  EXPECT_EQ(made.read(1, gradient), (std::vector<float>{2, -3}));
  EXPECT_EQ(made.read(2, gradient), (std::vector<float>{0, 0}));
  for (std::size_t i = 2; i < kLanes<float>; ++i) EXPECT_EQ(gradient[i], 0) << "padding";
}

TEST(Penalty, HessiansMultiplyTheDirectionOfSquares) {
  const Made<double> made;
  const Penalty penalties[] = {{.lambda = 0.5, .half = true}, {.kind = PenaltyKind::kL1, .lambda = 0.25}};
  AlignedVector<double> product(made.layout.size());
  add_penalty_hessian<double>(penalties, made.layout, made.parameters.data(), product.data());
  EXPECT_EQ(made.read(0, product), (std::vector<double>{0.5, -1, 1.5, 0, 0.25, -0.5}));
  EXPECT_EQ(made.read(1, product), (std::vector<double>{0, 0}));
}

}  // namespace
}  // namespace ffwd
