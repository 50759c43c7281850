#include "network/compile.h"

#include <algorithm>
#include <map>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/rows.h"
#include "network/layer.h"
#include "plan/columns_step.h"
#include "plan/unit_step.h"

namespace ffwd {
namespace {

template <class T>
class Compiler {
 public:
  Compiler(const NetworkSpec& spec, std::size_t capacity, PlanUse use, const T* fixed)
      : spec_(spec), builder_(capacity, use, fixed) {
    for (const LayerSpec& layer : spec.layers) {
      for (const std::string& from : layer.from) ++readers_[from];
    }
    gathers_outputs_ = spec.outputs.size() > 1 || readers_[spec.outputs[0]] > 0;
    for (const std::string& output : spec.outputs) readers_[output] += gathers_outputs_ ? 1 : 0;
  }

  Plan<T> compile() {
    add_inputs();
    for (const LayerSpec& layer : spec_.layers) values_[layer.name] = add_layer(layer);
    // The loss leaves its derivative before any step runs backward: what it reads is read by nothing else.
    return builder_.finish(gathers_outputs_ ? side_by_side(spec_.outputs) : values_.at(spec_.outputs[0]).value);
  }

 private:
  struct Named {
    Value value;
    bool wanted = true;
    std::size_t met = 0;  // readings so far
  };

  void add_inputs() {
    const Reading all = builder_.add_input(spec_.n_inputs());
    if (spec_.inputs.size() == 1 && all_read_in_place(spec_.inputs[0].name)) {
      values_[spec_.inputs[0].name] = {.value = all.value, .wanted = all.wanted};
      return;
    }
    std::size_t first = 0;
    for (std::size_t k = 0; k < spec_.inputs.size(); ++k) {
      const std::size_t size = spec_.inputs[k].size;
      Reading part = all;
      part.adds = k + 1 != spec_.inputs.size();
      part.last = k == 0;
      const Value value = add_columns_step(builder_, {{.reading = part, .first = first, .count = size}});
      values_[spec_.inputs[k].name] = {.value = value, .wanted = all.wanted};
      first += size;
    }
  }

  [[nodiscard]] bool all_read_in_place(const std::string& input) const {
    return std::ranges::all_of(spec_.layers, [&](const LayerSpec& layer) {
      const LayerRow& row = *find_row(layers(), layer.type);
      return std::ranges::count(layer.from, input) == 0 || row.reads_any_stride || (row.joins && layer.from.size() > 1);
    });
  }

  // Readers are met in the order of the layers; backward they come in the opposite one.
  Reading read(const std::string& name) {
    Named& named = values_.at(name);
    const std::size_t k = named.met++;
    return {.value = named.value, .wanted = named.wanted, .adds = k + 1 != readers_.at(name), .last = k == 0};
  }

  Value side_by_side(const std::vector<std::string>& names) {
    std::vector<Columns> parts;
    for (const std::string& name : names) {
      const Reading reading = read(name);
      parts.push_back({.reading = reading, .first = 0, .count = reading.value.units});
    }
    return add_columns_step(builder_, std::move(parts));
  }

  std::vector<Reading> sources_of(const LayerSpec& layer, const LayerRow& row) {
    if (row.joins && layer.from.size() > 1) {
      const bool wanted =
          std::ranges::any_of(layer.from, [&](const std::string& from) { return values_.at(from).wanted; });
      return {{.value = side_by_side(layer.from), .wanted = wanted}};
    }
    std::vector<Reading> sources;
    for (const std::string& from : layer.from) sources.push_back(read(from));
    return sources;
  }

  Named add_layer(const LayerSpec& layer) {
    const LayerRow& row = *find_row(layers(), layer.type);
    const bool feeds_loss = layer.name == spec_.outputs[0] && !gathers_outputs_;
    const std::vector<Reading> sources = sources_of(layer, row);
    const UnitRow* const unit = find_unit(layer.unit);
    const bool is_plain = unit != nullptr && unit->index == 0;
    if (row.lower_f32 == nullptr) {  // the layer is what it reads
      if (!is_plain) return {.value = add_unit(layer, sources[0])};
      // Sources that were joined for it are already a value of its own.
      if (layer.from.size() > 1) return {.value = sources[0].value, .wanted = sources[0].wanted};
      return {.value =
                  add_columns_step(builder_, {{.reading = sources[0], .first = 0, .count = sources[0].value.units}})};
    }
    const Value value = lower(row, layer, sources, feeds_loss);
    if (is_plain || value.unit == unit) return {.value = value};
    return {.value = add_unit(layer, {.value = value})};
  }

  Value add_unit(const LayerSpec& layer, const Reading& reading) {
    if (const UnitRow* const unit = find_unit(layer.unit)) {
      return add_unit_step(builder_, *unit, unit_parameter(layer, *unit), reading);
    }
    return lower(*find_row(layers(), layer.unit), layer, {reading}, false);
  }

  Value lower(const LayerRow& row, const LayerSpec& layer, const std::vector<Reading>& sources, bool feeds_loss) {
    if constexpr (std::is_same_v<T, float>) {
      return row.lower_f32(builder_, layer, sources, feeds_loss);
    } else {
      return row.lower_f64(builder_, layer, sources, feeds_loss);
    }
  }

  const NetworkSpec& spec_;
  PlanBuilder<T> builder_;
  std::map<std::string, std::size_t> readers_;
  std::map<std::string, Named> values_;
  bool gathers_outputs_ = false;
};

}  // namespace

template <class T>
Plan<T> compile(const NetworkSpec& spec, std::size_t capacity, PlanUse use, const T* fixed) {
  return Compiler<T>(spec, capacity, use, fixed).compile();
}

template Plan<float> compile(const NetworkSpec&, std::size_t, PlanUse, const float*);
template Plan<double> compile(const NetworkSpec&, std::size_t, PlanUse, const double*);

}  // namespace ffwd
