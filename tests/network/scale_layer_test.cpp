#include <gtest/gtest.h>

#include "support/small_network.h"

namespace ffwd {
namespace {

TEST(ScaleLayer, StartsAsTheIdentityAndLearnsAFactorForEachNumber) {
  SmallNetwork scale({{"x", 3}}, {{.name = "s", .type = "scale", .from = {"x"}, .size = 3}});
  expect_near(scale.outputs({1, -2, 3}), {1, -2, 3});
  scale.set("s.scale", {2, 3, 0});
  expect_near(scale.outputs({1, -2, 3}), {2, -6, 0});
  expect_near(scale.jacobian({1, -2, 3}), {2, 0, 0, 0, 3, 0, 0, 0, 0});
  expect_near(scale.gradient("s.scale", {1, -2, 3}, {1, 10, 100}), {1, -20, 300});
  EXPECT_EQ(scale.spec().n_parameters(), 3u);
}

}  // namespace
}  // namespace ffwd
