#include <gtest/gtest.h>

#include "support/small_network.h"

namespace ffwd {
namespace {

SmallNetwork maxout(std::size_t inputs, std::size_t size, double pieces, double bias = 1) {
  return SmallNetwork(
      {{"x", inputs}},
      {{.name = "m", .type = "maxout", .from = {"x"}, .size = size, .options = {{"pieces", pieces}, {"bias", bias}}}});
}

// Goodfellow et al. (2013): two pieces make the absolute value.
TEST(MaxoutLayer, IsTheLargestOfItsLinearPieces) {
  SmallNetwork m = maxout(1, 1, 2);
  m.set("m.weight", {1, -1});
  expect_near(m.outputs({-3}), {3});
  expect_near(m.outputs({2}), {2});
  expect_near(m.jacobian({-3}), {-1});
  m.set("m.bias", {0, 10});
  expect_near(m.outputs({2}), {8});
}

TEST(MaxoutLayer, OfPiecesThatTieTheFirstOneHasAllOfTheSlope) {
  SmallNetwork m = maxout(1, 1, 3);
  m.set("m.weight", {1, -1, 2});
  expect_near(m.jacobian({0}), {1});
  expect_near(m.gradient("m.weight", {0}, {1}), {0, 0, 0});
  expect_near(m.gradient("m.bias", {0}, {1}), {1, 0, 0});
  m.set("m.weight", {1, 5, 5}).set("m.bias", {0, 0, 0});
  expect_near(m.gradient("m.bias", {1}, {1}), {0, 1, 0});
}

TEST(MaxoutLayer, HoldsItsPiecesAsPiecesByOutputsByInputs) {
  SmallNetwork m = maxout(2, 2, 2);
  m.set("m.weight", {1, 0, 0, 1, -1, 0, 0, -1});
  expect_near(m.outputs({3, -4}), {3, 4});
  expect_near(m.jacobian({3, -4}), {1, 0, 0, -1});
  SmallNetwork wide = maxout(7, 33, 3);
  EXPECT_EQ(wide.get("m.weight").size(), 3u * 33 * 7);
  EXPECT_EQ(wide.spec().n_parameters(), 3u * 33 * 8);
  EXPECT_EQ(wide.n_values(), wide.spec().n_parameters());
}

TEST(MaxoutLayer, OfOnePieceIsDenseAndMayLackItsBias) {
  SmallNetwork one = maxout(2, 1, 1, 0);
  EXPECT_EQ(one.parameter_names(), std::vector<std::string>{"m.weight"});
  one.set("m.weight", {2, 3});
  expect_near(one.outputs({1, -1}), {-1});
  expect_near(one.jacobian({1, -1}), {2, 3});
  EXPECT_EQ(one.spec().n_parameters(), 2u);
}

}  // namespace
}  // namespace ffwd
