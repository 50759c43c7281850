#include "network/unit_graph.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "core/checked.h"
#include "core/names.h"

namespace ffwd {
namespace {

constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

/// Where an edge starts: a unit, or a column of a source.
struct Origin {
  std::size_t unit = kNowhere;
  std::size_t source = 0, column = 0;
};

class UnitNames {
 public:
  explicit UnitNames(const UnitGraph& graph) {
    for (std::size_t u = 0; u < graph.units.size(); ++u) numbers_.emplace(graph.units[u].first, u);
  }
  /// The number of the unit called `name`, or kNowhere.
  std::size_t operator()(std::string_view name) const {
    const auto found = numbers_.find(name);
    return found == numbers_.end() ? kNowhere : found->second;
  }

 private:
  std::map<std::string_view, std::size_t> numbers_;
};

// "x.3", or "x" where x has one number.
std::optional<Origin> number_of_a_source(const LayerSpec& layer, std::span<const std::size_t> sizes,
                                         std::string_view name) {
  for (std::size_t k = 0; k < layer.from.size(); ++k) {
    const std::string& source = layer.from[k];
    if (name == source && sizes[k] == 1) return Origin{.source = k};
    if (!name.starts_with(source + ".")) continue;
    const std::string_view digits = name.substr(source.size() + 1);
    std::size_t column = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), column);
    if (error == std::errc() && end == digits.data() + digits.size() && column < sizes[k]) {
      return Origin{.source = k, .column = column};
    }
  }
  return std::nullopt;
}

std::optional<Origin> origin_of(const LayerSpec& layer, const UnitNames& units, std::span<const std::size_t> sizes,
                                std::string_view name) {
  if (const std::size_t unit = units(name); unit != kNowhere) return Origin{.unit = unit};
  return number_of_a_source(layer, sizes, name);
}

/// The longest way to each unit from what the layer reads, in edges; kNowhere on a cycle.
std::vector<std::size_t> levels_of(const UnitGraph& graph, const UnitNames& units) {
  const std::size_t n = graph.units.size();
  std::vector<std::vector<std::size_t>> next(n);
  std::vector<std::size_t> waits(n), level(n, kNowhere), ready;
  for (const auto& [from, to] : graph.edges) {
    if (const std::size_t u = units(from); u != kNowhere) {
      next[u].push_back(units(to));
      ++waits[next[u].back()];
    }
  }
  std::vector<std::size_t> longest(n, 0);
  for (std::size_t u = 0; u < n; ++u) {
    if (waits[u] == 0) ready.push_back(u);
  }
  while (!ready.empty()) {
    const std::size_t u = ready.back();
    ready.pop_back();
    level[u] = longest[u];
    for (const std::size_t v : next[u]) {
      longest[v] = std::max(longest[v], longest[u] + 1);
      if (--waits[v] == 0) ready.push_back(v);
    }
  }
  return level;
}

LayerFault fault_of_units(const LayerSpec& layer, const UnitNames& units, std::span<const std::size_t> sizes) {
  const UnitGraph& graph = layer.graph;
  constexpr std::size_t kMostUnits = 10'000, kMostEdges = 1'000'000;
  if (graph.units.size() > kMostUnits || graph.edges.size() > kMostEdges) {
    return {"has more than 10,000 units or 1,000,000 edges", "use dense layers for what is large"};
  }
  if (graph.units.empty()) return {"holds no units", "list them as \"units\": [[\"h1\", \"tanh\"], …]"};
  if (graph.outputs.size() != layer.size) {
    return {"has size " + std::to_string(layer.size) + " but " + std::to_string(graph.outputs.size()) + " outputs",
            "list its output units as \"outputs\", as many as its size"};
  }
  std::set<std::string_view> names;
  for (const std::string& source : layer.from) {
    if (!names.insert(source).second) return {"reads '" + shorten(source) + "' twice", "name it once"};
  }
  for (const auto& [name, unit] : graph.units) {
    if (number_of_a_source(layer, sizes, name)) {
      return {"has a unit called '" + shorten(name) + "', as is a number that it reads", "give the unit another name"};
    }
    if (name.empty() || !names.insert(name).second) {
      return {"has two units or sources called '" + shorten(name) + "'", "give each a name of its own"};
    }
    if (find_unit(unit) == nullptr)
      return {"unit '" + shorten(name) + "': " + unknown_name("unit", unit, unit_names()), ""};
  }
  std::set<std::string_view> outputs;
  for (const std::string& output : graph.outputs) {
    if (units(output) == kNowhere) {
      return {"has no unit called '" + shorten(output) + "' to put out", "name units of the layer as \"outputs\""};
    }
    if (!outputs.insert(output).second) return {"puts out '" + shorten(output) + "' twice", "name it once"};
  }
  return {};
}

