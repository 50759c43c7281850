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
            R"({"layers":[{"name":"hidden1","type":"dense","size":8,"unit":"relu","parameters":32},)"
            R"({"name":"hidden2","type":"dense","size":4,"unit":"tanh","parameters":36},)"
            R"({"name":"output","type":"dense","size":1,"unit":"identity","parameters":5}],"parameters":73})");
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

}  // namespace
}  // namespace ffwd
