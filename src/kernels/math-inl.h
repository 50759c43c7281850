// exp, log and what the units and losses make of them: own polynomials, so that a weight does not depend on the
// machine's libm. Largest errors, measured over all floats and tens of millions of doubles: docs/numerics.md.
// Results below the smallest normal number are flushed to zero. NaN stays NaN: it must reach the loss to be noticed.
#if defined(FFWD_KERNELS_MATH_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef FFWD_KERNELS_MATH_INL_H
#undef FFWD_KERNELS_MATH_INL_H
#else
#define FFWD_KERNELS_MATH_INL_H
#endif

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "kernels/block-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ffwd {
namespace HWY_NAMESPACE {

template <class T>
struct Format;
template <>
struct Format<float> {
  static constexpr int kMantissaBits = 23;
  static constexpr int kBias = 127;
  static constexpr std::uint32_t kSqrtHalfBits = 0x3f3504f3;
  // The high part of ln 2 has so few bits that its product with any exponent is exact, fused or not.
  static constexpr float kLn2High = 0.693359375f, kLn2Low = -2.12194440e-4f;
  static constexpr float kExpMin = -87.33654f, kExpMax = 88.72283f;  // results stay normal and finite in between
  static constexpr float kTanhMax = 10;                              // from here on tanh rounds to 1
  static constexpr float kSigmoidMax =
      88.3f;  // from here on sigmoid rounds to 1; on the other side it is no normal number
  static constexpr std::size_t kExpTerms = 8, kLogTerms = 4;
  /// (atan(u) / u - 1) / u² in powers of u², 0 <= u <= sqrt(2) - 1, by Remez' exchange: 0.01 ulp, in double as well.
  static constexpr std::array kAtan = {-0x1.55554ap-2f, 0x1.9991aep-3f, -0x1.23b6bcp-3f, 0x1.b2023ap-4f,
                                       -0x1.f25676p-5f};
};
template <>
struct Format<double> {
  static constexpr int kMantissaBits = 52;
  static constexpr int kBias = 1023;
  static constexpr std::uint64_t kSqrtHalfBits = 0x3fe6a09e667f3bcd;
  static constexpr double kLn2High = 0x1.62e42feep-1, kLn2Low = 0x1.a39ef35793c76p-33;
  static constexpr double kExpMin = -708.39641853226, kExpMax = 709.78271289338397;
  static constexpr double kTanhMax = 20;
  static constexpr double kSigmoidMax = 709.4;
  static constexpr std::size_t kExpTerms = 14, kLogTerms = 10;
  static constexpr std::array kAtan = {-0x1.555555555553dp-2, 0x1.99999999958e9p-3,  -0x1.24924922b1159p-3,
                                       0x1.c71c70e79efe1p-4,  -0x1.745cf90ad0054p-4, 0x1.3b111c605cff6p-4,
                                       -0x1.10ebdd77678fap-4, 0x1.df1165a594ea3p-5,  -0x1.9cdc1fc65f9a0p-5,
                                       0x1.37ed30b354c23p-5,  -0x1.259d2b474a6e2p-6};
};

/// 1/2!, 1/3!, … 1/(kTerms-1)!
template <class T, std::size_t kTerms>
constexpr auto exp_coefficients() {
  std::array<T, kTerms - 2> c{};
  double factorial = 1;
  for (std::size_t i = 0; i < c.size(); ++i) {
    factorial *= static_cast<double>(i + 2);
    c[i] = static_cast<T>(1 / factorial);
  }
  return c;
}

/// 2/3, 2/5, 2/7, …
template <class T, std::size_t kTerms>
constexpr auto log_coefficients() {
  std::array<T, kTerms> c{};
  for (std::size_t i = 0; i < kTerms; ++i) c[i] = static_cast<T>(2.0 / static_cast<double>(2 * i + 3));
  return c;
}

/// c[0] + c[1] x + c[2] x² + …
template <class D, std::size_t kTerms, class T = hn::TFromD<D>>
HWY_INLINE hn::VFromD<D> polynomial(D d, hn::VFromD<D> x, const std::array<T, kTerms>& c) {
  auto sum = hn::Set(d, c[kTerms - 1]);
  unroll<kTerms - 1>([&](auto i) HWY_ATTR { sum = hn::MulAdd(sum, x, hn::Set(d, c[kTerms - 2 - i])); });
  return sum;
}

/// Min and Max with a NaN give their second argument, except on the targets without vectors.
inline constexpr bool kMinPassesNan = HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128;

/// min(x, limit), but NaN where x is NaN.
template <class D, class V = hn::VFromD<D>>
HWY_INLINE V at_most(D d, V x, hn::TFromD<D> limit) {
  const V top = hn::Set(d, limit);
  if constexpr (kMinPassesNan) return hn::Min(top, x);
  return hn::IfThenElse(hn::Gt(x, top), top, x);
}

/// max(x, limit), but NaN where x is NaN.
template <class D, class V = hn::VFromD<D>>
HWY_INLINE V at_least(D d, V x, hn::TFromD<D> limit) {
  const V bottom = hn::Set(d, limit);
  if constexpr (kMinPassesNan) return hn::Max(bottom, x);
  return hn::IfThenElse(hn::Lt(x, bottom), bottom, x);
}

/// e^x = 2^n e^r with |r| <= ln2 / 2.
template <class D>
struct ExpParts {
  hn::VFromD<D> fraction;                        ///< e^r - 1
  hn::VFromD<hn::RebindToUnsigned<D>> exponent;  ///< n where the exponent's bits are

