// A network's layers with their parameter counts, as JSON and as a table in a terminal.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "cli/console.h"
#include "core/json.h"
#include "ffwd/network.h"

namespace ffwd {

/// Learned numbers of each layer, in order.
[[nodiscard]] std::vector<std::size_t> layer_parameters(const NetworkSpec& network);

/// As in a model file, with "parameters" in each layer and for all of them.
[[nodiscard]] Json network_with_counts(const NetworkSpec& network);

/// A table of the layers; where they are not one chain, with what each reads. `nonzero`: numbers of each layer that are
/// not zero, in all members together; shown, as the mean of the members, where a tenth of all are zero.
void print_network(const Console& console, const NetworkSpec& network, std::span<const std::size_t> nonzero = {});

}  // namespace ffwd
