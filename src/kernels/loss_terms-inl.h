// The terms of losses that compare one output with one target, each with its first and second derivative in the output.
#if defined(FFWD_KERNELS_LOSS_TERMS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef FFWD_KERNELS_LOSS_TERMS_INL_H
#undef FFWD_KERNELS_LOSS_TERMS_INL_H
#else
#define FFWD_KERNELS_LOSS_TERMS_INL_H
#endif

#include <array>

#include "kernels/block-inl.h"
#include "kernels/math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ffwd {
namespace HWY_NAMESPACE {

template <class V>
struct Term {
  V value, slope, curve;
};

template <class V>
struct TermOptions {
  V delta;
  bool full;
};

struct SquaredError {
  template <class D, class V>
  static HWY_INLINE Term<V> at(D d, V y, V t, const TermOptions<V>&) {
    const V error = hn::Sub(y, t);
    return {hn::Mul(error, error), hn::Add(error, error), hn::Set(d, hn::TFromD<D>{2})};
  }
};

struct HalfSquaredError {
  template <class D, class V>
  static HWY_INLINE Term<V> at(D d, V y, V t, const TermOptions<V>&) {
    const V error = hn::Sub(y, t), half = hn::Set(d, hn::TFromD<D>{0.5});
    return {hn::Mul(hn::Mul(error, half), error), error, hn::Set(d, hn::TFromD<D>{1})};
  }
};

struct AbsoluteError {
  template <class D, class V>
  static HWY_INLINE Term<V> at(D d, V y, V t, const TermOptions<V>&) {
    const V error = hn::Sub(y, t);
    const V sign = hn::CopySign(hn::Set(d, hn::TFromD<D>{1}), error);
    return {hn::Abs(error), hn::IfThenElseZero(hn::Ne(error, hn::Zero(d)), sign), hn::Zero(d)};
  }
};

struct Huber {
  template <class D, class V>
  static HWY_INLINE Term<V> at(D d, V y, V t, const TermOptions<V>& o) {
    const V half = hn::Set(d, hn::TFromD<D>{0.5});
    const V error = hn::Sub(y, t), size = hn::Abs(error);
    const auto near = hn::Le(size, o.delta);
    // (r - r/2) r and (r - delta/2) delta
    const V side = hn::IfThenElse(near, size, o.delta);
    return {hn::Mul(hn::NegMulAdd(half, side, size), side), hn::IfThenElse(near, error, hn::CopySign(o.delta, error)),
            hn::IfThenElseZero(near, hn::Set(d, hn::TFromD<D>{1}))};
  }
};

/// softplus(y) - t y with its slope sigmoid(y) - t, all from e^-|y|, which cannot overflow.
struct BinaryCrossEntropy {
  template <class D, class V>
  static HWY_INLINE Term<V> at(D d, V y, V t, const TermOptions<V>&) {
    const V one = hn::Set(d, hn::TFromD<D>{1});
    const V e = exp_of_negative(d, hn::Neg(hn::Abs(y)));
    const V value = hn::Add(hn::NegMulAdd(t, y, positive_part(d, y)), log1p_of_unit(d, e));
    const V probability = hn::Div(hn::IfThenElse(hn::Lt(y, hn::Zero(d)), e, one), hn::Add(one, e));
    return {value, hn::Sub(probability, t), Logistic<V>{e, hn::Div(one, hn::Add(one, e))}.slope()};
  }
};

/// y itself where it is on the wrong side of 0, which belongs to class 1: a slope that heaviside has not.
struct Perceptron {
  template <class D, class V>
  static HWY_INLINE Term<V> at(D d, V y, V t, const TermOptions<V>&) {
    const V slope = hn::Sub(threshold(d, y), t);
    return {hn::Mul(slope, y), slope, hn::Zero(d)};
  }
};

/// log t! = log Gamma(t + 1) for t >= 0, by Stirling's series at 9 or more, which it is brought to by
/// t! = (t + 8)! / ((t + 1) … (t + 8)). 0 for t = 0 and t = 1.
template <class D, class V>
HWY_INLINE V log_factorial(D d, V t) {
  using T = hn::TFromD<D>;
  static constexpr std::array kSeries = {static_cast<T>(1.0 / 12),   static_cast<T>(-1.0 / 360),
                                         static_cast<T>(1.0 / 1260), static_cast<T>(-1.0 / 1680),
                                         static_cast<T>(1.0 / 1188), static_cast<T>(-691.0 / 360360)};
  const V one = hn::Set(d, T{1});
  const auto small = hn::Lt(t, hn::Set(d, T{16}));
  V product = one;
  for (int i = 1; i <= 8; ++i) product = hn::Mul(product, hn::Add(t, hn::Set(d, static_cast<T>(i))));
  product = hn::IfThenElse(small, product, one);
  const V x = hn::Add(t, hn::IfThenElse(small, hn::Set(d, T{9}), one));
  const V inverse = hn::Div(one, x);
  const V series = hn::Mul(inverse, polynomial(d, hn::Mul(inverse, inverse), kSeries));
  const V half_log_two_pi = hn::Set(d, static_cast<T>(0.91893853320467274));
  const V main = hn::MulSub(hn::Sub(x, hn::Set(d, T{0.5})), log(d, x), x);
  const V result = hn::Add(hn::Sub(main, log(d, product)), hn::Add(half_log_two_pi, series));
  return hn::IfThenZeroElse(hn::Or(hn::Eq(t, hn::Zero(d)), hn::Eq(t, one)), result);
}

struct Poisson {
  template <class D, class V>
  static HWY_INLINE Term<V> at(D d, V y, V t, const TermOptions<V>& o) {
    const V rate = exp(d, y);
    const V value = hn::NegMulAdd(t, y, rate);
    return {o.full ? hn::Add(value, log_factorial(d, t)) : value, hn::Sub(rate, t), rate};
  }
};

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#endif
