// A network's layers with their parameter counts, as JSON and as a table in a terminal.
#pragma once

#include <cstddef>
#include <vector>

#include "cli/console.h"
#include "core/json.h"
#include "ffwd/network.h"

namespace ffwd {

/// Weights and biases of each layer, in order.
[[nodiscard]] std::vector<std::size_t> layer_parameters(const NetworkSpec& network);

/// {"layers": [{"name", "type", "size", "unit", "parameters"}], "parameters": N}
[[nodiscard]] Json network_with_counts(const NetworkSpec& network);

void print_network(const Console& console, const NetworkSpec& network);

}  // namespace ffwd
