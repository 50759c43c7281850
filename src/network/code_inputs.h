// Which inputs of a network hold codes of categories instead of numbers.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>

#include "ffwd/network.h"

namespace ffwd {

/// The inputs that layers read as codes, each with the first of these layers. Sources that are neither input nor layer
/// are passed over.
/// @throws Error(kUsage) such a layer that reads something else than one input; an input that other layers read too.
[[nodiscard]] std::map<std::string, const LayerSpec*> code_inputs(std::span<const std::string> inputs,
                                                                  std::span<const LayerSpec> layers);

/// How many codes the layer tells apart; 0 where it reads numbers.
[[nodiscard]] std::size_t categories_of(const LayerSpec& layer);

}  // namespace ffwd
