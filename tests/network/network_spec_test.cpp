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

/// What is said of x -> hidden1 (8) -> output (1) with a change.
std::string with(const std::function<void(NetworkSpec&)>& change) {
  NetworkSpec spec = dense_network(2, {8}, {"relu"}, 1);
  change(spec);
  return refusal([&] { spec.validate(); });
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

TEST(NetworkSpec, OfSeveralInputsAndOutputsCountsAllOfThem) {
  const NetworkSpec spec{.inputs = {{"a", 3}, {"b", 4}},
                         .layers = {{.name = "h", .type = "dense", .from = {"a", "b"}, .size = 5, .unit = "prelu"},
                                    {.name = "mean", .type = "dense", .from = {"h"}, .size = 2},
                                    {.name = "spread", .type = "dense", .from = {"h", "b"}, .size = 1}},
                         .outputs = {"mean", "spread"}};
  spec.validate();
  EXPECT_EQ(spec.n_inputs(), 7u);
  EXPECT_EQ(spec.n_outputs(), 3u);
  EXPECT_EQ(spec.n_parameters(spec.layers[0]), 45u);  // 7·5 + 5, and 5 slopes
  EXPECT_EQ(spec.n_parameters(), 67u);
  EXPECT_EQ(spec.size_of("b"), 4u);
  EXPECT_EQ(spec.size_of("h"), 5u);
  EXPECT_EQ(spec.size_of("nothing"), 0u);
}

TEST(NetworkSpec, RefusesNamesThatItDoesNotKnow) {
  EXPECT_EQ(with([](NetworkSpec&) {}), "");
  EXPECT_EQ(with([](NetworkSpec& s) { s.layers[0].unit = "rellu"; }),
            "network: layer 'hidden1': unknown unit 'rellu'; did you mean 'relu'?");
  EXPECT_EQ(with([](NetworkSpec& s) { s.layers[0].type = "dens"; }),
            "network: layer 'hidden1': unknown layer type 'dens'; did you mean 'dense'?");
  EXPECT_EQ(with([](NetworkSpec& s) { s.layers[1].from = {"hiden1"}; }),
            "network: layer 'output': unknown source 'hiden1'; did you mean 'hidden1'?");
  EXPECT_EQ(with([](NetworkSpec& s) { s.outputs = {"y"}; }),
            "network: there is no layer 'y' to put out\n  name one of hidden1 or output");
}

TEST(NetworkSpec, RefusesSizesThatDoNotFit) {
  EXPECT_NE(with([](NetworkSpec& s) { s.layers[0].size = 0; }).find("'hidden1' has no units"), std::string::npos);
  EXPECT_NE(with([](NetworkSpec& s) { s.layers[0].size = 2'000'000; }).find("the limit is"), std::string::npos);
  EXPECT_NE(with([](NetworkSpec& s) { s.inputs[0].size = 0; }).find("input 'x' has no numbers"), std::string::npos);
  EXPECT_EQ(with([](NetworkSpec& s) { s.layers[0].type = "scale"; }),
            "network: layer 'hidden1' has size 8 but reads 2 numbers\n"
            "  leave the size of a scale out, or give it 2");
  EXPECT_EQ(with([](NetworkSpec& s) {
              s.layers[1] = {.name = "output", .type = "add", .from = {"hidden1", "x"}, .size = 8};
            }),
            "network: layer 'output' has size 8 but its source 'x' has 2\n"
            "  give the sources of such a layer one size, with a dense layer before the one that differs");
}

TEST(NetworkSpec, RefusesGraphsThatAreNone) {
  EXPECT_NE(with([](NetworkSpec& s) { s.layers[1].name = "hidden1"; }).find("'hidden1' is used twice"),
            std::string::npos);
  EXPECT_NE(with([](NetworkSpec& s) { s.layers[1].name = "x"; }).find("'x' is used twice"), std::string::npos);
  EXPECT_NE(with([](NetworkSpec& s) { s.layers[1].name = ""; }).find("a layer has no name"), std::string::npos);
  EXPECT_NE(with([](NetworkSpec& s) { s.layers[1].from.clear(); }).find("'output' reads nothing"), std::string::npos);
  EXPECT_EQ(with([](NetworkSpec& s) { s.layers[0].from = {"output"}; }),
            "network: layer 'hidden1' reads 'output', which does not come before it\n"
            "  put the layers in order; a feed-forward network has no cycle");
  EXPECT_EQ(with([](NetworkSpec& s) { s.layers[1].from = {"x"}; }),
            "network: layer 'hidden1' leads to no output\n"
            "  let a layer read it, name it as an output, or leave it out");
  EXPECT_NE(with([](NetworkSpec& s) { s.outputs = {"hidden1"}; }).find("layer 'output' leads to no output"),
            std::string::npos);
  EXPECT_NE(with([](NetworkSpec& s) { s.outputs = {"output", "output"}; }).find("'output' is named twice"),
            std::string::npos);
  EXPECT_NE(with([](NetworkSpec& s) { s.outputs.clear(); }).find("there is no output"), std::string::npos);
  EXPECT_NE(with([](NetworkSpec& s) { s.outputs.push_back("x"); }).find("'x' is an input"), std::string::npos);
  EXPECT_NE(with([](NetworkSpec& s) { s.layers.clear(); }).find("there is no layer"), std::string::npos);
  EXPECT_NE(with([](NetworkSpec& s) { s.inputs.clear(); }).find("there is no input"), std::string::npos);
  EXPECT_NE(with([](NetworkSpec& s) { s.inputs.push_back({"z", 2}); }).find("nothing reads the input 'z'"),
            std::string::npos);
  NetworkSpec many = dense_network(2, {2}, {"relu"}, 1);
  many.members = kMaxMembers;
  EXPECT_NO_THROW(many.validate());
  EXPECT_NE(with([](NetworkSpec& s) { s.members = 0; }).find("members is 0"), std::string::npos);
  EXPECT_NE(with([](NetworkSpec& s) { s.members = 1001; }).find("members is 1001"), std::string::npos);
}

TEST(NetworkSpec, RefusesOptionsThatALayerDoesNotHave) {
  EXPECT_EQ(with([](NetworkSpec& s) { s.layers[0].options["rate"] = 0.5; }),
            "network: layer 'hidden1' has no option 'rate'\n  give bias, or leave it out");
  EXPECT_EQ(with([](NetworkSpec& s) { s.layers[0].options["bias"] = 0.5; }),
            "network: layer 'hidden1': bias is 0.5\n  give a whole number from 0 to 1");
  EXPECT_EQ(with([](NetworkSpec& s) {
              s.layers[0].unit = "elu";
              s.layers[0].options["alpha"] = 0;
            }).substr(0, 38),
            "network: layer 'hidden1': alpha is 0\n ");
  EXPECT_NE(with([](NetworkSpec& s) { s.layers[0].graph.outputs = {"u"}; }).find("holds single units"),
            std::string::npos);
  NetworkSpec twice = dense_network(2, {2}, {"relu"}, 1);
  twice.layers[0].type = twice.layers[0].unit = "prelu";
  EXPECT_NE(refusal([&] { twice.validate(); }).find("'hidden1' is prelu twice"), std::string::npos);
}

TEST(NetworkSpec, RefusesMoreParametersThanItCanCount) {
  EXPECT_NE(refusal([] { (void)dense_network(1'000'000, {1'000'000}, {"relu"}, 1); }).find("2^29"), std::string::npos);
  EXPECT_NE(refusal([] { (void)dense_network(1, std::vector<std::size_t>(1001, 1), {"relu"}, 1); }).find("1000 layers"),
            std::string::npos);
}

TEST(NetworkSpec, RefusesNamesWhoseTensorsWouldBeTakenForOthers) {
  NetworkSpec spec = dense_network(2, {3}, {"relu"}, 1);
  spec.layers[0].name = "preprocessing";
  spec.layers[1].from = {"preprocessing"};
  EXPECT_NE(refusal([&] { spec.validate(); }).find("layer 'preprocessing' has the name of"), std::string::npos);
  spec.layers[0] = {.name = "a",
                    .type = "units",
                    .from = {"x"},
                    .size = 1,
                    .graph = {.units = {{"u", "tanh"}}, .edges = {{"x.0", "u"}, {"x.1", "u"}}, .outputs = {"u"}}};
  spec.layers[1] = {.name = "a.group1", .type = "dense", .from = {"a"}, .size = 1};
  spec.outputs = {"a.group1"};
  EXPECT_NE(refusal([&] { spec.validate(); }).find("the name of a group of units of 'a'"), std::string::npos);
}

}  // namespace
}  // namespace ffwd
