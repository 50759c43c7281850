#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <ranges>
#include <set>
#include <span>
#include <string>
#include <utility>

#include "core/checked.h"
#include "core/names.h"
#include "core/raise.h"
#include "core/rows.h"
#include "core/text.h"
#include "ffwd/network.h"
#include "kernels/units.h"
#include "network/code_inputs.h"
#include "network/layer.h"

namespace ffwd {
namespace {

// Large enough for any use, small enough that what a plan computes from them (offsets, padded rows, room for a shard)
// cannot overflow.
constexpr std::size_t kMaxParameters = std::size_t{1} << 29;
// Of all layers together, for what a plan keeps of each row.
constexpr std::size_t kMaxValues = 4 * kMaxUnits;

[[noreturn]] void refuse(const std::string& what, const std::string& fix) {
  raise({.kind = ErrorKind::kUsage, .what = what, .where = "network", .fix = fix});
}

std::string in_quotes(const std::string& name) { return "'" + shorten(name) + "'"; }

void check_size(const std::string& who, std::size_t size, const char* of) {
  if (size == 0) refuse(who + " has no " + of, "give it a size of at least 1");
  if (size > kMaxUnits) {
    refuse(who + " has " + std::to_string(size) + " " + of, "the limit is " + std::to_string(kMaxUnits));
  }
}

void check_options(const std::string& who, const LayerSpec& layer) {
  const std::vector<LayerOption> known = layer_options(layer.type, layer.unit);
  for (const auto& [name, value] : layer.options) {
    const auto option = std::ranges::find(known, name, &LayerOption::name);
    if (option == known.end()) {
      std::vector<std::string> names;
      for (const LayerOption& o : known) names.emplace_back(o.name);
      refuse(who + " has no option " + in_quotes(name),
             names.empty() ? "take it out; it has none" : "give " + join_names(names) + ", or leave it out");
    }
    const bool allowed =
        value >= option->low && value <= option->high && (!option->whole || value == std::floor(value));
    if (!allowed) {
      const bool positive = option->low == std::numeric_limits<double>::min();
      refuse(who + ": " + name + " is " + shortest(value),
             "give a" + std::string(option->whole ? " whole" : "") + " number " +
                 (positive ? "over 0, up to " : "from " + shortest(option->low) + " to ") + shortest(option->high));
    }
  }
}

void check_kind(const std::string& who, const LayerSpec& layer) {
  const LayerRow* const row = find_row(layers(), layer.type);
  if (row == nullptr) refuse(who + ": " + unknown_name("layer type", layer.type, row_names(layers())), "");
  const std::vector<std::string> units = layer_unit_names();
  if (std::ranges::find(units, layer.unit) == units.end())
    refuse(who + ": " + unknown_name("unit", layer.unit, units), "");
  if (layer.unit == layer.type) {
    refuse(who + " is " + layer.type + " twice, as its type and as its unit", "leave \"unit\" out");
  }
  check_options(who, layer);
  if (layer.type != "units" && layer.graph != UnitGraph{}) {
    refuse(who + " holds single units", "give it the type \"units\", or leave them out");
  }
}

void check_outputs_of(const std::string& who, const LayerSpec& layer, std::span<const std::size_t> sizes) {
  const LayerRow& row = *find_row(layers(), layer.type);
  check_size(who, layer.size, "units");
  std::size_t sum = 0;
  for (const std::size_t size : sizes) sum += size;
  if (row.size == LayerSize::kSum && layer.size != sum) {
    refuse(who + " has size " + std::to_string(layer.size) + " but reads " + std::to_string(sum) + " numbers",
           "leave the size of a " + layer.type + " out, or give it " + std::to_string(sum));
  }
  for (std::size_t k = 0; row.size == LayerSize::kSameAsAll && k < sizes.size(); ++k) {
    if (sizes[k] == layer.size) continue;
    refuse(who + " has size " + std::to_string(layer.size) + " but its source " + in_quotes(layer.from[k]) + " has " +
               std::to_string(sizes[k]),
           "give the sources of such a layer one size, with a dense layer before the one that differs");
  }
  if (row.fault == nullptr) return;
  if (const LayerFault fault = row.fault(layer, sizes); !fault.what.empty()) refuse(who + ": " + fault.what, fault.fix);
}

/// Walks the layers in their order, knowing the sizes of what came before.
class Walk {
 public:
  explicit Walk(const NetworkSpec& spec) : spec_(spec) {
    for (const InputSpec& input : spec.inputs) add(input.name, input.size, "input " + in_quotes(input.name));
  }