  /// 2^n, if that is a normal number.
  [[nodiscard]] HWY_INLINE hn::VFromD<D> scale(D d) const {
    const hn::RebindToUnsigned<D> du;
    return hn::BitCast(d, hn::Add(hn::BitCast(du, hn::Set(d, hn::TFromD<D>{1})), exponent));
  }
};

/// Of x + low..., where low is at most a thousandth of x: the part that rounding would take from x.
template <class D, class V, class... Low>
HWY_INLINE ExpParts<D> exp_parts(D d, V x, Low... low) {
  using T = hn::TFromD<D>;
  using F = Format<T>;
  const hn::RebindToUnsigned<D> du;
  // Adding 1.5 · 2^mantissa rounds to a whole number and leaves it in the low bits.
  const auto magic = hn::Set(d, static_cast<T>(std::uint64_t{3} << (F::kMantissaBits - 1)));
  const auto shifted = hn::MulAdd(x, hn::Set(d, static_cast<T>(1.4426950408889634)), magic);
  const auto n = hn::Sub(shifted, magic);
  auto r = hn::NegMulAdd(n, hn::Set(d, F::kLn2High), x);
  r = hn::NegMulAdd(n, hn::Set(d, F::kLn2Low), r);
  ((r = hn::Add(r, low)), ...);
  static constexpr auto kTaylor = exp_coefficients<T, F::kExpTerms>();
  const auto fraction = hn::MulAdd(hn::Mul(r, r), polynomial(d, r, kTaylor), r);
  return {fraction, hn::ShiftLeft<F::kMantissaBits>(hn::BitCast(du, shifted))};
}

template <class D, class V = hn::VFromD<D>>
HWY_INLINE V exp(D d, V x) {
  using T = hn::TFromD<D>;
  using F = Format<T>;
  const hn::RebindToUnsigned<D> du;
  const auto parts = exp_parts(d, x);
  const auto e_r = hn::Add(parts.fraction, hn::Set(d, T{1}));
  const V scaled = hn::BitCast(d, hn::Add(hn::BitCast(du, e_r), parts.exponent));
  const V flushed = hn::IfThenElseZero(hn::Ge(x, hn::Set(d, F::kExpMin)), scaled);
  // Above the range, and for NaN, x + inf is the answer.
  const V beyond = hn::Add(x, hn::Set(d, std::numeric_limits<T>::infinity()));
  return hn::IfThenElse(hn::Le(x, hn::Set(d, F::kExpMax)), flushed, beyond);
}

/// e^(x + low...) for x <= 0.
template <class D, class V, class... Low>
HWY_INLINE V exp_of_negative(D d, V x, Low... low) {
  const auto parts = exp_parts(d, x, low...);
  const V scale = parts.scale(d);
  const V scaled =
      hn::MulAdd(scale, parts.fraction, scale);  // passes NaN on, as adding to the exponent's bits does not
  return hn::IfThenZeroElse(hn::Lt(x, hn::Set(d, Format<hn::TFromD<D>>::kExpMin)), scaled);
}

/// e^x - 1 for x <= 0, relatively precise near zero.
template <class D, class V = hn::VFromD<D>>
HWY_INLINE V expm1_of_negative(D d, V x) {
  using T = hn::TFromD<D>;
  const auto parts = exp_parts(d, at_least(d, x, Format<T>::kExpMin));
  const V scale = parts.scale(d);
  return hn::MulAdd(scale, parts.fraction, hn::Sub(scale, hn::Set(d, T{1})));
}

/// (1 - e) / (1 + e) with e = e^(-2|x|): the difference keeps its relative precision near zero.
template <class D, class V = hn::VFromD<D>>
HWY_INLINE V tanh(D d, V x) {
  using T = hn::TFromD<D>;
  const V one = hn::Set(d, T{1});
  const V a = at_most(d, hn::Abs(x), Format<T>::kTanhMax);
  const auto parts = exp_parts(d, hn::Mul(a, hn::Set(d, T{-2})));
  const V scale = parts.scale(d);
  const V difference = hn::NegMulAdd(scale, parts.fraction, hn::Sub(one, scale));
  return hn::CopySign(hn::Div(difference, hn::MulAdd(scale, parts.fraction, hn::Add(one, scale))), x);
}

/// 1 where x >= 0, else 0; NaN stays NaN.
template <class D, class V = hn::VFromD<D>>
HWY_INLINE V threshold(D d, V x) {
  const V below = hn::IfThenZeroElse(hn::Lt(x, hn::Zero(d)), x);
  return hn::IfThenElse(hn::Ge(x, hn::Zero(d)), hn::Set(d, hn::TFromD<D>{1}), below);
}

/// 1 / (1 + e^-x), the sum taken apart so that it rounds little more than once.
template <class D, class V = hn::VFromD<D>>
HWY_INLINE V sigmoid(D d, V x) {
  using T = hn::TFromD<D>;
  constexpr T kMax = Format<T>::kSigmoidMax;
  const V one = hn::Set(d, T{1});
  const auto parts = exp_parts(d, hn::Neg(at_least(d, at_most(d, x, kMax), -kMax)));
  const V scale = parts.scale(d);
  const V sum = hn::Add(scale, hn::MulAdd(scale, parts.fraction, one));
  return hn::IfThenZeroElse(hn::Lt(x, hn::Set(d, -kMax)), hn::Div(one, sum));
}

/// log(1 + f) + k ln2 for 1 + f between sqrt(1/2) and sqrt(2). With s = f / (2 + f), log(1 + f) = 2 atanh(s)
/// = f - s (f - R), R = 2/3 s² + 2/5 s⁴ + …; written with f²/2 so that the rounding of s matters least.
template <class D, class V = hn::VFromD<D>>
HWY_INLINE V log_near_one(D d, V f, V k) {
  using T = hn::TFromD<D>;
  using F = Format<T>;
  static constexpr auto kSeries = log_coefficients<T, F::kLogTerms>();
  const V s = hn::Div(f, hn::Add(f, hn::Set(d, T{2})));
  const V s2 = hn::Mul(s, s);
  const V r = hn::Mul(s2, polynomial(d, s2, kSeries));
  const V half_square = hn::Mul(hn::Mul(f, hn::Set(d, T{0.5})), f);
  const V low = hn::MulAdd(s, hn::Add(half_square, r), hn::Mul(k, hn::Set(d, F::kLn2Low)));
  return hn::MulAdd(k, hn::Set(d, F::kLn2High), hn::Sub(f, hn::Sub(half_square, low)));
}

/// Numbers below the smallest normal one count as zero.
template <class D, class V = hn::VFromD<D>>
HWY_INLINE V log(D d, V x) {
  using T = hn::TFromD<D>;
  using F = Format<T>;
  using Limits = std::numeric_limits<T>;
  const hn::RebindToUnsigned<D> du;
  using Bits = hn::TFromD<decltype(du)>;
  constexpr Bits kOneBits = Bits{F::kBias} << F::kMantissaBits;
  constexpr T kTwoToMantissa = static_cast<T>(std::uint64_t{1} << F::kMantissaBits);

  const auto bits = hn::Add(hn::BitCast(du, x), hn::Set(du, kOneBits - F::kSqrtHalfBits));
  const auto mantissa = hn::And(bits, hn::Set(du, (Bits{1} << F::kMantissaBits) - 1));
  const V f = hn::Sub(hn::BitCast(d, hn::Add(mantissa, hn::Set(du, F::kSqrtHalfBits))), hn::Set(d, T{1}));
  // The exponent becomes a floating-point number as the low bits of 2^mantissa.
  const auto exponent = hn::Or(hn::ShiftRight<F::kMantissaBits>(bits), hn::BitCast(du, hn::Set(d, kTwoToMantissa)));
  const V k = hn::Sub(hn::BitCast(d, exponent), hn::Set(d, kTwoToMantissa + F::kBias));

  const V infinity = hn::Set(d, Limits::infinity());
  const V result = hn::IfThenElse(hn::Lt(x, infinity), log_near_one(d, f, k), x);  // inf and NaN are their own
  const V zero_or_less = hn::IfThenElse(hn::Lt(x, hn::Zero(d)), hn::Set(d, Limits::quiet_NaN()), hn::Neg(infinity));
  return hn::IfThenElse(hn::Lt(x, hn::Set(d, Limits::min())), zero_or_less, result);
}

/// log(1 + u) for u between 0 and 1.
template <class D, class V = hn::VFromD<D>>
HWY_INLINE V log1p_of_unit(D d, V u) {
  using T = hn::TFromD<D>;
  const V one = hn::Set(d, T{1});
  const auto halve = hn::Gt(u, hn::Set(d, static_cast<T>(0.41421356237309505)));
  const V f = hn::IfThenElse(halve, hn::Mul(hn::Sub(u, one), hn::Set(d, T{0.5})), u);
  return log_near_one(d, f, hn::IfThenElseZero(halve, one));
}

/// max(x, 0) without losing NaN.
template <class D, class V = hn::VFromD<D>>
HWY_INLINE V positive_part(D d, V x) {
  return hn::IfThenZeroElse(hn::Lt(x, hn::Zero(d)), x);
}

/// 2 atan(tanh(x/2)). With e = e^-|x|, tanh(|x|/2) = (1 - e) / (1 + e) = tan(pi/4 - atan(e)): whichever of the two is
/// small goes through the polynomial.
template <class D, class V = hn::VFromD<D>>
HWY_INLINE V gudermannian(D d, V x) {
  using T = hn::TFromD<D>;
  using F = Format<T>;
  const V one = hn::Set(d, T{1}), two = hn::Set(d, T{2});
  const auto parts = exp_parts(d, hn::Neg(at_most(d, hn::Abs(x), 2 * F::kTanhMax)));
  const V scale = parts.scale(d);
  const V e = hn::MulAdd(scale, parts.fraction, scale);
  const V difference = hn::NegMulAdd(scale, parts.fraction, hn::Sub(one, scale));
  const auto far = hn::Lt(e, hn::Set(d, static_cast<T>(0.41421356237309505)));
  const V u = hn::IfThenElse(far, e, hn::Div(difference, hn::Add(one, e)));
  const V square = hn::Mul(u, u);
  const V angle = hn::MulAdd(hn::Mul(u, square), polynomial(d, square, F::kAtan), u);
  const V half_pi = hn::Set(d, static_cast<T>(1.5707963267948966));
  return hn::CopySign(hn::IfThenElse(far, hn::NegMulAdd(two, angle, half_pi), hn::Mul(two, angle)), x);
}

template <class D, class V = hn::VFromD<D>>
HWY_INLINE V softplus(D d, V x) {
  return hn::Add(positive_part(d, x), log1p_of_unit(d, exp_of_negative(d, hn::Neg(hn::Abs(x)))));
}

/// e = e^-|z| and r = 1 / (1 + e), which cannot overflow: sigmoid is r or e r, its slope e r² on both sides.
template <class V>
struct Logistic {
  V e, r;

  template <class D>
  static HWY_INLINE Logistic of(D d, V z) {
    const V one = hn::Set(d, hn::TFromD<D>{1});
    const V e = exp_of_negative(d, hn::Neg(hn::Abs(z)));
    return {e, hn::Div(one, hn::Add(one, e))};
  }
  [[nodiscard]] HWY_INLINE V slope() const { return hn::Mul(hn::Mul(e, r), r); }
  /// tanh(|z|/2)
  template <class D>
  [[nodiscard]] HWY_INLINE V lean(D d) const {
    return hn::Mul(hn::Sub(hn::Set(d, hn::TFromD<D>{1}), e), r);
  }
};

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#endif
