#include "cli/network_view.h"

#include <numeric>
#include <string>
#include <utility>

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

TextTable layers_table(const NetworkSpec& network, std::span<const std::size_t> nonzero) {
  const bool reads = !is_chain(network);
  std::vector<Heading> headings = {{.text = "layer", .left = true}, {.text = "type", .left = true}};
  if (reads) headings.push_back({.text = "reads", .left = true});
  headings.insert(headings.end(), {{.text = "units"}, {.text = "activation", .left = true}, {.text = "parameters"}});
  if (!nonzero.empty()) headings.push_back({.text = "nonzero"});
  TextTable table(headings);
  for (std::size_t k = 0; reads && k < network.inputs.size(); ++k) {
    std::vector<std::string> cells = {shown(network.inputs[k].name), "input", "",
                                      with_thousands(network.inputs[k].size)};
    cells.resize(headings.size());
    table.add(std::move(cells));
  }
  for (std::size_t k = 0; k < network.layers.size(); ++k) {
    const LayerSpec& layer = network.layers[k];
    std::vector<std::string> cells = {shown(layer.name), type_in_words(layer)};
    if (reads) cells.push_back(shown(joined(layer.from, ", ")));
    cells.insert(cells.end(),
                 {with_thousands(layer.size), unit_in_words(layer), with_thousands(network.n_parameters(layer))});
    if (!nonzero.empty()) cells.push_back(with_thousands((nonzero[k] + network.members / 2) / network.members));
    table.add(std::move(cells));
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

void print_network(const Console& console, const NetworkSpec& network, std::span<const std::size_t> nonzero) {
  console.out << console.bold("Network") << "  " << counted(network.n_inputs(), "input") << ", "
              << counted(network.n_parameters(), "parameter");
  if (network.members > 1) console.out << " in each of " << with_thousands(network.members) << " members";
  if (network.outputs != std::vector<std::string>{network.layers.back().name}) {
    console.out << ", puts out " << shown(join_names(network.outputs, "and"));
  }
  console.out << '\n';
  const std::size_t all = network.n_parameters() * network.members;
  const std::size_t left = std::accumulate(nonzero.begin(), nonzero.end(), std::size_t{0});
  layers_table(network, 10 * left > 9 * all ? std::span<const std::size_t>() : nonzero).print(console);
}

}  // namespace ffwd
