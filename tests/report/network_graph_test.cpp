#include "report/network_graph.h"

#include <gtest/gtest.h>

#include <set>

#include "report/pictures.h"

namespace ffwd {
namespace {

NetworkSpec wide_and_deep() {
  NetworkSpec spec{
      .inputs = {{"wide", 5}, {"deep", 1'200}},
      .layers = {{.name = "h",
                  .type = "dense",
                  .from = {"deep"},
                  .size = 64,
                  .unit = "leaky_relu",
                  .options = {{"slope", 0.2}, {"bias", 0}}},
                 {.name = "drop", .type = "dropout", .from = {"h"}, .size = 64, .options = {{"rate", 0.1}}},
                 {.name = "y", .type = "dense", .from = {"wide", "drop"}, .size = 1}},
      .outputs = {"y"}};
  spec.validate();
  return spec;
}

/// The x of every box that is drawn.
std::set<std::string> boxes_x(const std::string& svg) {
  std::set<std::string> xs;
  for (std::size_t at = svg.find("<rect class=\"background "); at != std::string::npos;
       at = svg.find("<rect class=\"background ", at + 1)) {
    const std::size_t x = svg.find(" x=\"", at) + 4;
    xs.insert(svg.substr(x, svg.find('"', x) - x));
  }
  return xs;
}

NetworkSpec graph_of_units(std::size_t n) {
  LayerSpec layer{.name = "g", .type = "units", .from = {"x"}, .size = 1};
  for (std::size_t u = 0; u < n; ++u) {
    const std::string name = "u" + std::to_string(u);
    layer.graph.units.emplace_back(name, "gudermannian");
    layer.graph.edges.emplace_back(u == 0 ? "x.1" : "u" + std::to_string(u - 1), name);
  }
  layer.graph.outputs = {"u" + std::to_string(n - 1)};
  return {.inputs = {{"x", 2}}, .layers = {layer}, .outputs = {"g"}};
}

TEST(NetworkGraph, ShowsWhatEachLayerIsAndHowMuchItLearns) {
  const std::string svg = network_graph_svg(wide_and_deep(), "Network: income");
  expect_sound(svg);
  for (const char* text :
       {">Network: income<", ">1,205 features, 3 layers, 76,870 parameters, 1 output<", ">wide<", ">input<",
        ">1,200 features<", ">h<", ">dense, no bias, leaky_relu, slope 0.2<", ">64 units · 76,800 parameters<",
        ">dropout, rate 0.1<", ">64 units<", ">output<", ">1 unit · 70 parameters<"}) {
    EXPECT_TRUE(contains(svg, text)) << text;
  }
  EXPECT_EQ(count(svg, "<polygon"), 4U) << "one arrow for each reading";
  EXPECT_EQ(count(svg, "background line-0"), 2U);
  EXPECT_EQ(count(svg, "background line-1"), 1U);
}

TEST(NetworkGraph, OfAPlainChainIsOneColumn) {
  const std::string svg = network_graph_svg(dense_network(8, std::vector<std::size_t>(12, 32), {"relu"}, 1), "Network");
  EXPECT_EQ(count(svg, "<rect class=\"background "), 14U);
  EXPECT_EQ(boxes_x(svg).size(), 1U);
}

TEST(NetworkGraph, ShowsTheSingleUnitsOfASmallGraphAndOnlyCountsThoseOfALargeOne) {
  const std::string small = network_graph_svg(graph_of_units(40), "Network");
  expect_sound(small);
  EXPECT_EQ(count(small, ">gudermannian<"), 40U);
  EXPECT_TRUE(contains(small, ">x.1<"));
  EXPECT_FALSE(contains(small, ">x.0<")) << "no edge starts there";
  const std::string large = network_graph_svg(graph_of_units(41), "Network");
  EXPECT_EQ(count(large, ">gudermannian<"), 0U);
  EXPECT_TRUE(contains(large, ">1 output · 82 parameters<"));
}

TEST(NetworkGraph, SaysHowOftenASourceIsReadThatIsReadSeveralTimes) {
  NetworkSpec spec{.inputs = {{"x", 3}},
                   .layers = {{.name = "square", .type = "multiply", .from = {"x", "x"}, .size = 3}},
                   .outputs = {"square"}};
  const std::string svg = network_graph_svg(spec, "Network");
  EXPECT_TRUE(contains(svg, ">multiply, 2 × x<"));
  EXPECT_EQ(count(svg, "<polygon"), 1U);
}

TEST(NetworkGraph, CutsAndEscapesTheWordsOfUsers) {
  NetworkSpec spec = dense_network(2, {3}, {"relu"}, 1);
  spec.layers[0].name = spec.layers[1].from[0] = "<b>&" + std::string(300, 'y');
  const std::string svg = network_graph_svg(spec, std::string(300, 'z'));
  expect_sound(svg);
  EXPECT_TRUE(contains(svg, ">&lt;b&gt;&amp;y"));
  EXPECT_FALSE(contains(svg, std::string(60, 'y')));
}

TEST(NetworkGraph, OfEqualNetworksIsEqual) {
  EXPECT_EQ(network_graph_svg(wide_and_deep(), "n"), network_graph_svg(wide_and_deep(), "n"));
}

TEST(NetworkGraph, OptionsStandBehindWhatTheyBelongTo) {
  const NetworkSpec spec = wide_and_deep();
  EXPECT_EQ(type_in_words(spec.layers[0]), "dense, no bias");
  EXPECT_EQ(unit_in_words(spec.layers[0]), "leaky_relu, slope 0.2");
  EXPECT_EQ(type_in_words({.name = "m", .type = "maxout", .options = {{"bias", 1}, {"pieces", 3}}}),
            "maxout, pieces 3");
}

}  // namespace
}  // namespace ffwd
