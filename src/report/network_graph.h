// The picture of a network: its layers as boxes, what each reads as arrows from above.
#pragma once

#include <string>

#include "ffwd/network.h"

namespace ffwd {

/// An SVG picture of a valid network. A layer of the type "units" that is small enough shows its single units. Equal
/// arguments give equal bytes.
///
/// @param title  whose network it is: "Network: price"
[[nodiscard]] std::string network_graph_svg(const NetworkSpec& spec, const std::string& title);

/// A layer's type with its options, in words: "dense", "maxout, pieces 3, no bias".
[[nodiscard]] std::string type_in_words(const LayerSpec& layer);

/// Its unit with its options: "relu", "leaky_relu, slope 0.2".
[[nodiscard]] std::string unit_in_words(const LayerSpec& layer);

}  // namespace ffwd
