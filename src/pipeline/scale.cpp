#include "pipeline/scale.h"

#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace ffwd {

namespace {

constexpr double kMax = std::numeric_limits<double>::max();

/// A power of two that brings values of up to `largest` near 1 if their squares could overflow or vanish; else 1.
double safe_factor(double largest) {
  int exponent = 0;
  std::frexp(largest, &exponent);
  if (std::abs(exponent) < 400) return 1.0;
  return std::ldexp(1.0, std::clamp(-exponent, -1000, 1000));
}

}  // namespace

double Scale::restore(double z) const { return std::clamp(mean + sd * z, -kMax, kMax); }

Scale measure(std::span<const double> values) {
  if (values.empty()) return {.mean = 0.0, .sd = 0.0};
  const auto [low, high] = std::ranges::minmax(values);
  // Asked of the values, not of their spread: the mean of equal values may be off by a rounding.
  if (low == high) return {.mean = low, .sd = 0.0};
  const double factor = safe_factor(std::max(std::abs(low), std::abs(high)));
  const auto n = static_cast<double>(values.size());
  double sum = 0.0;
  for (const double x : values) sum += x * factor;
  const double rough = sum / n;
  // Sums around the rough mean have small terms, so the second pass mends the rounding of the first.
  double offset = 0.0, squares = 0.0;
  for (const double x : values) {
    const double d = x * factor - rough;
    offset += d;
    squares += d * d;
  }
  const double shift = offset / n;
  const double variance = std::max(0.0, squares / n - shift * shift);
  const double sd = std::min(std::sqrt(variance) / factor, kMax);
  return {.mean = std::clamp((rough + shift) / factor, low, high), .sd = sd < kSmallestSpread ? 0.0 : sd};
}

double median(std::span<double> values) {
  assert(!values.empty());
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return std::midpoint(*std::max_element(values.begin(), middle), *middle);
}

}  // namespace ffwd
