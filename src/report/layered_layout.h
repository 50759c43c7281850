// Where the nodes of a graph without cycles stand in a picture, in rows from top to bottom, and how its edges run.
//
// In the steps of Sugiyama, Tagawa & Toda (1981): rows by the longest way from the top, edges over several rows bent at
// each of them so that they run around what stands there, rows ordered by barycentres so that few edges cross, places
// by medians. Edges that leave one node share their way as far as they go together. Equal graphs give equal numbers on
// every machine: there is nothing random, and no function of libm.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "report/svg.h"

namespace ffwd {

struct LayeredGraph {
  struct Node {
    double width = 0, height = 0;
  };
  std::vector<Node> nodes;
  std::vector<std::pair<std::size_t, std::size_t>> edges;  ///< from, to; no cycle, none twice
  double node_gap = 28, row_gap = 44;
};

struct LayeredLayout {
  double width = 0, height = 0;
  std::vector<Point> centres;  ///< of the nodes, within (0, 0) … (width, height)
  std::string edges;           ///< the `d` of one path
  std::vector<Point> tips;     ///< where an edge ends, from above; one for each edge
};

[[nodiscard]] LayeredLayout lay_out(const LayeredGraph& graph);

}  // namespace ffwd
