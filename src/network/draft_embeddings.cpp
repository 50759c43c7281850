// Embeddings beside the features of a network in the short form.
#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "network/network_draft.h"

namespace ffwd {

void embed(NetworkDraft& draft, std::span<const EmbeddedColumn> columns) {
  std::vector<LayerSpec> layers;
  std::set<std::string> taken;
  for (std::size_t k = 0; k < columns.size(); ++k) {
    const std::string name = "embedding" + std::to_string(k + 1);
    layers.push_back({.name = name, .type = "embedding", .from = {}, .size = columns[k].size});
    taken.insert(name);
  }
  for (const NetworkDraft::Input& input : draft.inputs) taken.insert(input.name);
  for (const LayerSpec& layer : draft.layers) taken.insert(layer.name);
  for (LayerSpec& layer : draft.layers) {
    if (std::ranges::find(layer.from, "x") == layer.from.end()) continue;
    for (const LayerSpec& embedding : layers) layer.from.push_back(embedding.name);
  }
  for (std::size_t k = 0; k < columns.size(); ++k) {
    std::string name = columns[k].column;  // which may hold anything
    while (!taken.insert(name).second) name += '_';
    layers[k].from = {name};
    draft.inputs.push_back({.name = std::move(name), .columns = {columns[k].column}});
  }
  draft.layers.insert(draft.layers.begin(), layers.begin(), layers.end());
}

}  // namespace ffwd
