#include "network/dead_units.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <utility>

#include "core/rows.h"
#include "kernels/kernels.h"
#include "network/compile.h"
#include "network/layer.h"

namespace ffwd {
namespace {

/// The numbers of one member by the names of their tensors, in the row-major order of their shapes.
template <class T>
using Tensors = std::map<std::string, std::vector<T>>;

template <class T>
Tensors<T> tensors_of(const ParameterLayout& layout, const AlignedVector<T>& parameters) {
  Tensors<T> tensors;
  for (const ParameterRange& range : layout.ranges()) {
    std::vector<T>& values = tensors[range.name];
    values.resize(range.n_values());
    layout.read(range, parameters.data(), std::span<T>(values));
  }
  return tensors;
}

template <class T>
AlignedVector<T> parameters_of(const ParameterLayout& layout, const Tensors<T>& tensors) {
  AlignedVector<T> parameters(layout.size());
  for (const ParameterRange& range : layout.ranges()) {
    layout.write(range, std::span<const T>(tensors.at(range.name)), parameters.data());
  }
  return parameters;
}

/// Where the columns of a layer's units stand in a layer that passes them on, from `offset` on.
struct Place {
  std::size_t layer = 0, offset = 0;
  std::size_t before = 0;  ///< the place it has them from; of the first, itself
};

/// Where units go: the layers that pass them on, beginning with their own, and those that have weights for them.
struct Ways {
  std::vector<Place> places, sinks;
};

bool is_weighted(const LayerSpec& layer) { return layer.type == "dense" || layer.type == "maxout"; }

/// Tensors that a layer which passes its sources on has a number of for each unit.
constexpr std::array<std::string_view, 5> kPerUnit = {".scale", ".bias", ".mean", ".variance", ".slope"};

bool passes_on(const LayerSpec& layer) {
  constexpr std::array<std::string_view, 6> kTypes = {"activation", "batch_norm", "concat",
                                                      "dropout",    "prelu",      "scale"};
  return std::ranges::find(kTypes, layer.type) != kTypes.end();
}

/// Whether the layer's unit looks at one number at a time.
bool is_unitwise(const LayerSpec& layer) { return find_unit(layer.unit) != nullptr || layer.unit == "prelu"; }

/// Nothing where a unit of the layer cannot be taken out.
std::optional<Ways> ways_of(const NetworkSpec& network, std::size_t own) {
  if (!is_weighted(network.layers[own]) || !is_unitwise(network.layers[own])) return std::nullopt;
  Ways ways{.places = {{.layer = own}}, .sinks = {}};
  std::multimap<std::string, std::size_t> places = {{network.layers[own].name, 0}};  // by the layer's name
  for (std::size_t k = own + 1; k < network.layers.size(); ++k) {
    const LayerSpec& layer = network.layers[k];
    std::size_t offset = 0;
    for (const std::string& from : layer.from) {
      const auto [first, last] = places.equal_range(from);
      for (auto found = first; found != last; ++found) {
        const Place place{.layer = k, .offset = offset + ways.places[found->second].offset, .before = found->second};
        if (is_weighted(layer)) {
          ways.sinks.push_back(place);
        } else if (passes_on(layer) && is_unitwise(layer)) {
          ways.places.push_back(place);
        } else {
          return std::nullopt;
        }
      }
      offset += network.size_of(from);
    }
    for (std::size_t p = 1; p < ways.places.size(); ++p) {
      if (ways.places[p].layer == k) places.emplace(layer.name, p);
    }
  }
  const auto is_output = [&](const Place& place) {
    return std::ranges::find(network.outputs, network.layers[place.layer].name) != network.outputs.end();
  };
  if (std::ranges::any_of(ways.places, is_output)) return std::nullopt;
  return ways;
}

/// A weight tensor as [lines, inputs], where a line is an output, of maxout one of a piece.
template <class T>
struct Lines {
  std::vector<T>& values;
  std::size_t inputs;

