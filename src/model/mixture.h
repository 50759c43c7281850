// Mixture: what the members of an ensemble answer together. Lakshminarayanan, Pritzel & Blundell (2017), "Simple and
// scalable predictive uncertainty estimation using deep ensembles", section 2.4: all count alike.
#pragma once

#include <cstddef>
#include <span>

#include "loss/loss.h"

namespace ffwd {

/// Numbers of each member for one row: member m's are [m · stride, m · stride + outputs).
struct OfMembers {
  const double* values;
  std::size_t members, stride;

  [[nodiscard]] double operator()(std::size_t member, std::size_t k) const { return values[member * stride + k]; }
};

/// `linked`: outputs after Loss::link. The mean of the members' probabilities, means, rates and quantiles; of a mean
/// with its standard deviation, those of the mixture: sd² = mean(sdₘ² + meanₘ²) − mean². A single member's are its own
/// bits.
void mix(const Loss& loss, const OfMembers& linked, std::span<double> mixed);

/// How the mixture moves, as the members' linked outputs move with `linked_dot`; `mixed` as mix() gave it.
void mix_tangent(const Loss& loss, const OfMembers& linked, const OfMembers& linked_dot, std::span<const double> mixed,
                 std::span<double> mixed_dot);

}  // namespace ffwd
