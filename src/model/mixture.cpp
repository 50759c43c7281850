#include "model/mixture.h"

#include <algorithm>
#include <cmath>

namespace ffwd {
namespace {

bool has_spreads(const Loss& loss) { return loss.row().outputs == LossOutputs::kLocationScale; }

double mean_of(const OfMembers& values, std::size_t k) {
  double sum = 0;
  for (std::size_t m = 0; m < values.members; ++m) sum += values(m, k);
  return sum / static_cast<double>(values.members);
}

}  // namespace

void mix(const Loss& loss, const OfMembers& linked, std::span<double> mixed) {
  if (linked.members == 1) {
    std::copy_n(linked.values, mixed.size(), mixed.begin());
    return;
  }
  for (std::size_t k = 0; k < mixed.size(); ++k) mixed[k] = mean_of(linked, k);
  if (!has_spreads(loss)) return;
  const std::size_t targets = mixed.size() / 2;
  for (std::size_t k = 0; k < targets; ++k) {
    double squares = 0;  // around the mean: nothing is lost where it is large
    for (std::size_t m = 0; m < linked.members; ++m) {
      const double apart = linked(m, k) - mixed[k], sd = linked(m, targets + k);
      squares += sd * sd + apart * apart;
    }
    mixed[targets + k] = std::sqrt(squares / static_cast<double>(linked.members));
  }
}

void mix_tangent(const Loss& loss, const OfMembers& linked, const OfMembers& linked_dot, std::span<const double> mixed,
                 std::span<double> mixed_dot) {
  if (linked.members == 1) {
    std::copy_n(linked_dot.values, mixed_dot.size(), mixed_dot.begin());
    return;
  }
  for (std::size_t k = 0; k < mixed_dot.size(); ++k) mixed_dot[k] = mean_of(linked_dot, k);
  if (!has_spreads(loss)) return;
  const std::size_t targets = mixed_dot.size() / 2;
  for (std::size_t k = 0; k < targets; ++k) {
    double sum = 0;  // sd · ḋ, the half of how its square moves
    for (std::size_t m = 0; m < linked.members; ++m) {
      sum += linked(m, targets + k) * linked_dot(m, targets + k) +
             (linked(m, k) - mixed[k]) * (linked_dot(m, k) - mixed_dot[k]);
    }
    const double sd = mixed[targets + k];
    mixed_dot[targets + k] = sd > 0 ? sum / static_cast<double>(linked.members) / sd : 0;
  }
}

}  // namespace ffwd
