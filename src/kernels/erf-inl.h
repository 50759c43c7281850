// erf, and the tail of the normal distribution that gelu is made of: own polynomials like those of math-inl.h. Measured
// errors: docs/numerics.md.
//
// With r = 1 / (a + K), e^(a²) erfc(a) / r is a smooth function of q = 1 - 2 K r, which maps 0 … ∞ to -1 … 1: the
// substitution of Shepherd & Laframboise (1981), "Chebyshev approximation of (1 + 2x) exp(x²) erfc x in 0 <= x < ∞".
// Remez' exchange gave the polynomials of least relative error: 0.05 ulp in float, 0.43 in double. K is a compromise of
// their length and of what the rounding of q costs near a = 0.
#if defined(FFWD_KERNELS_ERF_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef FFWD_KERNELS_ERF_INL_H
#undef FFWD_KERNELS_ERF_INL_H
#else
#define FFWD_KERNELS_ERF_INL_H
#endif

#include <array>
#include <cstdint>

#include "kernels/block-inl.h"
#include "kernels/math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ffwd {
namespace HWY_NAMESPACE {

template <class T>
struct ErfFit;
template <>
struct ErfFit<float> {
  static constexpr std::uint32_t kUpperHalf = 0xfffff000;  // of a number: its square is exact
  static constexpr float kErfMax = 4, kTailMax = 13.25f;   // from here on erf rounds to 1, the tail to 0
  static constexpr float kK = 2;
  /// erf(x) / x - 1 in powers of x², |x| <= 1
  static constexpr std::array kNearZero = {0x1.06eba8p-3f, -0x1.81273ep-2f,  0x1.ce2cf8p-4f, -0x1.b7f910p-6f,
                                           0x1.5405bep-8f, -0x1.a3f71ep-11f, 0x1.496a12p-14f};
  /// (a + K) e^(a²) erfc(a) in powers of q, a <= 9.4
  static constexpr std::array kScaled = {0x1.058672p+0f,   -0x1.5fd388p-1f, 0x1.1e2ddcp-2f, -0x1.2a87a6p-5f,
                                         -0x1.605b82p-6f,  0x1.a85000p-8f,  0x1.919cfcp-9f, -0x1.b1b442p-11f,
                                         -0x1.36c100p-11f, 0x1.5a4a4ep-15f, 0x1.171cdcp-14f};
};
template <>
struct ErfFit<double> {
  static constexpr std::uint64_t kUpperHalf = 0xfffffffff8000000;
  static constexpr double kErfMax = 6, kTailMax = 37.75;
  static constexpr double kK = 2.5;
  static constexpr std::array kNearZero = {0x1.06eba8214db68p-3,   -0x1.812746b0379bdp-2,  0x1.ce2f21a040d21p-4,
                                           -0x1.b82ce311fab6fp-6,  0x1.565bccf92eaadp-8,   -0x1.c02db03e3cd72p-11,
                                           0x1.f9a2bab00ed8ep-14,  -0x1.f4ca4dbca9a02p-17, 0x1.b97fd5d5cea58p-20,
                                           -0x1.5c072df7c0e9ep-23, 0x1.d71b21cf3dcd1p-27,  -0x1.abae353b8c9f6p-31};
  /// a <= 27
  static constexpr std::array kScaled = {
      0x1.0dd50785280a5p+0,   -0x1.9bfb53c4039d7p-1, 0x1.d0cedcb8c8f28p-2,   -0x1.5eb8eba1dfd1dp-3,
      0x1.d0acf6923148dp-6,   0x1.1305f56554a66p-7,  -0x1.3bcdce4d73a32p-8,  -0x1.cc8b11eac9d39p-12,
      0x1.7069fafbb7f32p-11,  0x1.e91ef0ff5a137p-15, -0x1.d84dd2ebf865fp-14, -0x1.47b0c0f8b5695p-16,
      0x1.322c3bc8731f5p-16,  0x1.c5304e913be6ap-18, -0x1.3acc6e1b39c38p-19, -0x1.0712c22af8e7fp-19,
      0x1.24ee058ce30adp-26,  0x1.ddda66cb95126p-22, 0x1.e06f3649880f9p-24,  -0x1.25419f189e901p-24,
      -0x1.26faeab04dd38p-25, 0x1.490bc74854d3ep-28, 0x1.0beaa52a0466ap-28};
};

/// e^(-share a²) for share 1 or 1/2: the square is taken apart, as its rounding would cost a² ulp.
template <class D, class V = hn::VFromD<D>>
HWY_INLINE V exp_of_minus_square(D d, V a, hn::TFromD<D> share) {
  const hn::RebindToUnsigned<D> du;
  const V high = hn::BitCast(d, hn::And(hn::BitCast(du, a), hn::Set(du, ErfFit<hn::TFromD<D>>::kUpperHalf)));
  const V minus = hn::Set(d, -share);
  const V rest = hn::Mul(hn::Sub(a, high), hn::Add(a, high));
  return exp_of_negative(d, hn::Mul(minus, hn::Mul(high, high)), hn::Mul(minus, rest));
}

/// e^(a²) erfc(a) for a >= 0.
template <class D, class V = hn::VFromD<D>>
HWY_INLINE V scaled_erfc(D d, V a) {
  using T = hn::TFromD<D>;
  using Fit = ErfFit<T>;
  const V one = hn::Set(d, T{1});
  const V r = hn::Div(one, hn::Add(a, hn::Set(d, Fit::kK)));
  const V q = hn::NegMulAdd(r, hn::Set(d, 2 * Fit::kK), one);
  return hn::Mul(r, polynomial(d, q, Fit::kScaled));
}

template <class D, class V = hn::VFromD<D>>
HWY_INLINE V erf(D d, V x) {
  using T = hn::TFromD<D>;
  using Fit = ErfFit<T>;
  const V one = hn::Set(d, T{1});
  const V a = at_most(d, hn::Abs(x), Fit::kErfMax);
  const V near_zero = hn::MulAdd(a, polynomial(d, hn::Mul(a, a), Fit::kNearZero), a);
  const V far = hn::NegMulAdd(exp_of_minus_square(d, a, T{1}), scaled_erfc(d, a), one);
  return hn::CopySign(hn::IfThenElse(hn::Lt(a, one), near_zero, far), x);
}

/// For a = |z|: the tail Q(a) = 1 - Phi(a) of the normal distribution as `density` · `ratio`, where the density
/// e^(-a²/2) is short of its factor 1 / sqrt(2 pi). Far out a stops at kTailMax, where the density is zero.
template <class V>
struct NormalTail {
  V a, density, ratio;
};

template <class D, class V = hn::VFromD<D>>
HWY_INLINE NormalTail<V> normal_tail(D d, V z) {
  using T = hn::TFromD<D>;
  const V half = hn::Set(d, T{0.5});
  const V a = at_most(d, hn::Abs(z), ErfFit<T>::kTailMax);
  const V scaled = scaled_erfc(d, hn::Mul(a, hn::Set(d, static_cast<T>(0.70710678118654752))));
  return {a, exp_of_minus_square(d, a, T{0.5}), hn::Mul(scaled, half)};
}

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#endif