LayerFault fault_of_edges(const LayerSpec& layer, const UnitNames& units, std::span<const std::size_t> sizes) {
  std::set<std::array<std::size_t, 4>> met;
  std::vector<bool> read(layer.from.size());
  for (const auto& [from, to] : layer.graph.edges) {
    const std::string edge = "edge '" + shorten(from) + "' to '" + shorten(to) + "'";
    const std::optional<Origin> origin = origin_of(layer, units, sizes, from);
    if (!origin) {
      return {edge + " starts at nothing that is there",
              "start it at a unit, or at a number that the layer reads, such as \"" + shorten(layer.from[0]) + ".0\""};
    }
    if (units(to) == kNowhere) return {edge + " ends at no unit", "end it at a unit of the layer"};
    if (!met.insert({origin->unit, origin->source, origin->column, units(to)}).second) {
      return {edge + " is there twice", "list it once"};
    }
    if (origin->unit == kNowhere) read[origin->source] = true;
  }
  const auto unread = std::ranges::find(read, false);
  if (unread == read.end()) return {};
  const std::string& source = layer.from[static_cast<std::size_t>(unread - read.begin())];
  return {"reads '" + shorten(source) + "' but no edge starts there", "add one, or take it out of \"from\""};
}

// Every unit must have an edge to it, and a way to an output.
LayerFault fault_of_ways(const LayerSpec& layer, const UnitNames& units, std::span<const std::size_t> levels) {
  const UnitGraph& graph = layer.graph;
  const std::size_t n = graph.units.size();
  std::vector<bool> reached(n), leads(n);
  for (const auto& [from, to] : graph.edges) reached[units(to)] = true;
  for (const std::string& output : graph.outputs) leads[units(output)] = true;
  // From the last units back: by the time an edge is met it is known whether its end leads anywhere.
  std::vector<std::pair<std::size_t, std::size_t>> edges;
  for (const auto& [from, to] : graph.edges) {
    if (const std::size_t u = units(from); u != kNowhere) edges.emplace_back(u, units(to));
  }
  std::ranges::sort(edges, std::greater(), [&](const auto& edge) { return levels[edge.first]; });
  for (const auto& [from, to] : edges) leads[from] = leads[from] || leads[to];
  for (std::size_t u = 0; u < n; ++u) {
    const std::string unit = "unit '" + shorten(graph.units[u].first) + "'";
    if (!reached[u]) return {unit + " has no edge to it", "add one, or leave the unit out"};
    if (!leads[u]) return {unit + " leads to no output", "add an edge from it, or leave the unit out"};
  }
  return {};
}

/// An edge of a graph without faults.
struct Edge {
  Origin from;
  std::size_t to;
};

std::vector<Edge> edges_of(const LayerSpec& layer, const UnitNames& units, std::span<const std::size_t> sizes) {
  std::vector<Edge> edges;
  for (const auto& [from, to] : layer.graph.edges) {
    edges.push_back({.from = origin_of(layer, units, sizes, from).value_or(Origin{}), .to = units(to)});
  }
  return edges;
}

