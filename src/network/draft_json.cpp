// A NetworkDraft from the JSON that a user writes (docs/network.md).
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/json_reader.h"
#include "core/rows.h"
#include "network/layer.h"
#include "network/layer_json.h"
#include "network/network_draft.h"

namespace ffwd {
namespace {

std::vector<std::string> names_of(const JsonReader& json, std::string_view key) {
  std::vector<std::string> names = json.texts(key);
  if (names.empty()) json.refuse(key, "must hold a name, or be left out");
  return names;
}

std::vector<NetworkDraft::Input> inputs_from(const JsonReader& json) {
  if (!json.has("inputs")) return {{.name = "x"}};
  std::vector<NetworkDraft::Input> inputs;
  for (const JsonReader& input : json.objects("inputs")) {
    input.only({"name", "columns"});
    inputs.push_back({.name = input.text("name")});
    if (input.has("columns")) inputs.back().columns = names_of(input, "columns");
  }
  if (inputs.empty()) json.refuse("inputs", "must hold an input, or be left out");
  return inputs;
}

/// What a first layer that names no source reads: all inputs, but for those that layers name as their codes.
std::vector<std::string> inputs_of_numbers(const NetworkDraft& draft) {
  std::vector<std::string> names;
  for (const NetworkDraft::Input& input : draft.inputs) {
    const bool holds_codes = std::ranges::any_of(draft.layers, [&](const LayerSpec& layer) {
      const LayerRow* const row = find_row(layers(), layer.type);
      return row != nullptr && row->reads_codes && std::ranges::count(layer.from, input.name) > 0;
    });
    if (!holds_codes) names.push_back(input.name);
  }
  return names;
}

}  // namespace

NetworkDraft draft_from_json(const Json& json, const std::string& where) {
  const JsonReader reader(
      json, where, "",
      {.kind = ErrorKind::kUsage, .owner = "the network", .fix = "docs/network.md says what a network is made of"});
  reader.only({"inputs", "layers", "outputs"});
  NetworkDraft draft{.inputs = inputs_from(reader), .layers = {}, .outputs = {}};
  for (const JsonReader& layer : reader.objects("layers")) {
    draft.layers.push_back(layer_from_json(layer, LayerJson::kDraft));
  }
  std::vector<std::string> before = inputs_of_numbers(draft);
  for (LayerSpec& layer : draft.layers) {
    if (layer.from.empty()) layer.from = before;
    before = {layer.name};
  }
  if (reader.has("outputs")) draft.outputs = names_of(reader, "outputs");
  return draft;
}

}  // namespace ffwd
