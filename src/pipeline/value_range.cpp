#include "pipeline/value_range.h"

#include <limits>

namespace ffwd {

ValueRange ValueRange::of(std::span<const double> values, const Scale& scale, bool bounded) {
  constexpr double kMax = std::numeric_limits<double>::max();
  const auto [low, high] = std::ranges::minmax(values);
  return {.low = low,
          .high = high,
          .least = std::max(-kMax, low - kFarSds * scale.sd),
          .most = std::min(kMax, high + kFarSds * scale.sd),
          .bounded = bounded};
}

}  // namespace ffwd
