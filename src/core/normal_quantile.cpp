#include "core/normal_quantile.h"

#include <array>
#include <cmath>

namespace ffwd {
namespace {

/// Numerator and denominator, lowest power first.
struct Rational {
  std::array<double, 8> top, bottom;
};

struct ValueAndSlope {
  double value = 0.0, slope = 0.0;
};

// The coefficients a and b, c and d, e and f of the source.
constexpr Rational kMiddle{
    .top = {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
            4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3},
    .bottom = {1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4,
               3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3}};
constexpr Rational kTail{
    .top = {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
            1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4},
    .bottom = {1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
               1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
               1.05075007164441684324e-9}};
constexpr Rational kFarTail{
    .top = {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
            2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7},
    .bottom = {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
               7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
               2.04426310338993978564e-15}};

ValueAndSlope polynomial(const std::array<double, 8>& c, double r) {
  ValueAndSlope p{.value = c[7], .slope = 0.0};
  for (std::size_t k = 7; k-- > 0;) {
    p.slope = p.slope * r + p.value;
    p.value = p.value * r + c[k];
  }
  return p;
}

ValueAndSlope evaluate(const Rational& rational, double r) {
  const ValueAndSlope top = polynomial(rational.top, r), bottom = polynomial(rational.bottom, r);
  const double value = top.value / bottom.value;
  return {.value = value, .slope = (top.slope - value * bottom.slope) / bottom.value};
}

/// log x for a normal x in (0, 1): log of the mantissa by the series of atanh, which leaves less than 1e-19.
double log_below_one(double x) {
  constexpr double kLn2High = 0x1.62e42feep-1, kLn2Low = 0x1.a39ef35793c76p-33;  // its product by an exponent is exact
  constexpr double kSqrtHalf = 0.70710678118654752440;
  int exponent = 0;
  double mantissa = std::frexp(x, &exponent);
  if (mantissa < kSqrtHalf) {
    mantissa *= 2.0;
    --exponent;
  }
  const double s = (mantissa - 1.0) / (mantissa + 1.0), square = s * s;
  double series = 0.0;
  for (int k = 12; k >= 1; --k) series = (series + 1.0 / (2 * k + 1)) * square;
  return exponent * kLn2High + (exponent * kLn2Low + (2.0 * s + 2.0 * s * series));
}

ValueAndSlope both(double p) {
  const double q = p - 0.5;
  if (q >= -0.425 && q <= 0.425) {
    const ValueAndSlope of = evaluate(kMiddle, 0.180625 - q * q);
    return {.value = q * of.value, .slope = of.value - 2.0 * q * q * of.slope};
  }
  const double tail = q < 0.0 ? p : 1.0 - p;
  const double r = std::sqrt(-log_below_one(tail));
  const ValueAndSlope of = r <= 5.0 ? evaluate(kTail, r - 1.6) : evaluate(kFarTail, r - 5.0);
  return {.value = q < 0.0 ? -of.value : of.value, .slope = of.slope / (2.0 * r * tail)};  // dr/dp = ∓1 / (2 r tail)
}

}  // namespace

double normal_quantile(double p) { return both(p).value; }

double normal_quantile_slope(double p) { return both(p).slope; }

}  // namespace ffwd
