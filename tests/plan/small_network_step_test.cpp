#include "plan/small_network_step.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "core/aligned.h"
#include "network/compile.h"
#include "network/initialise.h"

namespace ffwd {
namespace {

template <class T>
class SmallNetworkStepTest : public ::testing::Test {};
using Precisions = ::testing::Types<float, double>;
TYPED_TEST_SUITE(SmallNetworkStepTest, Precisions);

/// One pass of some rows, with its derivatives.
template <class T>
struct Pass {
  Pass(const NetworkSpec& spec, PlanUse use, std::size_t capacity)
      : plan(compile<T>(spec, capacity, use)),
        parameters(plan.layout().size()),
        gradient(parameters.size()),
        transposed(plan.transposed_size()),
        arena(plan.arena_size()),
        input(capacity * padded<T>(plan.n_inputs())) {
    initialise(plan.layout(), 3, parameters.data());
  }

  void run(std::size_t rows, unsigned seed) {
    run_with(rows, [&](std::size_t r, std::size_t i) {
      return static_cast<T>(std::sin(static_cast<double>(seed + 7 * r + 3 * i)));
    });
  }
  template <class At>
  void run_with(std::size_t rows, const At& at) {
    const std::size_t ld = padded<T>(plan.n_inputs());
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t i = 0; i < plan.n_inputs(); ++i) input[r * ld + i] = at(r, i);
    }
    const Frame<T> frame{.rows = rows,
                         .parameters = parameters.data(),
                         .transposed = transposed.data(),
                         .arena = arena.data(),
                         .gradient = gradient.data(),
                         .input = input.data(),
                         .input_ld = ld};
    plan.prepare(parameters.data(), transposed.data());
    plan.forward(frame);
    outputs.clear();
    const std::size_t units = plan.output().units, step = plan.output().ld;
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t k = 0; k < units; ++k) {
        outputs.push_back(plan.outputs(frame)[r * step + k]);
        plan.output_gradient(frame)[r * step + k] = static_cast<T>(std::cos(static_cast<double>(r + 2 * k)));
      }
    }
    plan.backward(frame);
  }

  [[nodiscard]] std::vector<T> of(const ParameterRange& range) const {
    std::vector<T> values(range.n_values());
    plan.layout().read(range, gradient.data(), std::span<T>(values));
    return values;
  }

  Plan<T> plan;
  AlignedVector<T> parameters, gradient, transposed, arena, input;
  std::vector<T> outputs;
};

struct Shape {
  std::size_t inputs;
  std::vector<std::size_t> hidden;
  std::size_t outputs;
};

// The other plan runs every layer in a step of its own: outputs are the same bits, gradients the same but for the order
// of their sums. The passes go through one arena, full, nearly empty and full again.
TYPED_TEST(SmallNetworkStepTest, GivesWhatItsLayersGiveStepByStep) {
  using T = TypeParam;
  constexpr std::size_t kCapacity = 50;
  const double tolerance = std::is_same_v<T, float> ? 2e-5 : 1e-13;
  for (const Shape& shape : {Shape{1, {3}, 1}, Shape{2, {2}, 1}, Shape{8, {8, 8}, 8}, Shape{5, {7, 2}, 3},
                             Shape{3, {}, 1}, Shape{4, {}, 6}, Shape{8, {1, 5}, 2}}) {
    for (const std::string unit : {"tanh", "relu", "silu", "identity"}) {
      SCOPED_TRACE(std::to_string(shape.inputs) + " inputs, " + std::to_string(shape.outputs) + " outputs, " + unit);
      const NetworkSpec spec = dense_network(shape.inputs, shape.hidden, {unit}, shape.outputs);
      Pass<T> small(spec, PlanUse::kTraining, kCapacity), steps(spec, PlanUse::kDerivatives, kCapacity);
      for (const std::size_t rows :
           {std::size_t{50}, std::size_t{1}, std::size_t{17}, std::size_t{1}, std::size_t{2}}) {
        small.run(rows, static_cast<unsigned>(rows));
        steps.run(rows, static_cast<unsigned>(rows));
        EXPECT_EQ(small.outputs, steps.outputs) << rows;
        for (const ParameterRange& range : small.plan.layout().ranges()) {
          const std::vector<T> got = small.of(range), expected = steps.of(range);
          for (std::size_t i = 0; i < got.size(); ++i)
            EXPECT_NEAR(static_cast<double>(got[i]), static_cast<double>(expected[i]), tolerance) << range.name;
        }
      }
      // What lies between the weights stays zero, as optimisers expect.
      double stored = 0, real = 0;
      for (const T g : small.gradient) stored += std::abs(static_cast<double>(g));
      for (const ParameterRange& range : small.plan.layout().ranges()) {
        for (const T g : small.of(range)) real += std::abs(static_cast<double>(g));
      }
      EXPECT_NEAR(stored, real, 1e-9 * real);
    }
  }
}

// Where a row of zeros would overflow, though no row of the batch does: what is computed beside the rows is nobody's.
TYPED_TEST(SmallNetworkStepTest, PaddingCannotOverflow) {
  using T = TypeParam;
  Pass<T> pass(dense_network(1, {2, 2}, {"relu"}, 1), PlanUse::kTraining, 3);
  std::ranges::fill(pass.parameters, T{0});
  const auto ranges = pass.plan.layout().ranges();  // weight, bias of each layer
  for (std::size_t unit = 0; unit < 2; ++unit) {
    pass.parameters[ranges[0].offset + unit] = -std::numeric_limits<T>::max();
    pass.parameters[ranges[1].offset + unit] = std::numeric_limits<T>::max();
    for (std::size_t input = 0; input < 2; ++input) pass.parameters[ranges[2].offset + unit * kLanes<T> + input] = 4;
    pass.parameters[ranges[4].offset + unit] = 1;
  }
  pass.run_with(3, [](std::size_t, std::size_t) { return T{1}; });
  for (const T y : pass.outputs) EXPECT_EQ(y, 0);
  for (const T g : pass.gradient) EXPECT_TRUE(std::isfinite(g));
}

TYPED_TEST(SmallNetworkStepTest, AWideLayerKeepsAllStepsApart) {
  using T = TypeParam;
  Pass<T> wide(dense_network(3, {9}, {"tanh"}, 1), PlanUse::kTraining, 20);
  Pass<T> steps(dense_network(3, {9}, {"tanh"}, 1), PlanUse::kDerivatives, 20);
  wide.run(20, 1);
  steps.run(20, 1);
  EXPECT_EQ(wide.outputs, steps.outputs);
  EXPECT_EQ(wide.gradient, steps.gradient);
}

}  // namespace
}  // namespace ffwd
