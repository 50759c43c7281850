// The hidden units: value, slope and curve side by side, and the one list that every table of units is made from.
// A new unit is a struct here and its place in AllUnits.
#if defined(FFWD_KERNELS_UNITS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef FFWD_KERNELS_UNITS_INL_H
#undef FFWD_KERNELS_UNITS_INL_H
#else
#define FFWD_KERNELS_UNITS_INL_H
#endif

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
  std::string_view parameter = "";
  double default_parameter = 0;
};

// value(d, z) is the unit; slope(d, s) its derivative, where s is the unit's output if slope_from_output, else z;
// curve(d, z) its second derivative, left out where that is 0 at every z. A unit with a parameter takes it as third
// argument. Padding is multiplied by slope(0) and curve(0), which must be finite.

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
  static constexpr UnitFacts kFacts{"leaky_relu", "z > 0 ? z : slope z", InitRule::kHe, true, "slope", 0.01};
  template <class D, class V>
  static HWY_INLINE V value(D d, V z, V leak) {
    return hn::IfThenElse(hn::Gt(z, hn::Zero(d)), z, hn::Mul(z, leak));
  }
  template <class D, class V>
  static HWY_INLINE V slope(D d, V a, V leak) {
    return hn::IfThenElse(hn::Gt(a, hn::Zero(d)), hn::Set(d, hn::TFromD<D>{1}), leak);
  }
};

/// Clevert, Unterthiner & Hochreiter (2016). Left of zero the slope is the output plus alpha.
struct Elu {
  static constexpr UnitFacts kFacts{"elu", "z > 0 ? z : alpha (exp(z) - 1)", InitRule::kHe, true, "alpha", 1};
  template <class D, class V>
  static HWY_INLINE V value(D d, V z, V alpha) {
    return hn::IfThenElse(hn::Gt(z, hn::Zero(d)), z, hn::Mul(alpha, expm1_of_negative(d, hn::Neg(hn::Abs(z)))));
  }
  template <class D, class V>
  static HWY_INLINE V slope(D d, V a, V alpha) {
    return hn::IfThenElse(hn::Gt(a, hn::Zero(d)), hn::Set(d, hn::TFromD<D>{1}), hn::Add(a, alpha));
  }
  template <class D, class V>
  static HWY_INLINE V curve(D d, V z, V alpha) {
    const V e = exp_of_negative(d, hn::Neg(hn::Abs(z)));
    return hn::IfThenZeroElse(hn::Gt(z, hn::Zero(d)), hn::Mul(alpha, e));
  }
};

/// Klambauer, Unterthiner, Mayr & Hochreiter (2017): elu whose constants keep mean 0 and variance 1 from layer to
/// layer.
struct Selu {
  static constexpr UnitFacts kFacts{"selu", "1.0507 (z > 0 ? z : 1.67326 (exp(z) - 1))", InitRule::kLecun, true};
  template <class D>
  static HWY_INLINE auto right(D d) {
    return hn::Set(d, static_cast<hn::TFromD<D>>(1.0507009873554805));
  }
  template <class D>
  static HWY_INLINE auto left(D d) {
    return hn::Set(d, static_cast<hn::TFromD<D>>(1.0507009873554805 * 1.6732632423543772));
  }
  template <class D, class V>
  static HWY_INLINE V value(D d, V z) {
    const V below = hn::Mul(left(d), expm1_of_negative(d, hn::Neg(hn::Abs(z))));
    return hn::IfThenElse(hn::Gt(z, hn::Zero(d)), hn::Mul(right(d), z), below);
  }
  template <class D, class V>
  static HWY_INLINE V slope(D d, V a) {
    return hn::IfThenElse(hn::Gt(a, hn::Zero(d)), right(d), hn::Add(a, left(d)));
  }
  template <class D, class V>
  static HWY_INLINE V curve(D d, V z) {
    return Elu::curve(d, z, left(d));
  }
};

struct AbsoluteValue {
  static constexpr UnitFacts kFacts{"abs", "|z|", InitRule::kGlorot, false};
  template <class D, class V>
  static HWY_INLINE V value(D, V z) {
    return hn::Abs(z);
  }
  // 0 at z = 0.
  template <class D, class V>
  static HWY_INLINE V slope(D d, V z) {
    return hn::IfThenElseZero(hn::Ne(z, hn::Zero(d)), hn::CopySign(hn::Set(d, hn::TFromD<D>{1}), z));
  }
};

