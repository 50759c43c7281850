#include <gtest/gtest.h>

#include "support/small_network.h"

namespace ffwd {
namespace {

SmallNetwork activation(const std::string& unit, std::map<std::string, double> options = {}) {
  return SmallNetwork(
      {{"x", 3}}, {{.name = "a", .type = "activation", .from = {"x"}, .size = 3, .unit = unit, .options = options}});
}

TEST(ActivationLayer, IsItsUnitOfWhatItReadsAndLearnsNothing) {
  expect_near(activation("relu").outputs({-1, 0, 2}), {0, 0, 2});
  expect_near(activation("abs").jacobian({-1, 0, 2}), {-1, 0, 0, 0, 0, 0, 0, 0, 1});
  EXPECT_EQ(activation("relu").spec().n_parameters(), 0u);
}

TEST(ActivationLayer, TakesTheParameterOfItsUnit) {
  expect_near(activation("leaky_relu").outputs({-1, 0, 2}), {-0.01, 0, 2});
  expect_near(activation("leaky_relu", {{"slope", 0.5}}).outputs({-1, 0, 2}), {-0.5, 0, 2});
}

TEST(ActivationLayer, CanBeALayerThatIsAUnit) {
  const SmallNetwork prelu = activation("prelu");
  EXPECT_EQ(prelu.parameter_names(), std::vector<std::string>{"a.slope"});
  EXPECT_EQ(prelu.spec().n_parameters(), 3u);
  expect_near(activation("softmax").outputs({1, 1, 1}), {1. / 3, 1. / 3, 1. / 3});
}

TEST(ActivationLayer, OfTheIdentityIsWhatItReads) {
  expect_near(activation("identity").outputs({-1, 0, 2}), {-1, 0, 2});
}

}  // namespace
}  // namespace ffwd
