// The hidden units: value and slope side by side, and the one list that every table of units is made from.
// A new unit is a struct here and its place in AllUnits.
#if defined(FFWD_KERNELS_UNITS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef FFWD_KERNELS_UNITS_INL_H
#undef FFWD_KERNELS_UNITS_INL_H
#else
#define FFWD_KERNELS_UNITS_INL_H
#endif

#include <cstddef>
#include <string_view>

#include "kernels/block-inl.h"
#include "kernels/erf-inl.h"
#include "kernels/math-inl.h"
#include "kernels/units.h"

HWY_BEFORE_NAMESPACE();
namespace ffwd {
namespace HWY_NAMESPACE {

/// A UnitRow but for its place in the list.
struct UnitFacts {
  std::string_view name, formula;
  InitRule init;
  bool slope_from_output;
};

// value(d, z) is the unit; slope(d, s) its derivative, where s is the unit's output if slope_from_output, else z.
// Padding is multiplied by slope(0), which must be finite.

/// Costs nothing: its entries in the tables of functions are null.
struct Identity {
  static constexpr UnitFacts kFacts{"identity", "z", InitRule::kGlorot, true};
};

struct Relu {
  static constexpr UnitFacts kFacts{"relu", "max(0, z)", InitRule::kHe, true};
  template <class D, class V>
  static HWY_INLINE V value(D d, V z) {
    return positive_part(d, z);
  }
  // Any slope in [0, 1] is a subgradient at z = 0; we take 0: no signal, no gradient.
  template <class D, class V>
  static HWY_INLINE V slope(D d, V a) {
    return hn::IfThenElseZero(hn::Gt(a, hn::Zero(d)), hn::Set(d, hn::TFromD<D>{1}));
  }
};

struct LeakyRelu {
  static constexpr UnitFacts kFacts{"leaky_relu", "z > 0 ? z : 0.01 z", InitRule::kHe, true};
  template <class D>
  static HWY_INLINE auto leak(D d) {
    return hn::Set(d, static_cast<hn::TFromD<D>>(0.01));
  }
  template <class D, class V>
  static HWY_INLINE V value(D d, V z) {
    return hn::IfThenElse(hn::Gt(z, hn::Zero(d)), z, hn::Mul(z, leak(d)));
  }
  template <class D, class V>
  static HWY_INLINE V slope(D d, V a) {
    return hn::IfThenElse(hn::Gt(a, hn::Zero(d)), hn::Set(d, hn::TFromD<D>{1}), leak(d));
  }
};

struct Tanh {
  static constexpr UnitFacts kFacts{"tanh", "tanh(z)", InitRule::kGlorot, true};
  template <class D, class V>
  static HWY_INLINE V value(D d, V z) {
    return tanh(d, z);
  }
  template <class D, class V>
  static HWY_INLINE V slope(D d, V a) {
    return hn::NegMulAdd(a, a, hn::Set(d, hn::TFromD<D>{1}));
  }
};

struct Sigmoid {
  static constexpr UnitFacts kFacts{"sigmoid", "1 / (1 + exp(-z))", InitRule::kGlorot, true};
  template <class D, class V>
  static HWY_INLINE V value(D d, V z) {
    return sigmoid(d, z);
  }
  template <class D, class V>
  static HWY_INLINE V slope(D d, V a) {
    return hn::Mul(a, hn::Sub(hn::Set(d, hn::TFromD<D>{1}), a));
  }
};

struct Softplus {
  static constexpr UnitFacts kFacts{"softplus", "log(1 + exp(z))", InitRule::kHe, false};
  template <class D, class V>
  static HWY_INLINE V value(D d, V z) {
    return softplus(d, z);
  }
  template <class D, class V>
  static HWY_INLINE V slope(D d, V z) {
    return sigmoid(d, z);
  }
};

/// Hendrycks & Gimpel (2016), with the exact distribution function. relu(z) - |z| Q(|z|), Q = 1 - Phi, has no
/// cancellation on either side.
struct Gelu {
  static constexpr UnitFacts kFacts{"gelu", "z (1 + erf(z / sqrt(2))) / 2", InitRule::kHe, false};
  template <class D, class V>
  static HWY_INLINE V value(D d, V z) {
    const auto tail = normal_tail(d, z);
    return hn::Sub(positive_part(d, z), hn::Mul(hn::Mul(tail.a, tail.ratio), tail.density));
  }
  // Phi(z) + z phi(z), from Q(|z|) - |z| phi(z).
  template <class D, class V>
  static HWY_INLINE V slope(D d, V z) {
    using T = hn::TFromD<D>;
    const auto tail = normal_tail(d, z);
    const V factor = hn::Set(d, static_cast<T>(0.39894228040143268));  // 1 / sqrt(2 pi)
    const V left = hn::Mul(tail.density, hn::NegMulAdd(tail.a, factor, tail.ratio));
    return hn::IfThenElse(hn::Lt(z, hn::Zero(d)), left, hn::Sub(hn::Set(d, T{1}), left));
  }
};

/// Elfwing, Uchibe & Doya (2018).
struct Silu {
  static constexpr UnitFacts kFacts{"silu", "z / (1 + exp(-z))", InitRule::kHe, false};
  template <class D, class V>
  static HWY_INLINE V value(D d, V z) {
    return hn::Mul(z, sigmoid(d, z));
  }
  // s + z s (1 - s) with s = sigmoid(z); s (1 - s) = e / (1 + e)² with e = e^-|z|, without cancellation.
  template <class D, class V>
  static HWY_INLINE V slope(D d, V z) {
    const V one = hn::Set(d, hn::TFromD<D>{1});
    const V e = exp_of_negative(d, hn::Neg(hn::Abs(z)));
    const V r = hn::Div(one, hn::Add(one, e));
    const V small = hn::Mul(e, r);
    return hn::MulAdd(z, hn::Mul(small, r), hn::IfThenElse(hn::Lt(z, hn::Zero(d)), small, r));
  }
};

template <class... Unit>
struct UnitList {};
using AllUnits = UnitList<Identity, Relu, LeakyRelu, Tanh, Sigmoid, Softplus, Gelu, Silu>;

/// As UnitValue (kernels.h) asks.
template <class Unit, class T>
void apply_unit(const T* z, std::size_t ldz, T* a, std::size_t lda, std::size_t rows, std::size_t columns) {
  const Tag<T> d;
  constexpr std::size_t kN = kVectorLanes<T>;
  if (columns == ldz && columns == lda) {  // without gaps between its rows a matrix is one long row
    columns *= rows;
    rows = rows > 0 ? 1 : 0;
  }
  for (std::size_t r = 0; r < rows; ++r, z += ldz, a += lda) {
    std::size_t c = 0;
    for (; c + kN <= columns; c += kN) hn::Store(Unit::value(d, hn::Load(d, z + c)), d, a + c);
    if (c < columns) {
      const auto value = Unit::value(d, hn::Load(d, z + c));
      hn::Store(hn::IfThenElseZero(first_lanes(d, columns - c), value), d, a + c);
      c += kN;
    }
    for (; c < padded<T>(columns); c += kN) hn::Store(hn::Zero(d), d, a + c);
  }
}

/// As UnitSlope (kernels.h) asks.
template <class Unit, class T>
void apply_slope(T* gradient, std::size_t ldd, const T* s, std::size_t lds, std::size_t rows, std::size_t columns) {
  const Tag<T> d;
  if (columns == ldd && columns == lds) {
    columns *= rows;
    rows = rows > 0 ? 1 : 0;
  }
  for (std::size_t r = 0; r < rows; ++r, gradient += ldd, s += lds) {
    for (std::size_t c = 0; c < columns; c += kVectorLanes<T>) {
      const auto slope = Unit::slope(d, hn::Load(d, s + c));
      hn::Store(hn::Mul(hn::Load(d, gradient + c), slope), d, gradient + c);
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#endif
