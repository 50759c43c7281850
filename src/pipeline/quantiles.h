// Quantiles of a sample, by linear interpolation between its sorted values: at (n − 1)q, as numpy has them.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace ffwd {

/// The q-quantile, 0 <= q <= 1, of at least one finite value. `sorted` rises. No overflow at any magnitude.
[[nodiscard]] double quantile_of(std::span<const double> sorted, double q);

/// The quantiles at 0, 1/(count − 1), … 1, never falling; `count` is at least 2. Where there are as many values they
/// are these, exactly, so that equal values stay equal.
[[nodiscard]] std::vector<double> evenly_spaced_quantiles(std::span<const double> sorted, std::size_t count);

}  // namespace ffwd