  Lines(Tensors<T>& tensors, const NetworkSpec& network, const LayerSpec& layer)
      : values(tensors.at(layer.name + ".weight")), inputs(0) {
    for (const std::string& from : layer.from) inputs += network.size_of(from);
  }
  [[nodiscard]] std::size_t count() const { return values.size() / inputs; }
  [[nodiscard]] std::span<T> line(std::size_t k) const { return std::span<T>(values).subspan(k * inputs, inputs); }
};

/// Whether the layer has a weight for what stands in this column of what it reads.
template <class T>
bool has_weight_for(Tensors<T>& tensors, const NetworkSpec& network, const LayerSpec& layer, std::size_t column) {
  const Lines<T> lines(tensors, network, layer);
  for (std::size_t k = 0; k < lines.count(); ++k) {
    if (lines.line(k)[column] != 0) return true;
  }
  return false;
}

/// The numbers at which `keep` is true, in runs of keep.size().
template <class T>
void keep_of_runs(std::vector<T>& values, const std::vector<bool>& keep) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (keep[i % keep.size()]) values[kept++] = values[i];
  }
  values.resize(kept);
}

template <class T>
class Surgeon {
 public:
  Surgeon(const NetworkSpec& network, Tensors<T>& tensors, const Ways& ways)
      : network_(network), tensors_(tensors), ways_(ways) {}

  /// Whether anything reads the unit.
  [[nodiscard]] bool is_read(std::size_t unit) const {
    return std::ranges::any_of(ways_.sinks, [&](const Place& sink) { return has_column(sink, sink.offset + unit); });
  }
  /// Whether the unit is the same for all rows, and what reads it has a bias to hold that.
  [[nodiscard]] bool is_constant(std::size_t unit) const {
    const Lines<T> lines = lines_of(ways_.places[0]);
    const std::size_t units = own().size;
    for (std::size_t k = unit; k < lines.count(); k += units) {
      if (std::ranges::any_of(lines.line(k), [](T w) { return w != 0; })) return false;
    }
    return std::ranges::all_of(ways_.sinks, [&](const Place& sink) {
      return tensors_.contains(layer(sink).name + ".bias") || !has_column(sink, sink.offset + unit);
    });
  }
  /// Adds what the constant units that go are worth to the biases of what reads them.
  void fold(const std::vector<bool>& keep) {
    for (const Place& sink : ways_.sinks) {
      const auto bias = tensors_.find(layer(sink).name + ".bias");
      if (bias == tensors_.end()) continue;
      const Lines<T> lines = lines_of(sink);
      for (std::size_t k = 0; k < lines.count(); ++k) {
        double sum = 0;
        for (std::size_t unit = 0; unit < keep.size(); ++unit) {
          const T weight = keep[unit] ? T{0} : lines.line(k)[sink.offset + unit];
          if (weight != 0) sum += static_cast<double>(weight) * static_cast<double>(value(sink.before, unit));
        }
        bias->second[k] = static_cast<T>(static_cast<double>(bias->second[k]) + sum);
      }
    }
  }
  /// Takes the units that are not kept out of all tensors; `columns` says of each place and sink which of its units, or
  /// inputs, stay.
  void cut(const std::map<std::size_t, std::vector<bool>>& units,
           const std::map<std::size_t, std::vector<bool>>& inputs) {
    for (const auto& [number, keep] : inputs) keep_of_runs(weight_of(number), keep);
    for (const auto& [number, keep] : units) {
      const LayerSpec& of = network_.layers[number];
      if (is_weighted(of)) cut_lines(number, keep, inputs);
      for (const std::string_view tensor : kPerUnit) {
        const auto found = tensors_.find(of.name + std::string(tensor));
        if (found != tensors_.end()) keep_of_runs(found->second, keep);
      }
    }
  }

 private:
  [[nodiscard]] const LayerSpec& layer(const Place& place) const { return network_.layers[place.layer]; }
  [[nodiscard]] const LayerSpec& own() const { return layer(ways_.places[0]); }
  [[nodiscard]] Lines<T> lines_of(const Place& place) const { return Lines<T>(tensors_, network_, layer(place)); }
  [[nodiscard]] std::vector<T>& weight_of(std::size_t number) const {
    return tensors_.at(network_.layers[number].name + ".weight");
  }
  [[nodiscard]] bool has_column(const Place& sink, std::size_t column) const {
    return has_weight_for(tensors_, network_, layer(sink), column);
  }