  void check_layers() {
    for (const LayerSpec& layer : spec_.layers) {
      if (layer.name.empty()) refuse("a layer has no name", "name every layer");
      const std::string who = "layer " + in_quotes(layer.name);
      check_kind(who, layer);
      check_tensor_names(layer);
      std::vector<std::size_t> sizes;
      if (layer.from.empty()) refuse(who + " reads nothing", "name its sources as \"from\"");
      for (const std::string& from : layer.from) sizes.push_back(source(who, from));
      check_outputs_of(who, layer, sizes);
      add(layer.name, layer.size, who);
    }
    if (values_ > kMaxValues)
      refuse("the layers have more than " + std::to_string(kMaxValues) + " outputs", "use fewer");
  }

  // Backward from the outputs: what they do not read, directly or not, would never be trained.
  void check_outputs() const {
    std::set<std::string> needed;
    if (spec_.outputs.empty()) refuse("there is no output", "name the last layer as \"outputs\"");
    for (const std::string& output : spec_.outputs) {
      check_output(output);
      if (!needed.insert(output).second) refuse("the output " + in_quotes(output) + " is named twice", "name it once");
    }
    for (const LayerSpec& layer : std::views::reverse(spec_.layers)) {
      if (!needed.contains(layer.name)) {
        refuse("layer " + in_quotes(layer.name) + " leads to no output",
               "let a layer read it, name it as an output, or leave it out");
      }
      needed.insert(layer.from.begin(), layer.from.end());
    }
    for (const InputSpec& input : spec_.inputs) {
      if (!needed.contains(input.name))
        refuse("nothing reads the input " + in_quotes(input.name), "let a layer read it");
    }
  }

  void check_codes() const {
    std::vector<std::string> inputs;
    for (const InputSpec& input : spec_.inputs) inputs.push_back(input.name);
    static_cast<void>(code_inputs(inputs, spec_.layers));
  }

 private:
  void add(const std::string& name, std::size_t size, const std::string& who) {
    if (!sizes_.emplace(name, size).second) {
      refuse("the name " + in_quotes(name) + " is used twice", "give every layer a name of its own");
    }
    check_size(who, size, "numbers");
    values_ += size;
  }

  void check_output(const std::string& name) const {
    if (std::ranges::find(spec_.layers, name, &LayerSpec::name) != spec_.layers.end()) return;
    if (sizes_.contains(name)) {
      refuse("the output " + in_quotes(name) + " is an input", "put a layer out, such as an activation that reads it");
    }
    std::vector<std::string> names;
    for (const LayerSpec& layer : spec_.layers) names.push_back(layer.name);
    refuse("there is no layer " + in_quotes(name) + " to put out", "name one of " + join_names(names));
  }

  // Tensors are called after their layer: "h.weight", and of single units "h.group1.weight".
  void check_tensor_names(const LayerSpec& layer) const {
    const std::string who = "layer " + in_quotes(layer.name);
    if (layer.name == "preprocessing" || layer.name.starts_with("preprocessing.")) {
      refuse(who + " has the name of what stands before the network in a model file", "call it something else");
    }
    const std::size_t group = layer.name.rfind(".group");
    if (group == std::string::npos) return;
    const auto owner = std::ranges::find(spec_.layers, layer.name.substr(0, group), &LayerSpec::name);
    if (owner != spec_.layers.end() && owner->type == "units") {
      refuse(who + " has the name of a group of units of " + in_quotes(owner->name), "call it something else");
    }
  }

