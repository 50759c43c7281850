// A NetworkDraft from the JSON that a user writes (docs/network.md).
#include <string>

#include "core/json_reader.h"
#include "network/layer_json.h"
#include "network/network_draft.h"

namespace ffwd {
namespace {

std::vector<NetworkDraft::Input> inputs_from(const JsonReader& json) {
  if (!json.has("inputs")) return {{.name = "x"}};
  std::vector<NetworkDraft::Input> inputs;
  for (const JsonReader& input : json.objects("inputs")) {
    input.only({"name", "columns"});
    inputs.push_back({.name = input.text("name")});
    if (input.has("columns")) inputs.back().columns = input.texts("columns");
  }
  return inputs;
}

}  // namespace

NetworkDraft draft_from_json(const Json& json, const std::string& where) {
  const JsonReader reader(
      json, where, "",
      {.kind = ErrorKind::kUsage, .owner = "the network", .fix = "docs/network.md says what a network is made of"});
  reader.only({"inputs", "layers", "outputs"});
  NetworkDraft draft{.inputs = inputs_from(reader), .layers = {}, .outputs = {}};
  std::vector<std::string> before;
  for (const NetworkDraft::Input& input : draft.inputs) before.push_back(input.name);
  for (const JsonReader& layer : reader.objects("layers")) {
    draft.layers.push_back(layer_from_json(layer, LayerJson::kDraft));
    if (draft.layers.back().from.empty()) draft.layers.back().from = before;
    before = {draft.layers.back().name};
  }
  if (reader.has("outputs")) draft.outputs = reader.texts("outputs");
  return draft;
}

}  // namespace ffwd
