// A free graph of single units, put in order: units that can be computed side by side form a group, which is a dense
// step with a mask.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "network/layer.h"

namespace ffwd {

/// Units of one kind that read nothing of each other.
struct UnitGroup {
  std::string unit;
  std::vector<std::size_t> units;  ///< numbers of the graph's units
  /// What they read: values 0 … n − 1 are the layer's sources, n + g is group g; rising, each whole and side by side.
  std::vector<std::size_t> reads;
  struct Edge {
    std::size_t column;  ///< of what they read
    std::size_t place;   ///< of the unit in `units`
  };
  std::vector<Edge> edges;  ///< in the order of the graph's
};

struct UnitPlace {
  std::size_t group, place;
};

struct OrderedUnits {
  std::vector<UnitGroup> groups;   ///< each after those it reads
  std::vector<UnitPlace> outputs;  ///< of the graph's outputs
};

/// What is wrong with the layer's graph: a name twice or unknown, an edge twice, a cycle, a unit that nothing reaches
/// or that leads to no output.
[[nodiscard]] LayerFault fault_of_graph(const LayerSpec& layer, std::span<const std::size_t> sizes);

/// Of a graph without faults; `sizes` are those of the layer's sources.
[[nodiscard]] OrderedUnits ordered_units(const LayerSpec& layer, std::span<const std::size_t> sizes);

}  // namespace ffwd
