#include "network/layer_json.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/rows.h"
#include "network/layer.h"

namespace ffwd {
namespace {

Json pairs_json(const std::vector<std::pair<std::string, std::string>>& pairs) {
  Json json = Json::array();
  for (const auto& [first, second] : pairs) json.push_back({first, second});
  return json;
}

std::vector<std::pair<std::string, std::string>> pairs_from(const JsonReader& layer, std::string_view key) {
  std::vector<std::pair<std::string, std::string>> pairs;
  const Json& json = layer.value(key);
  if (!json.is_array()) layer.refuse(key, "must be a list of pairs of names");
  for (const Json& pair : json) {
    if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string() || !pair[1].is_string()) {
      layer.refuse(key, "must be a list of pairs of names");
    }
    pairs.emplace_back(pair[0].get<std::string>(), pair[1].get<std::string>());
  }
  return pairs;
}

double option_from(const JsonReader& layer, const LayerOption& option) {
  if (!option.is_flag()) return layer.number(option.name);
  const Json& json = layer.value(option.name);
  if (!json.is_boolean()) layer.refuse(option.name, "must be true or false");
  return json.get<bool>() ? 1 : 0;
}

}  // namespace

Json layer_json(const LayerSpec& layer) {
  Json json = {
      {"name", layer.name}, {"type", layer.type}, {"from", layer.from}, {"size", layer.size}, {"unit", layer.unit}};
  for (const LayerOption& option : layer_options(layer.type, layer.unit)) {
    const auto value = layer.options.find(std::string(option.name));
    if (value == layer.options.end()) continue;
    json[value->first] = option.is_flag() ? Json(value->second != 0) : Json(value->second);
  }
  if (layer.type == "units") {
    json["units"] = pairs_json(layer.graph.units);
    json["edges"] = pairs_json(layer.graph.edges);
    json["outputs"] = layer.graph.outputs;
  }
  return json;
}

LayerSpec layer_from_json(const JsonReader& json, LayerJson form) {
  const auto may_lack = [&](std::string_view key) { return form == LayerJson::kDraft && !json.has(key); };
  LayerSpec layer{.name = json.text("name"), .type = "dense", .from = {}};
  if (!may_lack("type")) layer.type = json.text("type");
  if (!may_lack("from")) layer.from = json.texts("from");
  if (!may_lack("size")) layer.size = json.count("size", 1);
  if (form == LayerJson::kDraft && json.has("from") && layer.from.empty()) {
    json.refuse("from", "must name a source, or be left out");
  }
  if (!may_lack("unit")) layer.unit = json.text("unit");
  std::vector<std::string_view> keys = {"name", "type", "from", "size", "unit"};
  const std::vector<LayerOption> options = layer_options(layer.type, layer.unit);
  for (const LayerOption& option : options) {
    keys.push_back(option.name);
    if (json.has(option.name)) layer.options[std::string(option.name)] = option_from(json, option);
  }
  if (layer.type == "units") {
    keys.insert(keys.end(), {"units", "edges", "outputs"});
    layer.graph = {
        .units = pairs_from(json, "units"), .edges = pairs_from(json, "edges"), .outputs = json.texts("outputs")};
  }
  // Which options there are is not known of a type or unit that is not: then that is the fault, and it is found later.
  const std::vector<std::string> units = layer_unit_names();
  const bool unit_known = std::ranges::find(units, layer.unit) != units.end();
  if (find_row(layers(), layer.type) != nullptr && unit_known) json.only(keys);
  return layer;
}

}  // namespace ffwd
