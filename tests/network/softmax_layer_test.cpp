#include <gtest/gtest.h>

#include <cmath>

#include "support/small_network.h"

namespace ffwd {
namespace {

SmallNetwork softmax(std::size_t size) {
  return SmallNetwork({{"x", size}}, {{.name = "s", .type = "softmax", .from = {"x"}, .size = size}});
}

TEST(SoftmaxLayer, GivesSharesThatAddUpToOne) {
  const double sum = 1 + std::exp(1.0) + std::exp(2.0);
  expect_near(softmax(3).outputs({0, 1, 2}), {1 / sum, std::exp(1.0) / sum, std::exp(2.0) / sum}, 1e-15);
  expect_near(softmax(3).outputs({1000, 1001, 1002}), softmax(3).outputs({0, 1, 2}), 1e-15);
  expect_near(softmax(1).outputs({-5}), {1});
}

TEST(SoftmaxLayer, StaysFiniteAtTheExtremes) {
  expect_near(softmax(3).outputs({1e3, 0, -1e3}), {1, 0, 0});
  expect_near(softmax(3).outputs({1e300, 1e300, -1e300}), {0.5, 0.5, 0});
  expect_near(softmax(2).jacobian({1e3, -1e3}), {0, 0, 0, 0});
}

TEST(SoftmaxLayer, HasTheDerivativeDiagPMinusPPTransposed) {
  expect_near(softmax(2).jacobian({7, 7}), {0.25, -0.25, -0.25, 0.25}, 1e-15);
}

}  // namespace
}  // namespace ffwd
