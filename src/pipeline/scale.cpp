#include "pipeline/scale.h"

#include <array>
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

/// Σ term(x) over four running sums, added in a fixed order: one sum would wait for itself at each step.
template <class Term>
double sum_of(std::span<const double> values, Term term) {
  std::array<double, 4> sums{};
  const std::size_t whole = values.size() / 4 * 4;
  for (std::size_t i = 0; i < whole; i += 4)
    for (std::size_t lane = 0; lane < 4; ++lane) sums[lane] += term(values[i + lane]);
  for (std::size_t i = whole; i < values.size(); ++i) sums[i - whole] += term(values[i]);
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

}  // namespace

double Scale::restore(double z) const { return std::clamp(mean + sd * z, -kMax, kMax); }

Scale measure(std::span<const double> values) {
  if (values.empty()) return {.mean = 0.0, .sd = 0.0};
  double low = values[0], high = values[0];
  for (const double x : values) {
    low = std::min(low, x);
    high = std::max(high, x);
  }
  // Asked of the values, not of their spread: the mean of equal values may be off by a rounding.
  if (low == high) return {.mean = low, .sd = 0.0};
  const double factor = safe_factor(std::max(std::abs(low), std::abs(high)));
  const auto n = static_cast<double>(values.size());
  const double rough = sum_of(values, [&](double x) { return x * factor; }) / n;
  // Around the rough mean terms are small, so the second pass mends the rounding of the first.
  const double shift = sum_of(values, [&](double x) { return x * factor - rough; }) / n;
  const double squares = sum_of(values, [&](double x) { return (x * factor - rough) * (x * factor - rough); });
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
