#include <gtest/gtest.h>

#include <cmath>

#include "support/small_network.h"

namespace ffwd {
namespace {

SmallNetwork units(std::vector<InputSpec> inputs, UnitGraph graph) {
  std::vector<std::string> from;
  for (const InputSpec& input : inputs) from.push_back(input.name);
  const std::size_t size = graph.outputs.size();
  return SmallNetwork(std::move(inputs),
                      {{.name = "g", .type = "units", .from = from, .size = size, .graph = std::move(graph)}});
}

// Two neurons make the exclusive or, if the second sees the first: Rumelhart, Hinton & Williams (1986), figure 2.
TEST(UnitsLayer, ComputesTheExclusiveOrWithTwoNeurons) {
  SmallNetwork net =
      units({{"x", 2}}, {.units = {{"both", "heaviside"}, {"out", "heaviside"}},
                         .edges = {{"x.0", "both"}, {"x.1", "both"}, {"x.0", "out"}, {"x.1", "out"}, {"both", "out"}},
                         .outputs = {"out"}});
  EXPECT_EQ(net.spec().n_parameters(), 7u);
  EXPECT_EQ(net.n_values(), 7u);
  net.set("g.group1.weight", {1, 1}).set("g.group1.bias", {-1.5});
  net.set("g.group2.weight", {1, 1, -2}).set("g.group2.bias", {-0.5});
  for (const double a : {0.0, 1.0}) {
    for (const double b : {0.0, 1.0}) expect_near(net.outputs({a, b}), {a != b ? 1.0 : 0.0});
  }
}

TEST(UnitsLayer, KeepsToTheEdgesThatAreThere) {
  SmallNetwork net = units({{"x", 2}, {"y", 1}}, {.units = {{"a", "tanh"}, {"b", "tanh"}, {"c", "identity"}},
                                                  .edges = {{"x.1", "a"}, {"y", "b"}, {"a", "c"}, {"x.0", "c"}},
                                                  .outputs = {"c", "b"}});
  EXPECT_EQ(net.parameter_names(),
            (std::vector<std::string>{"g.group1.weight", "g.group1.bias", "g.group2.weight", "g.group2.bias"}));
  net.set("g.group1.weight", {2, 3}).set("g.group1.bias", {0, 0});  // x.1 → a, y → b
  net.set("g.group2.weight", {5, 7}).set("g.group2.bias", {0.5});   // a → c, x.0 → c
  const double a = std::tanh(2 * 0.25), b = std::tanh(3 * -0.5);
  expect_near(net.outputs({2, 0.25, -0.5}), {5 * a + 14.5, b}, 1e-14);
  expect_near(net.jacobian({2, 0.25, -0.5}), {7, 10 * (1 - a * a), 0, 0, 0, 3 * (1 - b * b)}, 1e-14);
}

TEST(UnitsLayer, PutsOutItsUnitsInTheOrderAskedForAndThoseThatOthersRead) {
  SmallNetwork net = units(
      {{"x", 1}},
      {.units = {{"a", "identity"}, {"b", "identity"}}, .edges = {{"x", "a"}, {"a", "b"}}, .outputs = {"b", "a"}});
  net.set("g.group1.weight", {3}).set("g.group2.weight", {5});
  expect_near(net.outputs({1}), {15, 3});
  expect_near(net.jacobian({1}), {15, 3});
}

// A unit may see any earlier ones: the widest such graph of n units has n (n − 1) / 2 edges between them.
TEST(UnitsLayer, HoldsTheGeneralFeedForwardTopology) {
  constexpr std::size_t n = 12;
  UnitGraph graph;
  for (std::size_t u = 0; u < n; ++u) {
    const std::string name = "u" + std::to_string(u);
    graph.units.emplace_back(name, "identity");
    graph.edges.emplace_back("x", name);
    for (std::size_t v = 0; v < u; ++v) graph.edges.emplace_back("u" + std::to_string(v), name);
  }
  graph.outputs = {"u11"};
  SmallNetwork net = units({{"x", 1}}, graph);
  EXPECT_EQ(net.spec().n_parameters(), n + n * (n - 1) / 2 + n);
  for (std::size_t u = 0; u < n; ++u) {
    net.set("g.group" + std::to_string(u + 1) + ".weight", std::vector<double>(u + 1, 1.0));
  }
  expect_near(net.outputs({1}), {2048});  // each is the sum of all before: 1, 2, 4, …
}

}  // namespace
}  // namespace ffwd
