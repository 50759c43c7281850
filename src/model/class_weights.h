// Class weights: how much a row counts for the class it is of.
#pragma once

#include <span>
#include <vector>

namespace ffwd {

/// Weights under which the classes that occur count alike, and all rows together as before:
/// total / (classes that occur · weight of the class). `truth` holds class numbers; `weights` empty = all 1. A class
/// that does not occur gets 1.
[[nodiscard]] std::vector<double> balanced_class_weights(std::span<const double> truth, std::span<const double> weights,
                                                         std::size_t n_classes);

}  // namespace ffwd
