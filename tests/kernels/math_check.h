// What the kernels' functions of one number are held to: exact references, and bounds on their errors in units in the
// last place. docs/numerics.md states the same bounds.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numbers>
#include <ostream>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "kernels/kernels.h"
#include "kernels/reference.h"
#include "kernels/units.h"

namespace ffwd {

struct Function {
  const char* name;
  double (*exact_of_float)(double x);             ///< far more exact than any float
  long double (*exact_of_double)(long double x);  ///< the same for doubles
  double float_bound, double_bound;               ///< ulp, on every target
  /// Results below this multiple of the smallest normal number may have lost digits, or be zero.
  double flushed_below;

  template <class T>
  [[nodiscard]] double bound() const {
    return sizeof(T) == sizeof(float) ? float_bound : double_bound;
  }
};

inline void PrintTo(const Function& f, std::ostream* out) { *out << f.name; }

/// `exact` takes a double or a long double.
template <class F>
constexpr Function function(const char* name, F exact, double float_bound, double double_bound,
                            double flushed_below = 1.0001) {
  return {name, exact, exact, float_bound, double_bound, flushed_below};
}

inline constexpr Function kFunctions[] = {
    function(
        "exp", [](auto x) { return std::exp(x); }, 1.1, 1.1),
    function(
        "log", [](auto x) { return std::log(x); }, 0.9, 0.9),
    function(
        "tanh", [](auto x) { return std::tanh(x); }, 2.0, 2.2),
    function(
        "sigmoid", [](auto x) { return 1 / (1 + std::exp(-x)); }, 2.0, 2.1),
    function(
        "erf", [](auto x) { return std::erf(x); }, 1.5, 1.5),
    function(
        "softplus", [](auto x) { return std::fmax(x, 0) + std::log1p(std::exp(-std::fabs(x))); }, 1.7, 1.7),
    function(
        "gelu", [](auto x) { return x * std::erfc(-x / std::numbers::sqrt2_v<decltype(x)>) / 2; }, 6.5, 8.0),
    // z e^z where e^z is no normal number any more.
    function(
        "silu", [](auto x) { return x / (1 + std::exp(-x)); }, 3.0, 3.0, 800),
    function(
        "mish", [](auto x) { return x * std::tanh(std::log1p(std::exp(x))); }, 4.5, 5.0, 800),
    function(
        "elu", [](auto x) { return x > 0 ? x : std::expm1(x); }, 1.0, 1.3),
    function(
        "gudermannian", [](auto x) { return 2 * std::atan(std::tanh(x / 2)); }, 3.0, 3.3),
};

/// Applies a function of the table, or a unit, to all of x.
template <class T>
std::vector<T> apply(const Kernels<T>& k, std::string_view name, const std::vector<T>& x) {
  const auto elementwise = name == "exp"    ? k.exp
                           : name == "log"  ? k.log
                           : name == "tanh" ? k.tanh
                           : name == "erf"  ? k.erf
                                            : nullptr;
  if (elementwise) {
    std::vector<T> y(x.size());
    elementwise(x.data(), y.data(), x.size());
    return y;
  }
  PaddedMatrix<T> z(1, x.size());
  std::copy(x.begin(), x.end(), z.data());
  const UnitRow& unit = *find_unit(name);
  k.unit_value[unit.index](z.data(), z.ld(), z.data(), z.ld(), 1, x.size(), static_cast<T>(unit.default_parameter));
  return z.numbers();
}

/// What results are compared in: the references are good for more digits than T has.
template <class T>
using Wide = std::conditional_t<sizeof(T) == sizeof(float), double, long double>;

template <class T>
Wide<T> exact_value(const Function& f, T x) {
  // The logarithm takes numbers below the normal ones for zero.
  if (f.name == std::string_view("log") && x > 0 && x < std::numeric_limits<T>::min()) x = 0;
  if constexpr (sizeof(T) == sizeof(float)) {
    return f.exact_of_float(static_cast<double>(x));
  } else {
    return f.exact_of_double(static_cast<long double>(x));
  }
}

/// The power of two at or below size, a normal number. For a double from its bits: it is asked for every float.
inline double power_below(double size) {
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(size) & 0x7ff0000000000000);
}
inline long double power_below(long double size) { return std::ldexp(1.0L, std::ilogb(size)); }

/// Error of `got` in units in the last place of the exact value.
template <class T>
double ulps(const Function& f, Wide<T> exact, T got) {
  using Limits = std::numeric_limits<T>;
  constexpr double kWrong = 1e9;
  constexpr Wide<T> kSmallest = static_cast<Wide<T>>(Limits::min());
  if (std::isnan(exact) || std::isnan(got)) return std::isnan(exact) == std::isnan(got) ? 0 : kWrong;
  const Wide<T> size = std::fabs(exact), error = std::fabs(static_cast<Wide<T>>(got) - exact);
  if (size > static_cast<Wide<T>>(Limits::max())) return std::isinf(got) && (got < 0) == (exact < 0) ? 0 : kWrong;
  if (size < static_cast<Wide<T>>(f.flushed_below) * kSmallest && error <= size) return 0;
  return static_cast<double>(error /
                             (power_below(std::max(size, kSmallest)) * static_cast<Wide<T>>(Limits::epsilon())));
}

/// Largest error, and where.
template <class T>
struct Worst {
  double error = 0;
  T at = 0;
};
template <class T>
void find_worst(const Function& f, const std::vector<T>& x, const std::vector<Wide<T>>& exact, const std::vector<T>& y,
                Worst<T>& most) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double error = ulps(f, exact[i], y[i]);
    if (error > most.error) most = {error, x[i]};
  }
}

template <class T>
std::vector<Wide<T>> exact_values(const Function& f, const std::vector<T>& x) {
  std::vector<Wide<T>> exact;
  exact.reserve(x.size());
  for (const T number : x) exact.push_back(exact_value(f, number));
  return exact;
}

}  // namespace ffwd
