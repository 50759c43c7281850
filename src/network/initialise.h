// Initial weights, matched to the unit they feed.
//
// Source: He et al. (2015), variance 2 / fan_in, for units that pass one side; LeCun et al. (1998), 1 / fan_in, for
// selu; Glorot & Bengio (2010), 2 / (fan_in + fan_out), for the others. Drawn uniform on ±sqrt(3 · variance), or from a
// normal distribution; biases are 0.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plan/parameters.h"

namespace ffwd {

/// The variance of the weights of a tensor [outputs, inputs].
[[nodiscard]] double initial_variance(InitRule rule, double outputs, double inputs);

/// What may be asked for in place of what suits the units. Radial centres and embeddings keep their variance; scales
/// and slopes start as they do.
struct InitialWeights {
  std::string_view name = "auto";
  std::optional<InitRule> rule{};  ///< of all weights; unset = of each layer's unit
  bool normal = false;             ///< drawn from a normal distribution; else from a uniform one
};

/// The one table of names: auto, he_uniform, he_normal, glorot_uniform …
[[nodiscard]] std::span<const InitialWeights> initial_weights();
/// The row of that name, or null.
[[nodiscard]] const InitialWeights* find_initial_weights(std::string_view name);
[[nodiscard]] std::vector<std::string> initial_weights_names();

/// Writes all layout.size() numbers, padding (zero) included. A number depends on the seed, the tensor's place in the
/// layout and its place in the tensor, not on how the tensor is stored.
template <class T>
void initialise(const ParameterLayout& layout, std::uint64_t seed, T* parameters, const InitialWeights& how = {});

}  // namespace ffwd
