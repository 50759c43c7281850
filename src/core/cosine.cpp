#include "core/cosine.h"

#include <array>

namespace ffwd {
namespace {

constexpr double kPi = 3.14159265358979323846;

// Taylor's series on |t| <= π/4, where ten terms leave less than 1e-20.
double cosine_series(double t) {
  const double square = t * t;
  double term = 1.0, sum = 0.0;
  std::array<double, 10> terms{};
  for (int k = 0; k < 10; ++k) {
    terms[static_cast<std::size_t>(k)] = term;
    term *= -square / ((2 * k + 1) * (2 * k + 2));
  }
  for (int k = 9; k >= 0; --k) sum += terms[static_cast<std::size_t>(k)];  // small terms first: less rounding
  return sum;
}

double sine_series(double t) {
  const double square = t * t;
  double term = t, sum = 0.0;
  std::array<double, 10> terms{};
  for (int k = 0; k < 10; ++k) {
    terms[static_cast<std::size_t>(k)] = term;
    term *= -square / ((2 * k + 2) * (2 * k + 3));
  }
  for (int k = 9; k >= 0; --k) sum += terms[static_cast<std::size_t>(k)];
  return sum;
}

}  // namespace

double cos_pi(double x) {
  x = x < 0 ? -x : x;
  if (x > 0.75) return -cosine_series(kPi * (1 - x));
  if (x > 0.25) return sine_series(kPi * (0.5 - x));
  return cosine_series(kPi * x);
}

double sin_pi(double x) {
  if (x < 0) return -sin_pi(-x);
  if (x > 0.75) return sine_series(kPi * (1 - x));
  if (x > 0.25) return cosine_series(kPi * (0.5 - x));
  return sine_series(kPi * x);
}

}  // namespace ffwd