  std::size_t source(const std::string& who, const std::string& from) const {
    if (const auto found = sizes_.find(from); found != sizes_.end()) return found->second;
    const bool later = std::ranges::find(spec_.layers, from, &LayerSpec::name) != spec_.layers.end();
    if (later)
      refuse(who + " reads " + in_quotes(from) + ", which does not come before it",
             "put the layers in order; a feed-forward network has no cycle");
    std::vector<std::string> known;
    for (const auto& [name, size] : sizes_) known.push_back(name);
    refuse(who + ": " + unknown_name("source", from, known), "");
  }

  const NetworkSpec& spec_;
  std::map<std::string, std::size_t> sizes_;
  std::size_t values_ = 0;
};

}  // namespace

void NetworkSpec::validate() const {
  if (members == 0 || members > kMaxMembers) {
    refuse("members is " + std::to_string(members), "give a number from 1 to " + std::to_string(kMaxMembers));
  }
  if (inputs.empty()) refuse("there is no input", "name one and its size");
  if (layers.empty()) refuse("there is no layer", "add at least an output layer");
  if (layers.size() > kMaxLayers || inputs.size() > kMaxLayers) {
    refuse("more than " + std::to_string(kMaxLayers) + " layers or inputs", "use fewer");
  }
  if (n_inputs() > kMaxUnits)
    refuse("the inputs have more than " + std::to_string(kMaxUnits) + " numbers", "use fewer");
  Walk walk(*this);
  walk.check_codes();
  walk.check_layers();
  walk.check_outputs();
  if (n_parameters() > kMaxParameters) refuse("more than 2^29 parameters", "use fewer or smaller layers");
  if (n_parameters() > kMaxParameters / members) {
    refuse("more than 2^29 parameters in all members", "use fewer members, or fewer or smaller layers");
  }
}

std::size_t NetworkSpec::size_of(std::string_view name) const {
  const auto input = std::ranges::find(inputs, name, &InputSpec::name);
  if (input != inputs.end()) return input->size;
  const auto layer = std::ranges::find(layers, name, &LayerSpec::name);
  return layer != layers.end() ? layer->size : 0;
}

std::size_t NetworkSpec::n_parameters(const LayerSpec& layer) const {
  CheckedSize reads = 0, count = 0;
  for (const std::string& from : layer.from) reads += size_of(from);
  const LayerRow& row = *find_row(::ffwd::layers(), layer.type);
  if (row.n_parameters != nullptr) count += row.n_parameters(layer, reads.value());
  const LayerRow* const unit = find_row(::ffwd::layers(), layer.unit);
  if (unit != nullptr && unit->n_parameters != nullptr) count += unit->n_parameters(layer, layer.size);
  return count.value();
}

std::size_t NetworkSpec::n_parameters() const {
  CheckedSize count = 0;
  for (const LayerSpec& layer : layers) count += n_parameters(layer);
  return count.value();
}

std::size_t NetworkSpec::n_inputs() const {
  CheckedSize count = 0;
  for (const InputSpec& input : inputs) count += input.size;
  return count.value();
}

std::size_t NetworkSpec::n_outputs() const {
  CheckedSize count = 0;
  for (const std::string& output : outputs) count += size_of(output);
  return count.value();
}

NetworkSpec dense_network(std::size_t inputs, const std::vector<std::size_t>& hidden,
                          const std::vector<std::string>& activation, std::size_t outputs) {
  if (activation.size() != 1 && activation.size() != hidden.size()) {
    refuse(std::to_string(activation.size()) + " activations for " + std::to_string(hidden.size()) + " hidden layers",
           "give one for all, or one for each hidden layer");
  }
  NetworkSpec spec;
  spec.inputs = {{.name = "x", .size = inputs}};
  std::string before = "x";
  for (std::size_t k = 0; k < hidden.size(); ++k) {
    const std::string name = "hidden" + std::to_string(k + 1);
    const std::string& unit = activation.size() == 1 ? activation[0] : activation[k];
    spec.layers.push_back({.name = name, .type = "dense", .from = {before}, .size = hidden[k], .unit = unit});
    before = name;
  }
  spec.layers.push_back({.name = "output", .type = "dense", .from = {before}, .size = outputs});
  spec.outputs = {"output"};
  spec.validate();
  return spec;
}

}  // namespace ffwd