/// 1 at z = 0. Its slope is 0 wherever it has one: no gradient passes.
struct Heaviside {
  static constexpr UnitFacts kFacts{"heaviside", "z >= 0 ? 1 : 0", InitRule::kGlorot, true};
  template <class D, class V>
  static HWY_INLINE V value(D d, V z) {
    return threshold(d, z);
  }
  template <class D, class V>
  static HWY_INLINE V slope(D d, V) {
    return hn::Zero(d);
  }
};

struct HardTanh {
  static constexpr UnitFacts kFacts{"hard_tanh", "max(-1, min(1, z))", InitRule::kGlorot, true};
  template <class D, class V>
  static HWY_INLINE V value(D d, V z) {
    return at_least(d, at_most(d, z, hn::TFromD<D>{1}), hn::TFromD<D>{-1});
  }
  // 0 at -1 and 1.
  template <class D, class V>
  static HWY_INLINE V slope(D d, V a) {
    const V one = hn::Set(d, hn::TFromD<D>{1});
    return hn::IfThenElseZero(hn::Lt(hn::Abs(a), one), one);
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
  template <class D, class V>
  static HWY_INLINE V curve(D d, V z) {
    const V a = tanh(d, z);
    return hn::Mul(hn::Mul(a, slope(d, a)), hn::Set(d, hn::TFromD<D>{-2}));
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
  template <class D, class V>
  static HWY_INLINE V curve(D d, V z) {
    const auto s = Logistic<V>::of(d, z);
    return hn::Mul(s.slope(), hn::CopySign(s.lean(d), hn::Neg(z)));
  }
};

/// Its slope is sech(z) = 2 e / (1 + e²) with e = e^-|z|.
struct Gudermannian {
  static constexpr UnitFacts kFacts{"gudermannian", "2 atan(tanh(z / 2))", InitRule::kGlorot, false};
  template <class D, class V>
  static HWY_INLINE V value(D d, V z) {
    return gudermannian(d, z);
  }
  template <class D, class V>
  static HWY_INLINE V slope(D d, V z) {
    const V e = exp_of_negative(d, hn::Neg(hn::Abs(z)));
    return hn::Div(hn::Add(e, e), hn::MulAdd(e, e, hn::Set(d, hn::TFromD<D>{1})));
  }
  template <class D, class V>
  static HWY_INLINE V curve(D d, V z) {
    return hn::Neg(hn::Mul(slope(d, z), tanh(d, z)));
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
  template <class D, class V>
  static HWY_INLINE V curve(D d, V z) {
    return Logistic<V>::of(d, z).slope();
  }
};

/// Hendrycks & Gimpel (2016), with the exact distribution function. relu(z) - |z| Q(|z|), Q = 1 - Phi, has no
/// cancellation on either side.
struct Gelu {
  static constexpr UnitFacts kFacts{"gelu", "z (1 + erf(z / sqrt(2))) / 2", InitRule::kHe, false};
  static constexpr double kDensity = 0.39894228040143268;  // 1 / sqrt(2 pi)
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
    const V factor = hn::Set(d, static_cast<T>(kDensity));
    const V left = hn::Mul(tail.density, hn::NegMulAdd(tail.a, factor, tail.ratio));
    return hn::IfThenElse(hn::Lt(z, hn::Zero(d)), left, hn::Sub(hn::Set(d, T{1}), left));
  }
  // phi(z) (2 - z²)
  template <class D, class V>
  static HWY_INLINE V curve(D d, V z) {
    using T = hn::TFromD<D>;
    const V a = at_most(d, hn::Abs(z), ErfFit<T>::kTailMax);
    const V density = hn::Mul(exp_of_minus_square(d, a, T{0.5}), hn::Set(d, static_cast<T>(kDensity)));
    return hn::Mul(density, hn::NegMulAdd(a, a, hn::Set(d, T{2})));
  }
};

/// Elfwing, Uchibe & Doya (2018).
struct Silu {
  static constexpr UnitFacts kFacts{"silu", "z / (1 + exp(-z))", InitRule::kHe, false};
  template <class D, class V>
  static HWY_INLINE V value(D d, V z) {
    return hn::Mul(z, sigmoid(d, z));
  }
  // s + z s (1 - s) with s = sigmoid(z)
  template <class D, class V>
  static HWY_INLINE V slope(D d, V z) {
    const auto s = Logistic<V>::of(d, z);
    const V small = hn::Mul(s.e, s.r);
    return hn::MulAdd(z, hn::Mul(small, s.r), hn::IfThenElse(hn::Lt(z, hn::Zero(d)), small, s.r));
  }
  // s (1 - s) (2 + z (1 - 2 s)), 1 - 2 s = -tanh(z/2)
  template <class D, class V>
  static HWY_INLINE V curve(D d, V z) {
    const auto s = Logistic<V>::of(d, z);
    const V two = hn::Set(d, hn::TFromD<D>{2});
    const V bend = s.slope();
    return hn::NegMulAdd(hn::Mul(hn::Abs(z), bend), s.lean(d), hn::Mul(two, bend));
  }
};

/// Misra (2019), arXiv:1908.08681. With e = e^-|z|, t = tanh(softplus(z)) is n / m, and nothing overflows:
/// n = e (e + 2), m = n + 2 left of zero; n = 1 + 2 e, m = n + 2 e² right of it.
struct Mish {
  static constexpr UnitFacts kFacts{"mish", "z tanh(log(1 + exp(z)))", InitRule::kHe, false};

  template <class V>
  struct Parts {
    V e, t, inverse;  ///< inverse = 1 / m
    V rise;           ///< dt/dz = 4 e (1 + e) / m², right of zero times e
  };
  template <class D, class V>
  static HWY_INLINE Parts<V> parts(D d, V z) {
    using T = hn::TFromD<D>;
    const V one = hn::Set(d, T{1}), two = hn::Set(d, T{2}), four = hn::Set(d, T{4});
    const auto left = hn::Lt(z, hn::Zero(d));
    const V e = exp_of_negative(d, hn::Neg(hn::Abs(z)));
    const V n = hn::IfThenElse(left, hn::Mul(e, hn::Add(e, two)), hn::MulAdd(two, e, one));
    const V m = hn::IfThenElse(left, hn::Add(n, two), hn::MulAdd(hn::Mul(two, e), e, n));
    const V inverse = hn::Div(one, m);
    const V side = hn::IfThenElse(left, e, hn::Mul(e, e));
    const V rise = hn::Mul(hn::Mul(four, side), hn::Mul(hn::Mul(hn::Add(one, e), inverse), inverse));
    return {e, hn::Div(n, m), inverse, rise};
  }
  template <class D, class V>
  static HWY_INLINE V value(D d, V z) {
    return hn::Mul(z, parts(d, z).t);
  }
  // t + z dt/dz
  template <class D, class V>
  static HWY_INLINE V slope(D d, V z) {
    const auto p = parts(d, z);
    return hn::MulAdd(z, p.rise, p.t);
  }
  // 2 dt/dz + z d²t/dz², where d²t/dz² = dt/dz q / ((1 + e) m), q = 2 + 2 e - 3 e² - 2 e³ left of zero and
  // 2 e³ + 2 e² - 3 e - 2 right of it.
  template <class D, class V>
  static HWY_INLINE V curve(D d, V z) {
    using T = hn::TFromD<D>;
    const V two = hn::Set(d, T{2}), three = hn::Set(d, T{3});
    const auto p = parts(d, z);
    const auto left = hn::Lt(z, hn::Zero(d));
    const V square = hn::Mul(p.e, p.e), sum = hn::MulAdd(two, p.e, two);  // 2 + 2 e
    const V q_left = hn::NegMulAdd(square, hn::MulAdd(two, p.e, three), sum);
    const V q_right = hn::Sub(hn::Mul(square, sum), hn::MulAdd(three, p.e, two));
    const V ratio = hn::Div(hn::Mul(two, p.inverse), sum);  // 1 / ((1 + e) m)
    const V change = hn::Mul(hn::Mul(p.rise, hn::IfThenElse(left, q_left, q_right)), ratio);
    return hn::MulAdd(z, change, hn::Mul(two, p.rise));
  }
};

template <class... Unit>
struct UnitList {};
using AllUnits = UnitList<Identity, Relu, LeakyRelu, Tanh, Sigmoid, Softplus, Gelu, Silu, Mish, Elu, Selu,
                          AbsoluteValue, HardTanh, Gudermannian, Heaviside>;

template <class Unit>
constexpr bool has_parameter() {
  return !Unit::kFacts.parameter.empty();
}
template <class Unit>
constexpr bool is_curved() {
  using D = Tag<float>;
  using V = hn::VFromD<D>;
  return requires(D d, V z) { Unit::curve(d, z); } || requires(D d, V z) { Unit::curve(d, z, z); };
}

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#endif
