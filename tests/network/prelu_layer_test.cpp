#include <gtest/gtest.h>

#include "support/small_network.h"

namespace ffwd {
namespace {

SmallNetwork prelu() { return SmallNetwork({{"x", 3}}, {{.name = "p", .type = "prelu", .from = {"x"}, .size = 3}}); }

// He et al. (2015), section 2.1: slopes start at 0.25.
TEST(PreluLayer, StartsWithASlopeOfAQuarterForEachUnit) {
  expect_near(prelu().get("p.slope"), {0.25, 0.25, 0.25});
  expect_near(prelu().outputs({-4, 0, 4}), {-1, 0, 4});
}

TEST(PreluLayer, AtTheKinkHasTheLearnedSlopeAndNoGradientForIt) {
  SmallNetwork p = prelu();
  p.set("p.slope", {0.5, 0.125, 2});
  expect_near(p.jacobian({0, 0, 0}), {0.5, 0, 0, 0, 0.125, 0, 0, 0, 2});
  expect_near(p.gradient("p.slope", {0, 0, 0}, {1, 1, 1}), {0, 0, 0});
}

TEST(PreluLayer, TheGradientOfASlopeIsWhatLiesBelowZero) {
  expect_near(prelu().gradient("p.slope", {-3, 5, -1}, {1, 1, 10}), {-3, 0, -10});
}

TEST(PreluLayer, AsAUnitComesBehindTheSumsOfItsLayer) {
  SmallNetwork dense({{"x", 1}}, {{.name = "d", .type = "dense", .from = {"x"}, .size = 2, .unit = "prelu"}});
  EXPECT_EQ(dense.parameter_names(), (std::vector<std::string>{"d.weight", "d.bias", "d.slope"}));
  EXPECT_EQ(dense.spec().n_parameters(), 6u);
  dense.set("d.weight", {1, -1});
  expect_near(dense.outputs({8}), {8, -2});
}

}  // namespace
}  // namespace ffwd
