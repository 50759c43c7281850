#include "report/layered_layout.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "core/philox.h"

namespace ffwd {
namespace {

LayeredGraph graph_of(std::size_t n, std::vector<std::pair<std::size_t, std::size_t>> edges) {
  LayeredGraph graph;
  graph.nodes.assign(n, {100, 40});
  graph.edges = std::move(edges);
  return graph;
}

/// Any graph of `n` nodes of several sizes, whose edges lead from earlier nodes to later ones.
LayeredGraph random_graph(std::uint64_t seed, std::size_t n) {
  const Philox random(seed, Purpose::kShuffle);
  LayeredGraph graph = graph_of(n, {});
  for (std::size_t to = 0; to < n; ++to) {
    graph.nodes[to] = {60 + 20.0 * static_cast<double>(random.below(5, 1, to)),
                       30 + 10.0 * static_cast<double>(random.below(3, 2, to))};
    for (std::size_t from = 0; from < to; ++from) {
      if (random.below(n, 3, to * n + from) < 3) graph.edges.emplace_back(from, to);
    }
  }
  return graph;
}

struct Vertical {
  double x, from, to;
};

/// The straight pieces downwards of a path.
std::vector<Vertical> verticals(const std::string& path) {
  std::vector<Vertical> found;
  Point at;
  for (const char* p = path.c_str(); *p != 0;) {
    const char command = *p++;
    char* end = nullptr;
    std::vector<double> numbers;
    for (;;) {
      const double number = std::strtod(p, &end);
      if (end == p) break;
      numbers.push_back(number);
      p = end;
    }
    if (command == 'V') {
      found.push_back({at.x, at.y, numbers[0]});
      at.y = numbers[0];
    } else {
      at = {numbers[numbers.size() - 2], numbers.back()};
    }
  }
  return found;
}

TEST(LayeredLayout, OfAChainIsAColumn) {
  const LayeredLayout layout = lay_out(graph_of(4, {{0, 1}, {1, 2}, {2, 3}}));
  for (const Point& centre : layout.centres) EXPECT_EQ(centre.x, 50);
  EXPECT_EQ(layout.width, 100);
  EXPECT_EQ(layout.height, 4 * 40 + 3 * 44);
  EXPECT_EQ(layout.edges, "M50 40V84M50 124V168M50 208V252");
}

TEST(LayeredLayout, LeadsALongEdgeAroundWhatStandsInItsWayAndKeepsTheChainStraight) {
  const LayeredLayout layout = lay_out(graph_of(4, {{0, 1}, {1, 2}, {2, 3}, {0, 3}}));
  for (const Point& centre : layout.centres) EXPECT_EQ(svg_number(centre.x), svg_number(layout.centres[0].x));
  EXPECT_GT(layout.width, 100);
}

TEST(LayeredLayout, TurnsRowsSoThatEdgesDoNotCross) {
  const LayeredLayout layout = lay_out(graph_of(4, {{0, 3}, {1, 2}}));
  EXPECT_EQ(layout.centres[0].x < layout.centres[1].x, layout.centres[3].x < layout.centres[2].x);
}

TEST(LayeredLayout, OfAnyGraphKeepsNodesApartAndEdgesOffThem) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const LayeredGraph graph = random_graph(seed, 2 + seed % 14);
    const LayeredLayout layout = lay_out(graph);
    ASSERT_EQ(layout.tips.size(), graph.edges.size());
    for (std::size_t a = 0; a < graph.nodes.size(); ++a) {
      const Point& at = layout.centres[a];
      const double w = graph.nodes[a].width / 2, h = graph.nodes[a].height / 2;
      EXPECT_TRUE(at.x - w > -0.01 && at.x + w < layout.width + 0.01);
      EXPECT_TRUE(at.y - h > -0.01 && at.y + h < layout.height + 0.01);
      for (std::size_t b = 0; b < a; ++b) {
        const bool apart = std::abs(at.x - layout.centres[b].x) > w + graph.nodes[b].width / 2 ||
                           std::abs(at.y - layout.centres[b].y) > h + graph.nodes[b].height / 2;
        EXPECT_TRUE(apart) << "seed " << seed << ": " << a << " and " << b;
      }
      for (const Vertical& line : verticals(layout.edges)) {
        const bool inside =
            std::abs(line.x - at.x) < w - 0.01 && line.to > at.y - h + 0.01 && line.from < at.y + h - 0.01;
        EXPECT_FALSE(inside) << "seed " << seed << ": an edge through node " << a;
      }
    }
    for (const auto& [from, to] : graph.edges) EXPECT_LT(layout.centres[from].y, layout.centres[to].y);
  }
}

TEST(LayeredLayout, OfEqualGraphsIsEqual) {
  EXPECT_EQ(lay_out(random_graph(7, 12)).edges, lay_out(random_graph(7, 12)).edges);
}

TEST(LayeredLayout, OfNothingIsEmpty) {
  const LayeredLayout layout = lay_out({});
  EXPECT_EQ(layout.width, 0);
  EXPECT_EQ(layout.height, 0);
  EXPECT_EQ(layout.edges, "");
}

}  // namespace
}  // namespace ffwd
