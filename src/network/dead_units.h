// Dead units: those that change no output, and those that no input changes. A network does without them.
#pragma once

#include <string>
#include <vector>

#include "core/aligned.h"
#include "ffwd/network.h"

namespace ffwd {

template <class T>
struct LivingNetwork {
  NetworkSpec network;
  std::vector<AlignedVector<T>> members;  ///< parameters, in the layout of a plan of that network
  /// Layers of which no unit was alive; they keep one.
  std::vector<std::string> emptied;
};

/// Takes dead units out of dense and maxout layers, until there are none: a unit whose weights towards all that reads
/// it are zero; and a unit whose own weights are all zero, which is a constant and goes into the biases of what reads
/// it. Answers stay the same up to rounding. Units stay where what reads them cannot do without: an output of the
/// network, add, multiply, softmax, layer_norm, rbf or units, and constants where what reads them has no bias. A layer
/// keeps a unit at least, and of members as many as the one with the most.
template <class T>
[[nodiscard]] LivingNetwork<T> without_dead_units(const NetworkSpec& network, std::vector<AlignedVector<T>> members);

/// For each feature of a row whether a weight is left for it in any member, or what reads it is no dense or maxout
/// layer.
template <class T>
[[nodiscard]] std::vector<bool> features_in_use(const NetworkSpec& network,
                                                const std::vector<AlignedVector<T>>& members);

}  // namespace ffwd
