#include "pipeline/quantiles.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace ffwd {

double quantile_of(std::span<const double> sorted, double q) {
  assert(!sorted.empty() && q >= 0.0 && q <= 1.0);
  const double at = q * static_cast<double>(sorted.size() - 1), whole = std::floor(at), part = at - whole;
  const double low = sorted[static_cast<std::size_t>(whole)];
  if (part == 0.0) return low;
  const double high = sorted[static_cast<std::size_t>(whole) + 1], step = high - low;
  if (std::isinf(step)) return low * (1.0 - part) + high * part;
  return std::clamp(low + step * part, low, high);
}

std::vector<double> evenly_spaced_quantiles(std::span<const double> sorted, std::size_t count) {
  assert(count >= 2);
  if (count == sorted.size()) return {sorted.begin(), sorted.end()};
  std::vector<double> quantiles(count);
  for (std::size_t k = 0; k < count; ++k)
    quantiles[k] = quantile_of(sorted, static_cast<double>(k) / static_cast<double>(count - 1));
  for (std::size_t k = 1; k < count; ++k) quantiles[k] = std::max(quantiles[k], quantiles[k - 1]);
  return quantiles;
}

}  // namespace ffwd
