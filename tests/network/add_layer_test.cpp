#include <gtest/gtest.h>

#include "support/small_network.h"

namespace ffwd {
namespace {

TEST(AddLayer, IsTheUnitOfTheSumOfItsSources) {
  const SmallNetwork add({{"x", 2}, {"y", 2}},
                         {{.name = "sum", .type = "add", .from = {"x", "y"}, .size = 2, .unit = "relu"}});
  expect_near(add.outputs({1, 2, 3, -4}), {4, 0});
  expect_near(add.jacobian({1, 2, 3, -4}), {1, 0, 1, 0, 0, 0, 0, 0});
  EXPECT_EQ(add.spec().n_parameters(), 0u);
}

TEST(AddLayer, CountsASourceAsOftenAsItIsNamed) {
  const SmallNetwork twice({{"x", 1}}, {{.name = "sum", .type = "add", .from = {"x", "x", "x"}, .size = 1}});
  expect_near(twice.outputs({2}), {6});
  expect_near(twice.jacobian({2}), {3});
}

TEST(AddLayer, CarriesTheDerivativeAroundTheLayersThatItSkips) {
  SmallNetwork residual({{"x", 2}}, {{.name = "h", .type = "dense", .from = {"x"}, .size = 2, .unit = "identity"},
                                     {.name = "y", .type = "add", .from = {"x", "h"}, .size = 2}});
  residual.set("h.weight", {0, 3, 5, 0});
  expect_near(residual.outputs({1, 2}), {7, 7});
  expect_near(residual.jacobian({1, 2}), {1, 3, 5, 1});
}

}  // namespace
}  // namespace ffwd