  void cut_lines(std::size_t number, const std::vector<bool>& keep,
                 const std::map<std::size_t, std::vector<bool>>& inputs) {
    const LayerSpec& of = network_.layers[number];
    std::size_t length = 0;
    for (const std::string& from : of.from) length += network_.size_of(from);
    if (const auto cut_already = inputs.find(number); cut_already != inputs.end()) {
      length = static_cast<std::size_t>(std::ranges::count(cut_already->second, true));
    }
    std::vector<bool> numbers;
    for (const bool stays : keep) numbers.insert(numbers.end(), length, stays);
    keep_of_runs(weight_of(number), numbers);
  }

  [[nodiscard]] T number(const Place& place, const char* tensor, std::size_t unit) const {
    return tensors_.at(layer(place).name + tensor)[place.offset + unit];
  }
  /// What a constant unit is at a place.
  [[nodiscard]] T value(std::size_t at, std::size_t unit) const {
    const Place& place = ways_.places[at];
    const std::string& type = layer(place).type;
    T z = at == 0 ? bias(unit) : value(place.before, unit);
    if (at > 0 && type == "scale") z *= number(place, ".scale", unit);
    if (at > 0 && type == "prelu") z = slanted(place, z, unit);
    if (at > 0 && type == "batch_norm") {
      const T epsilon = static_cast<T>(option_of(layer(place), epsilon_option(layer(place))));
      const T standard = (z - number(place, ".mean", unit)) / std::sqrt(number(place, ".variance", unit) + epsilon);
      z = standard * number(place, ".scale", unit) + number(place, ".bias", unit);
    }
    return layer(place).unit == "prelu" ? slanted(place, z, unit) : through_unit(layer(place), z);
  }
  [[nodiscard]] T bias(std::size_t unit) const {
    const auto found = tensors_.find(own().name + ".bias");
    if (found == tensors_.end()) return 0;
    T most = found->second[unit];
    for (std::size_t k = unit; k < found->second.size(); k += own().size) most = std::max(most, found->second[k]);
    return most;
  }
  [[nodiscard]] T slanted(const Place& place, T z, std::size_t unit) const {
    return z > 0 ? z : z * number(place, ".slope", unit);
  }
  static LayerOption epsilon_option(const LayerSpec& layer) {
    const std::vector<LayerOption> options = layer_options(layer.type, layer.unit);
    return *std::ranges::find(options, std::string_view("epsilon"), &LayerOption::name);
  }
  static T through_unit(const LayerSpec& layer, T z) {
    const UnitRow& unit = *find_unit(layer.unit);
    const UnitValue<T> value = kernels<T>().unit_value[unit.index];
    if (value == nullptr) return z;
    alignas(kBlockBytes) T block[kLanes<T>] = {z};
    value(block, kLanes<T>, block, kLanes<T>, 1, 1, static_cast<T>(unit_parameter(layer, unit)));
    return block[0];
  }

  const NetworkSpec& network_;
  Tensors<T>& tensors_;
  const Ways& ways_;
};

/// Which units of the layer each member keeps: as many in all of them.
struct Choice {
  std::vector<std::vector<bool>> keep;  // of each member
  std::size_t n_kept = 0;
  bool emptied = false;
};

template <class T>
Choice choose(const NetworkSpec& network, std::vector<Tensors<T>>& members, const Ways& ways) {
  const std::size_t units = network.layers[ways.places[0].layer].size;
  Choice choice{.keep = {}, .n_kept = 0};
  for (Tensors<T>& member : members) {
    const Surgeon<T> surgeon(network, member, ways);
    std::vector<bool>& keep = choice.keep.emplace_back(units);
    for (std::size_t unit = 0; unit < units; ++unit) keep[unit] = surgeon.is_read(unit) && !surgeon.is_constant(unit);
    choice.n_kept = std::max(choice.n_kept, static_cast<std::size_t>(std::ranges::count(keep, true)));
  }
  choice.emptied = choice.n_kept == 0;
  choice.n_kept = std::max<std::size_t>(choice.n_kept, 1);
  for (std::vector<bool>& keep : choice.keep) {
    auto more = choice.n_kept - static_cast<std::size_t>(std::ranges::count(keep, true));
    for (std::size_t unit = 0; more > 0; ++unit) {
      if (keep[unit]) continue;
      keep[unit] = true;
      --more;
    }
  }
  return choice;
}

