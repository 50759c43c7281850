// A dense layer as one step: y = phi(x·Wᵀ + b) and its two products backward, for wide and for narrow layers.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "plan/plan.h"

namespace ffwd {

/// Where a dense step's weights lie.
struct DenseWeights {
  std::size_t weight = 0, weight_ld = 0;
  std::size_t bias = 0;
  bool has_bias = true;
  bool narrow = false;
  /// Empty, or stored numbers of the weight that exist: 1, and those that do not and stay zero: 0.
  std::vector<bool> mask{};
};

/// A dense step: the value it reads, the one it makes, and what lies between.
struct DenseLink {
  Reading reading;
  Value target;
  DenseWeights weights;
};

/// Makes room for `name`.weight [outputs, inputs] and, if asked, `name`.bias [outputs].
template <class T>
[[nodiscard]] DenseWeights add_dense_weights(PlanBuilder<T>& builder, const std::string& name, std::size_t outputs,
                                             std::size_t inputs, InitRule init, bool has_bias = true);

/// Adds the step that computes `target` from `source`.
template <class T>
void add_dense_step(PlanBuilder<T>& builder, const DenseWeights& weights, const Reading& source, const Value& target);

}  // namespace ffwd
