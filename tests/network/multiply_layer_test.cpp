#include <gtest/gtest.h>

#include "support/small_network.h"

namespace ffwd {
namespace {

TEST(MultiplyLayer, IsTheProductOfItsSourcesElementByElement) {
  const SmallNetwork gate({{"x", 2}, {"g", 2}}, {{.name = "y", .type = "multiply", .from = {"x", "g"}, .size = 2}});
  expect_near(gate.outputs({2, 3, 5, -7}), {10, -21});
  expect_near(gate.jacobian({2, 3, 5, -7}), {5, 0, 2, 0, 0, -7, 0, 3});
  EXPECT_EQ(gate.spec().n_parameters(), 0u);
}

TEST(MultiplyLayer, OfASourceWithItselfIsItsPower) {
  const SmallNetwork cube({{"x", 1}}, {{.name = "y", .type = "multiply", .from = {"x", "x", "x"}, .size = 1}});
  expect_near(cube.outputs({3}), {27});
  expect_near(cube.jacobian({3}), {27});
}

TEST(MultiplyLayer, HasExactDerivativesWhereFactorsAreZero) {
  const SmallNetwork three(
      {{"x", 3}},
      {{.name = "a", .type = "units", .from = {"x"}, .size = 1, .graph = {{{"u", "identity"}}, {{"x.0", "u"}}, {"u"}}},
       {.name = "b", .type = "units", .from = {"x"}, .size = 1, .graph = {{{"u", "identity"}}, {{"x.1", "u"}}, {"u"}}},
       {.name = "c", .type = "units", .from = {"x"}, .size = 1, .graph = {{{"u", "identity"}}, {{"x.2", "u"}}, {"u"}}},
       {.name = "y", .type = "multiply", .from = {"a", "b", "c"}, .size = 1}});
  SmallNetwork plain = three;
  for (const char* name : {"a", "b", "c"}) plain.set(std::string(name) + ".group1.weight", {1});
  expect_near(plain.jacobian({0, 2, 3}), {6, 0, 0});
  expect_near(plain.jacobian({0, 0, 3}), {0, 0, 0});
}

}  // namespace
}  // namespace ffwd
