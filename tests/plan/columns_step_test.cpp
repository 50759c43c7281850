#include "plan/columns_step.h"

#include <gtest/gtest.h>

#include "core/aligned.h"

namespace ffwd {
namespace {

/// y = [x₃ x₄ | x₁ x₂ | x₃] of x = [x₁ … x₄], by way of two values that are parts of x.
Plan<double> sample() {
  PlanBuilder<double> builder(2, PlanUse::kDerivatives);
  const Reading x = builder.add_input(4);
  Reading first = x, second = x;
  first.adds = true;
  second.last = false;
  const Value a = add_columns_step(builder, {{.reading = first, .first = 0, .count = 2}});
  const Value b = add_columns_step(builder, {{.reading = second, .first = 2, .count = 2}});
  return builder.finish(
      add_columns_step(builder, {{.reading = {.value = b, .adds = true, .last = true}, .first = 0, .count = 2},
                                 {.reading = {.value = a}, .first = 0, .count = 2},
                                 {.reading = {.value = b, .adds = false, .last = false}, .first = 0, .count = 1}}));
}

TEST(ColumnsStep, PutsColumnsSideBySideAndHandsTheirDerivativesBack) {
  const Plan<double> plan = sample();
  EXPECT_EQ(plan.output().units, 5u);
  AlignedVector<double> arena(plan.arena_size(), -1.0), input(2 * 8);  // whatever was there before
  for (std::size_t k = 0; k < 4; ++k) {
    input[k] = static_cast<double>(k + 1);
    input[8 + k] = static_cast<double>(10 * (k + 1));
  }
  const Frame<double> f{.rows = 2, .arena = arena.data(), .input = input.data(), .input_ld = 8};
  plan.forward(f);
  const std::size_t ld = plan.output().ld;
  EXPECT_EQ(std::vector<double>(plan.outputs(f), plan.outputs(f) + 5), (std::vector<double>{3, 4, 1, 2, 3}));
  EXPECT_EQ(std::vector<double>(plan.outputs(f) + ld, plan.outputs(f) + ld + 5),
            (std::vector<double>{30, 40, 10, 20, 30}));
  for (std::size_t k = 0; k < 5; ++k) {
    plan.output_gradient(f)[k] = static_cast<double>(k + 1);
    plan.output_gradient(f)[ld + k] = 0;
  }
  plan.backward(f);
  const double* const dx = plan.input_gradient(f);
  EXPECT_EQ(std::vector<double>(dx, dx + 4), (std::vector<double>{3, 4, 6, 2})) << "x₃ stands there twice";
  EXPECT_EQ(std::vector<double>(dx + 8, dx + 12), (std::vector<double>{0, 0, 0, 0}));
}

TEST(ColumnsStep, OfAnInputWithoutTangentsHasNone) {
  const Plan<double> plan = sample();
  AlignedVector<double> arena(plan.arena_size()), arena_dot(plan.arena_size(), -1.0), input(2 * 8);
  const Frame<double> f{.rows = 2, .arena = arena.data(), .input = input.data(), .input_ld = 8};
  const Frame<double> dot{.rows = 2, .arena = arena_dot.data()};
  plan.forward(f);
  plan.tangent(f, dot);
  for (std::size_t k = 0; k < 5; ++k) EXPECT_EQ(plan.outputs(dot)[k], 0);
}

}  // namespace
}  // namespace ffwd
