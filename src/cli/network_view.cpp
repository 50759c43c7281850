#include "cli/network_view.h"

#include <string>

#include "cli/readable.h"
#include "cli/text_table.h"
#include "core/text.h"

namespace ffwd {

std::vector<std::size_t> layer_parameters(const NetworkSpec& network) {
  std::vector<std::size_t> counts;
  for (const LayerSpec& layer : network.layers) counts.push_back(network.n_parameters(layer));
  return counts;
}

Json network_with_counts(const NetworkSpec& network) {
  const std::vector<std::size_t> parameters = layer_parameters(network);
  Json layers = Json::array();
  for (std::size_t k = 0; k < network.layers.size(); ++k) {
    const LayerSpec& layer = network.layers[k];
    layers.push_back({{"name", layer.name},
                      {"type", layer.type},
                      {"size", layer.size},
                      {"unit", layer.unit},
                      {"parameters", parameters[k]}});
  }
  return {{"layers", layers}, {"parameters", network.n_parameters()}};
}

void print_network(const Console& console, const NetworkSpec& network) {
  std::size_t n_inputs = 0;
  for (const InputSpec& input : network.inputs) n_inputs += input.size;
  console.out << console.bold("Network") << "  " << counted(n_inputs, "input") << ", "
              << counted(network.n_parameters(), "parameter") << '\n';
  TextTable table({{.text = "layer", .left = true},
                   {.text = "type", .left = true},
                   {.text = "units"},
                   {.text = "activation", .left = true},
                   {.text = "parameters"}});
  const std::vector<std::size_t> parameters = layer_parameters(network);
  for (std::size_t k = 0; k < network.layers.size(); ++k) {
    const LayerSpec& layer = network.layers[k];
    table.add({layer.name, layer.type, with_thousands(layer.size), layer.unit, with_thousands(parameters[k])});
  }
  table.print(console);
}

}  // namespace ffwd
