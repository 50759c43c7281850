// Penalties: what is added to the loss for large parameters. They are counted once for an objective, whatever the rows
// of a batch and their weights.
#pragma once

#include <span>

#include "plan/parameters.h"

namespace ffwd {

enum class PenaltyKind {
  kL2,  ///< lambda · Σ w². Hoerl & Kennard (1970)
  kL1,  ///< lambda · Σ |w|, whose slope at 0 is taken to be 0. Tibshirani (1996)
};

struct Penalty {
  PenaltyKind kind = PenaltyKind::kL2;
  double lambda = 0;    ///< >= 0
  bool half = false;    ///< lambda / 2 in place of lambda
  bool biases = false;  ///< over weights and biases, not over weights alone

  [[nodiscard]] double factor() const { return half ? 0.5 * lambda : lambda; }
};

/// Whether a penalty on weights, or on weights and biases, counts these parameters. Learned slopes, widths and centres
/// are never penalised.
[[nodiscard]] bool is_penalised(const ParameterRange& range, bool biases);

/// The sum of the penalties at `parameters`, a vector of this layout.
template <class T>
[[nodiscard]] double penalty_value(std::span<const Penalty> penalties, const ParameterLayout& layout,
                                   const T* parameters);

/// gradient += that of the penalties.
template <class T>
void add_penalty_gradient(std::span<const Penalty> penalties, const ParameterLayout& layout, const T* parameters,
                          T* gradient);

/// product += the Hessian of the penalties times `direction`: 2 lambda · v for l2, nothing for l1.
template <class T>
void add_penalty_hessian(std::span<const Penalty> penalties, const ParameterLayout& layout, const T* direction,
                         T* product);

}  // namespace ffwd
