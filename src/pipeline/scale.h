// Scale: where a column of numbers lies and how far it spreads, and numbers counted in that spread.
#pragma once

#include <algorithm>
#include <span>

namespace ffwd {

/// Standardised values end here. No value that a scale was measured on comes near, |z| <= sqrt(n - 1); a value that is
/// met later and lies further out would only overflow the network's float32.
inline constexpr double kFarthest = 1e8;

/// Below this spread a column counts as constant: next to the denormal numbers a quotient means nothing, and threads
/// that train take denormals as 0.
inline constexpr double kSmallestSpread = 1e-290;

struct Scale {
  double mean = 0.0;
  double sd = 1.0;  ///< population standard deviation; > 0

  /// (x − mean) / sd for a finite x, within ±kFarthest.
  [[nodiscard]] double standardise(double x) const {
    double z = (x - mean) / sd;
    if (sd > 1e300) [[unlikely]]  // x − mean may be beyond float64 where the quotient is not
      z = (x * 0.5 - mean * 0.5) / (sd * 0.5);
    return std::clamp(z, -kFarthest, kFarthest);
  }
  /// The way back, within the range of float64; NaN stays NaN.
  [[nodiscard]] double restore(double z) const;
};

/// Mean and population standard deviation of finite values, without overflow at any magnitude; sd is 0 when all are
/// equal, or nearer to each other than kSmallestSpread. No values: mean 0, sd 0.
[[nodiscard]] Scale measure(std::span<const double> values);

/// Middle value of at least one finite number; with an even count the mean of the two middle ones. Reorders `values`.
[[nodiscard]] double median(std::span<double> values);

}  // namespace ffwd
