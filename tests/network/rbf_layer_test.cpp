#include <gtest/gtest.h>

#include <cmath>

#include "support/small_network.h"

namespace ffwd {
namespace {

SmallNetwork rbf(std::size_t inputs, std::size_t size) {
  return SmallNetwork({{"x", inputs}}, {{.name = "r", .type = "rbf", .from = {"x"}, .size = size}});
}

TEST(RbfLayer, IsOneAtItsCentreAndFlatThere) {
  SmallNetwork r = rbf(2, 1);
  r.set("r.centre", {3, -4}).set("r.sigma", {0.5});
  expect_near(r.outputs({3, -4}), {1});
  expect_near(r.jacobian({3, -4}), {0, 0});
  expect_near(r.gradient("r.sigma", {3, -4}, {1}), {0});
}

TEST(RbfLayer, FallsByTheSquaredDistanceOverTheSquaredWidth) {
  SmallNetwork r = rbf(2, 2);
  r.set("r.centre", {0, 0, 1, 1}).set("r.sigma", {5, 1});
  const double first = std::exp(-1.0), second = std::exp(-13.0);  // distances 5 and sqrt(13)
  expect_near(r.outputs({3, 4}), {first, second}, 1e-15);
  expect_near(r.jacobian({3, 4}), {-6. / 25 * first, -8. / 25 * first, -4 * second, -6 * second}, 1e-15);
  expect_near(r.gradient("r.centre", {3, 4}, {1, 0}), {6. / 25 * first, 8. / 25 * first, 0, 0}, 1e-15);
  expect_near(r.gradient("r.sigma", {3, 4}, {1, 0}), {2. / 5 * first, 0}, 1e-15);
}

TEST(RbfLayer, IsZeroAndFiniteFarAway) {
  SmallNetwork r = rbf(1, 1);
  r.set("r.centre", {0}).set("r.sigma", {1});
  expect_near(r.outputs({1e6}), {0});
  expect_near(r.jacobian({1e6}), {0});
}

TEST(RbfLayer, StartsAsWideAsStandardisedRowsLieApart) {
  expect_near(rbf(9, 2).get("r.sigma"), {3, 3});
  EXPECT_EQ(rbf(9, 2).spec().n_parameters(), 20u);
  EXPECT_EQ(rbf(9, 17).n_values(), 170u);
}

}  // namespace
}  // namespace ffwd
