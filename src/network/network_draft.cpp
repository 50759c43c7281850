#include "network/network_draft.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/names.h"
#include "core/raise.h"
#include "core/rows.h"
#include "network/layer.h"

namespace ffwd {
namespace {

[[noreturn]] void refuse(const std::string& what, const std::string& fix) {
  raise({.kind = ErrorKind::kUsage, .what = what, .where = "network", .fix = fix});
}

std::string in_quotes(const std::string& name) { return "'" + shorten(name) + "'"; }

// Before the order: a layer with the name of an input that it reads would seem to read itself.
void check_names(const NetworkDraft& draft) {
  std::set<std::string> names;
  for (const NetworkDraft::Input& input : draft.inputs) names.insert(input.name);
  for (const LayerSpec& layer : draft.layers) {
    if (!names.insert(layer.name).second) {
      refuse("the name " + in_quotes(layer.name) + " is used twice", "give every input and every layer one of its own");
    }
  }
}

// Before sizes: one that is meant to follow from the target does not where the output's name is wrong.
void check_outputs(const NetworkDraft& draft) {
  std::vector<std::string> names;
  for (const LayerSpec& layer : draft.layers) names.push_back(layer.name);
  for (const std::string& output : draft.outputs) {
    if (std::ranges::find(names, output) == names.end()) refuse(unknown_name("output", output, names), "");
  }
}

/// Depth first, in the order in which the layers are written: equal drafts give equal specs.
class Ordering {
 public:
  explicit Ordering(const NetworkDraft& draft) : draft_(draft) {
    for (const LayerSpec& layer : draft.layers) by_name_.emplace(layer.name, &layer);
  }

  std::vector<LayerSpec> ordered() {
    for (const LayerSpec& layer : draft_.layers) visit(layer);
    return std::move(ordered_);
  }

 private:
  void visit(const LayerSpec& layer) {
    if (done_.contains(&layer)) return;
    if (!open_.insert(&layer).second) {
      refuse("layer " + in_quotes(layer.name) + " reads itself, through the layers it reads",
             "take one of the cycle's connections out: a feed-forward network has no cycle");
    }
    for (const std::string& from : layer.from) {
      if (const auto source = by_name_.find(from); source != by_name_.end()) visit(*source->second);
    }
    done_.insert(&layer);
    ordered_.push_back(layer);
  }

  const NetworkDraft& draft_;
  std::map<std::string, const LayerSpec*> by_name_;
  std::set<const LayerSpec*> open_, done_;
  std::vector<LayerSpec> ordered_;
};

// A size that the layer may leave open; 0 if it does not follow, which validate() then says.
std::size_t size_that_follows(const LayerSpec& layer, const NetworkSpec& before) {
  const LayerRow* const row = find_row(layers(), layer.type);
  if (row == nullptr) return 0;
  if (layer.type == "units") return layer.graph.outputs.size();
  if (row->size == LayerSize::kFree) return 0;
  std::size_t sum = 0;
  for (const std::string& from : layer.from) sum += before.size_of(from);
  return row->size == LayerSize::kSum || layer.from.empty() ? sum : before.size_of(layer.from[0]);
}

// Faults of another kind, such as a source that is not there, are validate()'s to name.
bool needs_size(const LayerSpec& layer, const NetworkSpec& before) {
  return find_row(layers(), layer.type) != nullptr &&
         std::ranges::all_of(layer.from, [&](const std::string& from) { return before.size_of(from) > 0; });
}

void fill_sizes(NetworkSpec& spec, const std::vector<LayerSpec>& ordered, std::size_t outputs) {
  for (LayerSpec layer : ordered) {
    const bool is_output = spec.outputs.size() == 1 && layer.name == spec.outputs[0];
    if (layer.size == 0) layer.size = size_that_follows(layer, spec);
    if (layer.size == 0 && is_output) layer.size = outputs;
    if (layer.size == 0 && needs_size(layer, spec)) {
      refuse("layer " + in_quotes(layer.name) + " has no size", "give it one: \"size\": 64");
    }
    spec.layers.push_back(std::move(layer));
  }
}

}  // namespace

NetworkSpec complete(const NetworkDraft& draft, std::span<const std::size_t> input_sizes, std::size_t outputs) {
  NetworkSpec spec;
  for (std::size_t k = 0; k < draft.inputs.size(); ++k) {
    spec.inputs.push_back({.name = draft.inputs[k].name, .size = input_sizes[k]});
  }
  if (draft.layers.empty()) refuse("there is no layer", "add at least an output layer");
  if (draft.layers.size() > kMaxLayers) refuse("more than " + std::to_string(kMaxLayers) + " layers", "use fewer");
  check_names(draft);
  check_outputs(draft);
  spec.outputs = draft.outputs;
  if (spec.outputs.empty()) spec.outputs = {draft.layers.back().name};
  fill_sizes(spec, Ordering(draft).ordered(), outputs);
  spec.validate();
  if (spec.n_outputs() != outputs) {
    refuse("the network has " + std::to_string(spec.n_outputs()) + " outputs but the target needs " +
               std::to_string(outputs),
           "leave the size of the last layer, " + in_quotes(spec.outputs.back()) + ", open");
  }
  return spec;
}

}  // namespace ffwd