/// All true but for the columns of units that go.
void mark(std::vector<bool>& columns, std::size_t size, std::size_t offset, const std::vector<bool>& keep) {
  columns.resize(size, true);
  for (std::size_t unit = 0; unit < keep.size(); ++unit) columns[offset + unit] = columns[offset + unit] && keep[unit];
}

std::size_t inputs_of(const NetworkSpec& network, const LayerSpec& layer) {
  std::size_t inputs = 0;
  for (const std::string& from : layer.from) inputs += network.size_of(from);
  return inputs;
}

template <class T>
bool shrink_layer(NetworkSpec& network, std::vector<Tensors<T>>& members, std::size_t own,
                  std::vector<std::string>& emptied) {
  const std::optional<Ways> ways = ways_of(network, own);
  if (!ways) return false;
  const Choice choice = choose(network, members, *ways);
  const std::string name = network.layers[own].name;
  if (choice.emptied && std::ranges::find(emptied, name) == emptied.end()) emptied.push_back(name);
  if (choice.n_kept == network.layers[own].size) return false;
  for (std::size_t m = 0; m < members.size(); ++m) {
    std::map<std::size_t, std::vector<bool>> units, inputs;
    for (const Place& place : ways->places) {
      mark(units[place.layer], network.layers[place.layer].size, place.offset, choice.keep[m]);
    }
    for (const Place& sink : ways->sinks) {
      mark(inputs[sink.layer], inputs_of(network, network.layers[sink.layer]), sink.offset, choice.keep[m]);
    }
    Surgeon<T> surgeon(network, members[m], *ways);
    surgeon.fold(choice.keep[m]);
    surgeon.cut(units, inputs);
  }
  const std::size_t gone = network.layers[own].size - choice.n_kept;
  for (const Place& place : ways->places) network.layers[place.layer].size -= gone;
  return true;
}

}  // namespace

template <class T>
LivingNetwork<T> without_dead_units(const NetworkSpec& network, std::vector<AlignedVector<T>> members) {
  LivingNetwork<T> living{.network = network, .members = {}, .emptied = {}};
  const Plan<T> before = compile<T>(network, 1);
  std::vector<Tensors<T>> tensors;
  for (const AlignedVector<T>& member : members) tensors.push_back(tensors_of(before.layout(), member));
  for (bool again = true; again;) {
    again = false;
    for (std::size_t k = 0; k < living.network.layers.size(); ++k) {
      again = shrink_layer(living.network, tensors, k, living.emptied) || again;
    }
  }
  const Plan<T> after = compile<T>(living.network, 1);
  for (const Tensors<T>& member : tensors) living.members.push_back(parameters_of(after.layout(), member));
  return living;
}

template <class T>
std::vector<bool> features_in_use(const NetworkSpec& network, const std::vector<AlignedVector<T>>& members) {
  const Plan<T> plan = compile<T>(network, 1);
  std::vector<bool> used(network.n_inputs());
  for (const AlignedVector<T>& member : members) {
    Tensors<T> tensors = tensors_of(plan.layout(), member);
    for (const LayerSpec& layer : network.layers) {
      std::size_t column = 0;  // of what the layer reads
      for (const std::string& from : layer.from) {
        std::size_t feature = 0;
        for (const InputSpec& input : network.inputs) {
          for (std::size_t k = 0; input.name == from && k < input.size; ++k) {
            if (!is_weighted(layer) || has_weight_for(tensors, network, layer, column + k)) used[feature + k] = true;
          }
          feature += input.size;
        }
        column += network.size_of(from);
      }
    }
  }
  return used;
}

template LivingNetwork<float> without_dead_units(const NetworkSpec&, std::vector<AlignedVector<float>>);
template LivingNetwork<double> without_dead_units(const NetworkSpec&, std::vector<AlignedVector<double>>);
template std::vector<bool> features_in_use(const NetworkSpec&, const std::vector<AlignedVector<float>>&);
template std::vector<bool> features_in_use(const NetworkSpec&, const std::vector<AlignedVector<double>>&);

}  // namespace ffwd
