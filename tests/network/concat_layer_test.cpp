#include <gtest/gtest.h>

#include "support/small_network.h"

namespace ffwd {
namespace {

TEST(ConcatLayer, PutsItsSourcesSideBySideInTheOrderInWhichTheyAreNamed) {
  const SmallNetwork both({{"x", 2}, {"y", 1}}, {{.name = "c", .type = "concat", .from = {"y", "x"}, .size = 3}});
  expect_near(both.outputs({1, 2, 3}), {3, 1, 2});
  expect_near(both.jacobian({1, 2, 3}), {0, 0, 1, 1, 0, 0, 0, 1, 0});
  EXPECT_EQ(both.spec().n_parameters(), 0u);
}

TEST(ConcatLayer, HasAUnit) {
  const SmallNetwork both({{"x", 2}, {"y", 1}},
                          {{.name = "c", .type = "concat", .from = {"x", "y"}, .size = 3, .unit = "hard_tanh"}});
  expect_near(both.outputs({-7, 0.5, 7}), {-1, 0.5, 1});
}

TEST(ConcatLayer, CanReadASourceTwice) {
  const SmallNetwork twice({{"x", 1}}, {{.name = "c", .type = "concat", .from = {"x", "x"}, .size = 2}});
  expect_near(twice.outputs({4}), {4, 4});
  expect_near(twice.jacobian({4}), {1, 1});
}

}  // namespace
}  // namespace ffwd
