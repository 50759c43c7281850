// units: a free graph of single units given by its edges, the general feed-forward topology. Groups of units that can
// be computed side by side are dense steps whose missing edges are masked.
#include <map>
#include <utility>

#include "network/layer.h"
#include "network/unit_graph.h"
#include "plan/columns_step.h"
#include "plan/dense_step.h"
#include "plan/unit_step.h"
#include "plan/values.h"

namespace ffwd {
namespace {

template <class T>
class GraphLowering {
 public:
  GraphLowering(PlanBuilder<T>& builder, const LayerSpec& layer, std::span<const Reading> sources)
      : builder_(builder), layer_(layer), values_(sources.begin(), sources.end()) {
    std::vector<std::size_t> sizes;
    for (const Reading& source : sources) sizes.push_back(source.value.units);
    n_sources_ = sources.size();
    graph_ = ordered_units(layer, sizes);
    for (const UnitGroup& group : graph_.groups) {
      for (const std::size_t value : group.reads) ++readers_[value];
    }
    for (const UnitPlace& output : graph_.outputs) ++readers_[n_sources_ + output.group];
  }

  Value lower() {
    for (std::size_t g = 0; g < graph_.groups.size(); ++g) values_.push_back({.value = add_group(g)});
    std::vector<Columns> picked;
    for (const UnitPlace& output : graph_.outputs) {
      picked.push_back({.reading = read(n_sources_ + output.group), .first = output.place, .count = 1});
    }
    return add_columns_step(builder_, std::move(picked));
  }

 private:
  Reading read(std::size_t value) { return part_of(values_[value], met_[value]++, readers_.at(value)); }

  Reading read_together(const std::vector<std::size_t>& reads) {
    if (reads.size() == 1) return read(reads[0]);
    std::vector<Columns> parts;
    for (const std::size_t value : reads) {
      const Reading reading = read(value);
      parts.push_back({.reading = reading, .first = 0, .count = reading.value.units});
    }
    return {.value = add_columns_step(builder_, std::move(parts))};
  }

  Value add_group(std::size_t g) {
    const UnitGroup& group = graph_.groups[g];
    const UnitRow& unit = *find_unit(group.unit);
    const Reading source = read_together(group.reads);
    const DenseWeights weights = add_weights(g, unit.init, source.value.units);
    const bool fuses = builder_.use() == PlanUse::kTraining;
    const Value target =
        fuses ? builder_.add_value(group.units.size(), unit, false) : builder_.add_plain_value(group.units.size());
    add_dense_step(builder_, weights, source, target);
    return fuses ? target : add_unit_step(builder_, unit, unit.default_parameter, {.value = target});
  }

  DenseWeights add_weights(std::size_t g, InitRule init, std::size_t inputs) {
    const UnitGroup& group = graph_.groups[g];
    const std::size_t outputs = group.units.size(), n_edges = group.edges.size();
    const std::string name = layer_.name + ".group" + std::to_string(g + 1);
    DenseWeights w{.narrow = is_narrow(inputs, outputs)};
    w.weight_ld = padded<T>(w.narrow ? inputs : outputs);
    const double fan_in = static_cast<double>(n_edges) / static_cast<double>(outputs);
    ParameterRange edges{.name = name + ".weight",
                         .shape = {n_edges},
                         .kind = ParameterKind::kWeight,
                         .init = init,
                         .fan_in = fan_in,
                         .sparse_stored = (w.narrow ? outputs : inputs) * w.weight_ld};
    w.mask.resize(edges.sparse_stored);
    for (const UnitGroup::Edge& edge : group.edges) {
      edges.positions.push_back(w.narrow ? edge.place * w.weight_ld + edge.column
                                         : edge.column * w.weight_ld + edge.place);
      w.mask[edges.positions.back()] = true;
    }
    w.weight = builder_.layout().add(std::move(edges));
    w.bias = builder_.layout().add_bias(name + ".bias", outputs, kLanes<T>);
    return w;
  }

  PlanBuilder<T>& builder_;
  const LayerSpec& layer_;
  std::vector<Reading> values_;  // the sources, then the groups
  std::size_t n_sources_ = 0;
  OrderedUnits graph_;
  std::map<std::size_t, std::size_t> readers_, met_;
};

template <class T>
Value lower(PlanBuilder<T>& builder, const LayerSpec& layer, std::span<const Reading> sources, bool /*feeds_loss*/) {
  return GraphLowering<T>(builder, layer, sources).lower();
}

}  // namespace

extern constinit const LayerRow units_row{
    .name = "units",
    .summary = "a free graph of single units given by its edges",
    .source = "the general feed-forward topology: each unit may read any earlier ones",
    .size = LayerSize::kFree,
    .joins = false,
    .fault = fault_of_graph,
    .n_parameters = [](const LayerSpec& layer,
                       std::size_t) { return CheckedSize(layer.graph.edges.size()) + layer.graph.units.size(); },
    .lower_f32 = lower<float>,
    .lower_f64 = lower<double>,
};

}  // namespace ffwd
