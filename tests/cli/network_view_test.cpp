#include "cli/network_view.h"

#include <gtest/gtest.h>

#include "cli/fake_console.h"

namespace ffwd {
namespace {

NetworkSpec network() { return dense_network(3, {8, 4}, {"relu", "tanh"}, 1); }

TEST(NetworkView, EachLayerCountsItsOwnWeightsAndBiases) {
  EXPECT_EQ(layer_parameters(network()), (std::vector<std::size_t>{3 * 8 + 8, 8 * 4 + 4, 4 + 1}));
}

TEST(NetworkView, JsonListsTheLayers) {
  EXPECT_EQ(dump_json(network_with_counts(network())),
            R"({"inputs":[{"name":"x","size":3}],"layers":[)"
            R"({"name":"hidden1","type":"dense","from":["x"],"size":8,"unit":"relu","parameters":32},)"
            R"({"name":"hidden2","type":"dense","from":["hidden1"],"size":4,"unit":"tanh","parameters":36},)"
            R"({"name":"output","type":"dense","from":["hidden2"],"size":1,"unit":"identity","parameters":5}],)"
            R"("outputs":["output"],"parameters":73})");
}

TEST(NetworkView, TheTableShowsThem) {
  FakeConsole fake;
  print_network(fake.console, network());
  EXPECT_EQ(fake.out.str(),
            "Network  3 inputs, 73 parameters\n"
            "  layer    type   units  activation  parameters\n"
            "  hidden1  dense      8  relu                32\n"
            "  hidden2  dense      4  tanh                36\n"
            "  output   dense      1  identity             5\n");
}

TEST(NetworkView, OptionsStandBehindWhatTheyBelongTo) {
  NetworkSpec spec = network();
  spec.layers[0].unit = "elu";
  spec.layers[0].options = {{"alpha", 0.5}, {"bias", 0}};
  FakeConsole fake;
  print_network(fake.console, spec);
  EXPECT_NE(fake.out.str().find("  hidden1  dense, no bias      8  elu, alpha 0.5          24\n"), std::string::npos)
      << fake.out.str();
  EXPECT_EQ(network_with_counts(spec)["layers"][0]["bias"], Json(false));
}

TEST(NetworkView, OfAGraphTheTableShowsWhatEachLayerReads) {
  const NetworkSpec spec{.inputs = {{"p", 3}, {"q", 2}},
                         .layers = {{.name = "h", .type = "dense", .from = {"q"}, .size = 4, .unit = "relu"},
                                    {.name = "drop", .type = "dropout", .from = {"h"}, .size = 4},
                                    {.name = "y", .type = "dense", .from = {"p", "drop"}, .size = 1}},
                         .outputs = {"drop", "y"}};
  FakeConsole fake;
  print_network(fake.console, spec);
  EXPECT_EQ(fake.out.str(),
            "Network  5 inputs, 20 parameters, puts out drop and y\n"
            "  layer  type     reads    units  activation  parameters\n"
            "  p      input                 3\n"
            "  q      input                 2\n"
            "  h      dense    q            4  relu                12\n"
            "  drop   dropout  h            4  identity             0\n"
            "  y      dense    p, drop      1  identity             8\n");
}

}  // namespace
}  // namespace ffwd
