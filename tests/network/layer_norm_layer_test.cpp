#include <gtest/gtest.h>

#include <cmath>

#include "support/small_network.h"

namespace ffwd {
namespace {

SmallNetwork norm(std::size_t size, double epsilon = 1e-5) {
  return SmallNetwork(
      {{"x", size}},
      {{.name = "n", .type = "layer_norm", .from = {"x"}, .size = size, .options = {{"epsilon", epsilon}}}});
}

TEST(LayerNormLayer, StandardisesEachRowOverItsUnits) {
  const double unit = std::sqrt(1.5);
  expect_near(norm(3, 1e-12).outputs({1, 2, 3}), {-unit, 0, unit}, 1e-11);
  expect_near(norm(3, 1).outputs({1, 2, 3}), {-std::sqrt(0.6), 0, std::sqrt(0.6)}, 1e-15);  // 1 / sqrt(2/3 + 1)
  expect_near(norm(3).outputs({-7, 2, 9}), norm(3).outputs({93, 102, 109}), 1e-13);
}

TEST(LayerNormLayer, ScalesAndShiftsByLearnedNumbers) {
  SmallNetwork n = norm(2, 1e-12);
  EXPECT_EQ(n.parameter_names(), (std::vector<std::string>{"n.scale", "n.bias"}));
  EXPECT_EQ(n.spec().n_parameters(), 4u);
  n.set("n.scale", {2, 3}).set("n.bias", {10, 20});
  expect_near(n.outputs({-1, 1}), {8, 23}, 1e-11);
  expect_near(n.gradient("n.scale", {-1, 1}, {1, 1}), {-1, 1}, 1e-11);
  expect_near(n.gradient("n.bias", {-1, 1}, {1, 1}), {1, 1});
}

TEST(LayerNormLayer, OfAConstantRowIsTheShiftWithFiniteDerivatives) {
  for (const double epsilon : {1e-12, 1e-5}) {
    SmallNetwork n = norm(3, epsilon);
    n.set("n.bias", {1, 2, 3});
    expect_near(n.outputs({4, 4, 4}), {1, 2, 3});
    const double r = 1 / std::sqrt(epsilon);
    expect_near(n.jacobian({4, 4, 4}),
                {r * 2 / 3, -r / 3, -r / 3, -r / 3, r * 2 / 3, -r / 3, -r / 3, -r / 3, r * 2 / 3}, 1e-8);
  }
  expect_near(norm(1).outputs({123}), {0});
}

}  // namespace
}  // namespace ffwd
