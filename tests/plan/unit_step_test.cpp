#include "plan/unit_step.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/aligned.h"
#include "plan/columns_step.h"

namespace ffwd {
namespace {

/// y = phi(x) of one row, and its four rules along a tangent.
struct OneUnit {
  double y = 0, d = 0, y_dot = 0, d_dot = 0;
};

OneUnit along(const char* name, double parameter, double x, double x_dot, double d, double d_dot) {
  PlanBuilder<double> builder(1, PlanUse::kDerivatives);
  const Reading input = builder.add_input(1);
  const Value copy = add_columns_step(builder, {{.reading = input, .first = 0, .count = 1}});
  const Plan<double> plan = builder.finish(add_unit_step(builder, *find_unit(name), parameter, {.value = copy}));
  AlignedVector<double> arena(plan.arena_size()), arena_dot(plan.arena_size()), in(8), in_dot(8);
  in[0] = x;
  in_dot[0] = x_dot;
  const Frame<double> f{.rows = 1, .arena = arena.data(), .input = in.data(), .input_ld = 8};
  const Frame<double> dot{.rows = 1, .arena = arena_dot.data(), .input = in_dot.data(), .input_ld = 8};
  plan.forward(f);
  plan.output_gradient(f)[0] = d;
  plan.backward(f);
  plan.tangent(f, dot);
  plan.output_gradient(dot)[0] = d_dot;
  plan.tangent_of_backward(f, dot);
  return {plan.outputs(f)[0], plan.input_gradient(f)[0], plan.outputs(dot)[0], plan.input_gradient(dot)[0]};
}

// tanh' = 1 − tanh², tanh'' = −2 tanh tanh'.
TEST(UnitStep, StatesItsFourRules) {
  const double t = std::tanh(0.5), slope = 1 - t * t, curve = -2 * t * slope;
  const OneUnit u = along("tanh", 0, 0.5, 3, 5, 7);
  EXPECT_NEAR(u.y, t, 1e-15);
  EXPECT_NEAR(u.d, 5 * slope, 1e-14);
  EXPECT_NEAR(u.y_dot, 3 * slope, 1e-14);
  EXPECT_NEAR(u.d_dot, 7 * slope + 5 * curve * 3, 1e-13);
}

TEST(UnitStep, OfStraightPiecesHasNoSecondDerivative) {
  const OneUnit u = along("leaky_relu", 0.25, -2, 3, 5, 7);
  EXPECT_EQ(u.y, -0.5);
  EXPECT_EQ(u.d, 1.25);
  EXPECT_EQ(u.y_dot, 0.75);
  EXPECT_EQ(u.d_dot, 1.75);
}

TEST(UnitStep, OfTheIdentityIsNoStep) {
  PlanBuilder<float> builder(4);
  const Value x = builder.add_plain_value(3);
  EXPECT_EQ(add_unit_step(builder, *find_unit("identity"), 0, {.value = x}).a, x.a);
  EXPECT_NE(add_unit_step(builder, *find_unit("relu"), 0, {.value = x}).a, x.a);
}

}  // namespace
}  // namespace ffwd
