#include "cli/network_view.h"

#include <string>

#include "cli/readable.h"
#include "cli/text_table.h"
#include "core/names.h"
#include "core/text.h"
#include "network/network_json.h"
#include "report/network_graph.h"

namespace ffwd {
namespace {

constexpr std::size_t kMostNameBytes = 40;

/// Each layer reads the one before, the first one the only input.
bool is_chain(const NetworkSpec& network) {
  std::string before = network.inputs[0].name;
  for (const LayerSpec& layer : network.layers) {
    if (layer.from != std::vector<std::string>{before}) return false;
    before = layer.name;
  }
  return network.inputs.size() == 1;
}

std::string shown(const std::string& text) { return shorten(text, kMostNameBytes); }

TextTable chain_table(const NetworkSpec& network) {
  TextTable table({{.text = "layer", .left = true},
                   {.text = "type", .left = true},
                   {.text = "units"},
                   {.text = "activation", .left = true},
                   {.text = "parameters"}});
  for (const LayerSpec& layer : network.layers) {
    table.add({shown(layer.name), type_in_words(layer), with_thousands(layer.size), unit_in_words(layer),
               with_thousands(network.n_parameters(layer))});
  }
  return table;
}

TextTable graph_table(const NetworkSpec& network) {
  TextTable table({{.text = "layer", .left = true},
                   {.text = "type", .left = true},
                   {.text = "reads", .left = true},
                   {.text = "units"},
                   {.text = "activation", .left = true},
                   {.text = "parameters"}});
  for (const InputSpec& input : network.inputs) {
    table.add({shown(input.name), "input", "", with_thousands(input.size), "", ""});
  }
  for (const LayerSpec& layer : network.layers) {
    table.add({shown(layer.name), type_in_words(layer), shown(joined(layer.from, ", ")), with_thousands(layer.size),
               unit_in_words(layer), with_thousands(network.n_parameters(layer))});
  }
  return table;
}

}  // namespace

std::vector<std::size_t> layer_parameters(const NetworkSpec& network) {
  std::vector<std::size_t> counts;
  for (const LayerSpec& layer : network.layers) counts.push_back(network.n_parameters(layer));
  return counts;
}

Json network_with_counts(const NetworkSpec& network) {
  Json json = network_json(network);
  for (std::size_t k = 0; k < network.layers.size(); ++k) {
    json["layers"][k]["parameters"] = network.n_parameters(network.layers[k]);
  }
  json["parameters"] = network.n_parameters();
  return json;
}

void print_network(const Console& console, const NetworkSpec& network) {
  console.out << console.bold("Network") << "  " << counted(network.n_inputs(), "input") << ", "
              << counted(network.n_parameters(), "parameter");
  if (network.members > 1) console.out << " in each of " << with_thousands(network.members) << " members";
  if (network.outputs != std::vector<std::string>{network.layers.back().name}) {
    console.out << ", puts out " << shown(join_names(network.outputs, "and"));
  }
  console.out << '\n';
  (is_chain(network) ? chain_table(network) : graph_table(network)).print(console);
}

}  // namespace ffwd