// What the groups' dense steps take: a graph of few edges between many units and numbers would take much.
LayerFault fault_of_room(const LayerSpec& layer, std::span<const std::size_t> sizes) {
  constexpr std::size_t kMostNumbers = std::size_t{1} << 27, kPadding = 16;
  const OrderedUnits ordered = ordered_units(layer, sizes);
  CheckedSize numbers = 0;
  for (const UnitGroup& group : ordered.groups) {
    CheckedSize reads = 0;
    for (const std::size_t value : group.reads) {
      reads += value < sizes.size() ? sizes[value] : ordered.groups[value - sizes.size()].units.size();
    }
    numbers += (reads + kPadding) * (group.units.size() + kPadding);
  }
  if (numbers.value() <= kMostNumbers) return {};
  return {"has so few edges between so many units and numbers that it would take more than 2^27 numbers",
          "split it into layers, or let it read fewer numbers"};
}

}  // namespace

LayerFault fault_of_graph(const LayerSpec& layer, std::span<const std::size_t> sizes) {
  const UnitNames units(layer.graph);
  if (LayerFault fault = fault_of_units(layer, units, sizes); !fault.what.empty()) return fault;
  if (LayerFault fault = fault_of_edges(layer, units, sizes); !fault.what.empty()) return fault;
  const std::vector<std::size_t> levels = levels_of(layer.graph, units);
  if (const auto cyclic = std::ranges::find(levels, kNowhere); cyclic != levels.end()) {
    const auto u = static_cast<std::size_t>(cyclic - levels.begin());
    return {"unit '" + shorten(layer.graph.units[u].first) + "' is on a cycle of edges, or behind one",
            "take an edge of the cycle out: units may only read earlier ones"};
  }
  if (LayerFault fault = fault_of_ways(layer, units, levels); !fault.what.empty()) return fault;
  return fault_of_room(layer, sizes);
}

OrderedUnits ordered_units(const LayerSpec& layer, std::span<const std::size_t> sizes) {
  const UnitGraph& graph = layer.graph;
  const UnitNames units(graph);
  const std::vector<std::size_t> levels = levels_of(graph, units);
  std::map<std::pair<std::size_t, std::string>, std::vector<std::size_t>> by_level;
  for (std::size_t u = 0; u < graph.units.size(); ++u) by_level[{levels[u], graph.units[u].second}].push_back(u);

  OrderedUnits ordered;
  std::vector<UnitPlace> place(graph.units.size());
  std::vector<std::size_t> value_sizes(sizes.begin(), sizes.end());
  for (const auto& [key, members] : by_level) {
    for (std::size_t i = 0; i < members.size(); ++i) place[members[i]] = {ordered.groups.size(), i};
    ordered.groups.push_back({.unit = key.second, .units = members, .reads = {}, .edges = {}});
    value_sizes.push_back(members.size());
  }
  const auto value_of = [&](const Origin& o) {
    return o.unit == kNowhere ? o.source : sizes.size() + place[o.unit].group;
  };
  const std::vector<Edge> edges = edges_of(layer, units, sizes);
  for (const Edge& edge : edges) {
    std::vector<std::size_t>& reads = ordered.groups[place[edge.to].group].reads;
    const std::size_t value = value_of(edge.from);
    if (std::ranges::find(reads, value) == reads.end()) reads.push_back(value);
  }
  for (UnitGroup& group : ordered.groups) std::ranges::sort(group.reads);
  for (const Edge& edge : edges) {
    UnitGroup& group = ordered.groups[place[edge.to].group];
    std::size_t column = edge.from.unit == kNowhere ? edge.from.column : place[edge.from.unit].place;
    for (const std::size_t value : group.reads) {
      if (value == value_of(edge.from)) break;
      column += value_sizes[value];
    }
    group.edges.push_back({.column = column, .place = place[edge.to].place});
  }
  for (const std::string& output : graph.outputs) ordered.outputs.push_back(place[units(output)]);
  return ordered;
}

}  // namespace ffwd
