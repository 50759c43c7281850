#include <algorithm>
#include <string>
#include <utility>

#include "core/checked.h"
#include "core/names.h"
#include "core/raise.h"
#include "core/rows.h"
#include "ffwd/network.h"
#include "kernels/units.h"
#include "network/layer.h"

namespace ffwd {
namespace {

// Large enough for any use, small enough that what a plan computes from them (offsets, padded rows, room for a shard)
// cannot overflow.
constexpr std::size_t kMaxLayers = 1'000, kMaxParameters = std::size_t{1} << 29;

[[noreturn]] void refuse(const std::string& what, const std::string& fix) {
  raise({.kind = ErrorKind::kUsage, .what = what, .where = "network", .fix = fix});
}

void check_size(const std::string& who, std::size_t size) {
  if (size == 0) refuse(who + " has no units", "give it a size of at least 1");
  if (size > kMaxUnits) {
    refuse(who + " has " + std::to_string(size) + " units", "the limit is " + std::to_string(kMaxUnits));
  }
}

// Dense layers form a chain: each reads exactly what stands before it.
void check_layer(const LayerSpec& layer, const std::string& before) {
  const std::string who = "layer '" + shorten(layer.name) + "'";
  if (layer.name.empty()) refuse("a layer has no name", "name every layer");
  if (find_row(layers(), layer.type) == nullptr)
    refuse(who + ": " + unknown_name("layer type", layer.type, row_names(layers())), "");
  if (find_unit(layer.unit) == nullptr) refuse(who + ": " + unknown_name("unit", layer.unit, unit_names()), "");
  check_size(who, layer.size);
  if (layer.from.size() != 1 || layer.from[0] != before) {
    refuse(who + " must read exactly what stands before it, '" + shorten(before) + "'",
           "set \"from\": [\"" + shorten(before) + "\"]");
  }
}

void check_names(const NetworkSpec& spec) {
  std::vector<std::string> names;
  for (const InputSpec& input : spec.inputs) names.push_back(input.name);
  for (const LayerSpec& layer : spec.layers) names.push_back(layer.name);
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice != names.end())
    refuse("the name '" + shorten(*twice) + "' is used twice", "give every layer a name of its own");
}

}  // namespace

void NetworkSpec::validate() const {
  if (members != 1) refuse("members is " + std::to_string(members), "one member is what this version computes");
  if (inputs.size() != 1) refuse("there must be exactly one input", "name one input and its size");
  if (layers.empty()) refuse("there is no layer", "add at least an output layer");
  if (layers.size() > kMaxLayers) refuse("more than " + std::to_string(kMaxLayers) + " layers", "use fewer");
  check_size("input '" + shorten(inputs[0].name) + "'", inputs[0].size);
  check_names(*this);
  std::string before = inputs[0].name;
  for (const LayerSpec& layer : layers) {
    check_layer(layer, before);
    before = layer.name;
  }
  if (outputs != std::vector<std::string>{before}) {
    refuse("the output must be the last layer, '" + shorten(before) + "'",
           "set \"outputs\": [\"" + shorten(before) + "\"]");
  }
  if (n_parameters() > kMaxParameters) refuse("more than 2^29 parameters", "use fewer or smaller layers");
}

std::size_t NetworkSpec::n_parameters() const {
  CheckedSize count = 0;
  std::size_t width = inputs.empty() ? 0 : inputs[0].size;
  for (const LayerSpec& layer : layers) {
    count += find_row(::ffwd::layers(), layer.type)->n_parameters(layer, width);
    width = layer.size;
  }
  return count.value();
}

std::size_t NetworkSpec::n_outputs() const { return layers.empty() ? 0 : layers.back().size; }

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
  spec.layers.push_back({.name = "output", .type = "dense", .from = {before}, .size = outputs, .unit = "identity"});
  spec.outputs = {"output"};
  spec.validate();
  return spec;
}

}  // namespace ffwd
