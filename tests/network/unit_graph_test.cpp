#include "network/unit_graph.h"

#include <gtest/gtest.h>

namespace ffwd {
namespace {

constexpr std::size_t kSizes[] = {3, 1};

/// Reads x (3 numbers) and y (1): h = tanh(x.0, y), out = identity(h, x.2).
LayerSpec sample() {
  return {.name = "g",
          .type = "units",
          .from = {"x", "y"},
          .size = 1,
          .graph = {
              {{"h", "tanh"}, {"out", "identity"}}, {{"x.0", "h"}, {"y", "h"}, {"h", "out"}, {"x.2", "out"}}, {"out"}}};
}

template <class Change>
std::string fault_with(const Change& change) {
  LayerSpec layer = sample();
  change(layer, layer.graph);
  const LayerFault fault = fault_of_graph(layer, std::span(kSizes).first(layer.from.size()));
  return fault.what + "|" + fault.fix;
}

TEST(UnitGraph, OrdersUnitsIntoGroupsThatReadWholeValues) {
  const OrderedUnits ordered = ordered_units(sample(), kSizes);
  ASSERT_EQ(ordered.groups.size(), 2u);
  EXPECT_EQ(ordered.groups[0].unit, "tanh");
  EXPECT_EQ(ordered.groups[0].reads, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(ordered.groups[0].edges[1].column, 3u) << "y comes behind the three numbers of x";
  EXPECT_EQ(ordered.groups[1].reads, (std::vector<std::size_t>{0, 2})) << "x, and group 0";
  EXPECT_EQ(ordered.groups[1].edges[0].column, 3u);
  EXPECT_EQ(ordered.groups[1].edges[1].column, 2u);
  ASSERT_EQ(ordered.outputs.size(), 1u);
  EXPECT_EQ(ordered.outputs[0].group, 1u);
}

TEST(UnitGraph, PutsUnitsOfOneKindAndLevelTogetherAndThoseOfAnotherApart) {
  LayerSpec layer = sample();
  layer.graph = {{{"a", "tanh"}, {"b", "relu"}, {"c", "tanh"}, {"d", "tanh"}},
                 {{"x.0", "a"}, {"x.1", "b"}, {"x.2", "c"}, {"y", "c"}, {"a", "d"}, {"b", "d"}, {"c", "d"}},
                 {"d"}};
  const OrderedUnits ordered = ordered_units(layer, kSizes);
  ASSERT_EQ(ordered.groups.size(), 3u);
  EXPECT_EQ(ordered.groups[0].units, (std::vector<std::size_t>{1}));
  EXPECT_EQ(ordered.groups[1].units, (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(ordered.groups[2].reads, (std::vector<std::size_t>{2, 3}));
}

TEST(UnitGraph, FindsNoFaultInOneThatIsSound) {
  EXPECT_EQ(fault_with([](LayerSpec&, UnitGraph&) {}), "|");
}

TEST(UnitGraph, RefusesUnitsThatAreNone) {
  EXPECT_EQ(fault_with([](LayerSpec& l, UnitGraph& g) {
              g.units.clear();
              (void)l;
            }),
            "holds no units|list them as \"units\": [[\"h1\", \"tanh\"], …]");
  EXPECT_EQ(fault_with([](LayerSpec&, UnitGraph& g) { g.units[0].second = "tahn"; }),
            "unit 'h': unknown unit 'tahn'; did you mean 'tanh'?|");
  EXPECT_EQ(fault_with([](LayerSpec&, UnitGraph& g) { g.units[0].first = "out"; }),
            "has two units or sources called 'out'|give each a name of its own");
  EXPECT_EQ(fault_with([](LayerSpec&, UnitGraph& g) { g.units[0].first = "x"; }),
            "has two units or sources called 'x'|give each a name of its own");
  EXPECT_EQ(fault_with([](LayerSpec&, UnitGraph& g) { g.units[0].first = "x.1"; }),
            "has a unit called 'x.1', as is a number that it reads|give the unit another name");
  EXPECT_EQ(fault_with([](LayerSpec&, UnitGraph& g) { g.outputs = {"z"}; }),
            "has no unit called 'z' to put out|name units of the layer as \"outputs\"");
  EXPECT_EQ(fault_with([](LayerSpec& l, UnitGraph& g) {
              g.outputs = {"out", "out"};
              l.size = 2;
            }),
            "puts out 'out' twice|name it once");
  EXPECT_EQ(fault_with([](LayerSpec& l, UnitGraph&) { l.size = 2; }),
            "has size 2 but 1 outputs|list its output units as \"outputs\", as many as its size");
}

TEST(UnitGraph, RefusesEdgesThatAreNone) {
  EXPECT_EQ(fault_with([](LayerSpec&, UnitGraph& g) { g.edges[0].first = "x.3"; }),
            "edge 'x.3' to 'h' starts at nothing that is there|"
            "start it at a unit, or at a number that the layer reads, such as \"x.0\"");
  for (const char* from : {"x", "x.", "x.-1", "x.+1", "x.1 ", "z", ""}) {
    EXPECT_NE(fault_with([&](LayerSpec&, UnitGraph& g) { g.edges[0].first = from; }).find("starts at nothing"),
              std::string::npos)
        << from;
  }
  EXPECT_EQ(fault_with([](LayerSpec&, UnitGraph& g) { g.edges[0].second = "x.1"; }),
            "edge 'x.0' to 'x.1' ends at no unit|end it at a unit of the layer");
  EXPECT_EQ(fault_with([](LayerSpec&, UnitGraph& g) { g.edges.emplace_back("h", "out"); }),
            "edge 'h' to 'out' is there twice|list it once");
  EXPECT_EQ(fault_with([](LayerSpec&, UnitGraph& g) { g.edges.emplace_back("y.0", "h"); }),
            "edge 'y.0' to 'h' is there twice|list it once")
      << "y and y.0 are one number";
}

TEST(UnitGraph, RefusesCyclesAndLooseEnds) {
  EXPECT_EQ(fault_with([](LayerSpec&, UnitGraph& g) { g.edges.emplace_back("out", "h"); }),
            "unit 'h' is on a cycle of edges, or behind one|"
            "take an edge of the cycle out: units may only read earlier ones");
  EXPECT_NE(fault_with([](LayerSpec&, UnitGraph& g) { g.edges.emplace_back("h", "h"); }).find("'h' is on a cycle"),
            std::string::npos);
  EXPECT_EQ(fault_with([](LayerSpec&, UnitGraph& g) {
              g.units.emplace_back("idle", "relu");
              g.edges.emplace_back("x.1", "idle");
            }),
            "unit 'idle' leads to no output|add an edge from it, or leave the unit out");
  EXPECT_EQ(fault_with([](LayerSpec&, UnitGraph& g) {
              g.units.emplace_back("free", "relu");
              g.edges.emplace_back("free", "out");
            }),
            "unit 'free' has no edge to it|add one, or leave the unit out");
}

TEST(UnitGraph, RefusesSourcesThatNoEdgeReadsOrThatAreNamedTwice) {
  EXPECT_EQ(fault_with([](LayerSpec&, UnitGraph& g) { g.edges.erase(g.edges.begin() + 1); }),
            "reads 'y' but no edge starts there|add one, or take it out of \"from\"");
  EXPECT_EQ(fault_with([](LayerSpec& l, UnitGraph&) { l.from = {"x", "x"}; }), "reads 'x' twice|name it once");
}

TEST(UnitGraph, OfAThousandUnitsInARowIsOrderedInOneGo) {
  LayerSpec layer{.name = "g", .type = "units", .from = {"y"}, .size = 1};
  layer.graph.outputs = {"u999"};
  for (std::size_t u = 1000; u-- > 0;) {
    layer.graph.units.emplace_back("u" + std::to_string(u), "tanh");
    layer.graph.edges.emplace_back(u == 0 ? "y" : "u" + std::to_string(u - 1), "u" + std::to_string(u));
  }
  constexpr std::size_t kOne[] = {1};
  EXPECT_EQ(fault_of_graph(layer, kOne).what, "");
  EXPECT_EQ(ordered_units(layer, kOne).groups.size(), 1000u);
}

// Few edges between many units and many numbers: a small file that would take much memory.
TEST(UnitGraph, RefusesWhatWouldTakeMuchForFewEdges) {
  LayerSpec layer{.name = "g", .type = "units", .from = {"x"}, .size = 1};
  for (int u = 0; u < 300; ++u) {
    layer.graph.units.emplace_back("u" + std::to_string(u), "tanh");
    layer.graph.edges.emplace_back("x." + std::to_string(u), "u" + std::to_string(u));
    if (u > 0) layer.graph.edges.emplace_back("u" + std::to_string(u - 1), "u" + std::to_string(u));
  }
  layer.graph.outputs = {"u299"};
  const std::vector<std::size_t> few = {1000}, many = {1'000'000};
  EXPECT_EQ(fault_of_graph(layer, few).what, "");
  EXPECT_NE(fault_of_graph(layer, many).what.find("2^27 numbers"), std::string::npos);
}

TEST(UnitGraph, FindsALongWayListedFromItsEnd) {
  LayerSpec layer{.name = "g", .type = "units", .from = {"x"}, .size = 1};
  for (int u = 3000; u-- > 0;) {
    layer.graph.units.emplace_back("u" + std::to_string(u), "tanh");
    layer.graph.edges.emplace_back(u == 0 ? "x" : "u" + std::to_string(u - 1), "u" + std::to_string(u));
  }
  layer.graph.outputs = {"u2999"};
  const std::vector<std::size_t> sizes = {1};
  EXPECT_EQ(fault_of_graph(layer, sizes).what, "");
}

}  // namespace
}  // namespace ffwd
