#include "network/network_json.h"

#include "core/json_reader.h"
#include "network/layer_json.h"

namespace ffwd {

Json network_json(const NetworkSpec& spec) {
  Json json = {{"inputs", Json::array()}, {"layers", Json::array()}, {"outputs", spec.outputs}};
  for (const InputSpec& input : spec.inputs) json["inputs"].push_back({{"name", input.name}, {"size", input.size}});
  for (const LayerSpec& layer : spec.layers) json["layers"].push_back(layer_json(layer));
  return json;
}

NetworkSpec network_from_json(const Json& json, std::size_t members, const std::string& where) {
  const JsonReader reader(json, where, "network");
  reader.only({"inputs", "layers", "outputs"});
  NetworkSpec spec;
  spec.members = members;
  for (const JsonReader& input : reader.objects("inputs")) {
    input.only({"name", "size"});
    spec.inputs.push_back({.name = input.text("name"), .size = input.count("size")});
  }
  for (const JsonReader& layer : reader.objects("layers"))
    spec.layers.push_back(layer_from_json(layer, LayerJson::kWhole));
  spec.outputs = reader.texts("outputs");
  spec.validate();
  return spec;
}

}  // namespace ffwd
