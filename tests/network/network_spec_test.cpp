#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "ffwd/error.h"
#include "ffwd/network.h"

namespace ffwd {
namespace {

std::string refusal(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    return error.what();
  }
  return "";
}

TEST(NetworkSpec, OfADenseNetworkNamesItsLayersAndCountsItsParameters) {
  const NetworkSpec spec = dense_network(3, {4}, {"tanh"}, 2);
  ASSERT_EQ(spec.layers.size(), 2u);
  EXPECT_EQ(spec.layers[0].name, "hidden1");
  EXPECT_EQ(spec.layers[1].from, (std::vector<std::string>{"hidden1"}));
  EXPECT_EQ(spec.n_parameters(), 26u);  // 3·4 + 4 + 4·2 + 2
  EXPECT_EQ(spec.n_outputs(), 2u);
  EXPECT_EQ(dense_network(3, {}, {"relu"}, 1).n_parameters(), 4u);
}

TEST(NetworkSpec, GivesEachHiddenLayerItsOwnUnitWhenAsked) {
  const NetworkSpec spec = dense_network(2, {8, 4}, {"relu", "tanh"}, 1);
  EXPECT_EQ(spec.layers[0].unit, "relu");
  EXPECT_EQ(spec.layers[1].unit, "tanh");
  EXPECT_NE(refusal([] { (void)dense_network(2, {8, 4, 2}, {"relu", "tanh"}, 1); }).find("2 activations for 3"),
            std::string::npos);
}

TEST(NetworkSpec, RefusesWhatCannotBeComputedAndNamesTheLayer) {
  const auto with = [](const std::function<void(NetworkSpec&)>& change) {
    NetworkSpec spec = dense_network(2, {8}, {"relu"}, 1);
    change(spec);
    return refusal([&] { spec.validate(); });
  };
  EXPECT_EQ(with([](NetworkSpec&) {}), "");
  EXPECT_NE(with([](NetworkSpec& s) { s.layers[0].unit = "rellu"; }).find("layer 'hidden1': unknown unit 'rellu'"),
            std::string::npos);
  EXPECT_NE(with([](NetworkSpec& s) { s.layers[0].type = "dens"; }).find("did you mean 'dense'"), std::string::npos);
  EXPECT_NE(with([](NetworkSpec& s) { s.layers[0].size = 0; }).find("'hidden1' has no units"), std::string::npos);
  EXPECT_NE(with([](NetworkSpec& s) { s.layers[0].size = 2'000'000; }).find("the limit is"), std::string::npos);
  EXPECT_NE(with([](NetworkSpec& s) { s.layers[1].name = "hidden1"; }).find("used twice"), std::string::npos);
  EXPECT_NE(with([](NetworkSpec& s) { s.layers[1].from = {"x"}; }).find("layer 'output' must read"), std::string::npos);
  EXPECT_NE(with([](NetworkSpec& s) { s.outputs = {"hidden1"}; }).find("last layer, 'output'"), std::string::npos);
  EXPECT_NE(with([](NetworkSpec& s) { s.layers.clear(); }).find("there is no layer"), std::string::npos);
  EXPECT_NE(with([](NetworkSpec& s) { s.inputs.clear(); }).find("exactly one input"), std::string::npos);
  EXPECT_NE(with([](NetworkSpec& s) { s.members = 2; }).find("members is 2"), std::string::npos);
}

TEST(NetworkSpec, RefusesMoreParametersThanItCanCount) {
  EXPECT_NE(refusal([] { (void)dense_network(1'000'000, {1'000'000}, {"relu"}, 1); }).find("2^29"), std::string::npos);
}

}  // namespace
}  // namespace ffwd
