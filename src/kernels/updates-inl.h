// Rules that move the weights, and what else runs over whole vectors of parameters. Formulas: kernels.h. All of them
// keep the zeros of the padding.
#if defined(FFWD_KERNELS_UPDATES_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef FFWD_KERNELS_UPDATES_INL_H
#undef FFWD_KERNELS_UPDATES_INL_H
#else
#define FFWD_KERNELS_UPDATES_INL_H
#endif

#include <cassert>
#include <cstddef>

#include "kernels/block-inl.h"
#include "kernels/kernels.h"

HWY_BEFORE_NAMESPACE();
namespace ffwd {
namespace HWY_NAMESPACE {

/// w moved towards 0 by at most `by`, which is at least 0: exactly 0 where |w| <= by.
template <class D, class V>
HWY_INLINE V shrunk(D d, V w, V by) {
  return hn::Sub(w, hn::Min(hn::Max(w, hn::Sub(hn::Zero(d), by)), by));
}

/// `kPeak`: AMSGrad; `kShrink`: with a proximal step. Both are the same for all of a run, and no plain step pays.
template <bool kPeak, bool kShrink, class T>
void adam_loop(const AdamUpdate<T>& u) {
  const Tag<T> d;
  const auto beta1 = hn::Set(d, u.beta1), rest1 = hn::Set(d, u.rest1), beta2 = hn::Set(d, u.beta2);
  const auto rest2 = hn::Set(d, u.rest2), step = hn::Set(d, u.step), root = hn::Set(d, u.root);
  const auto epsilon = hn::Set(d, u.epsilon), keep = hn::Set(d, u.keep), shrink = hn::Set(d, u.shrink);
  for (std::size_t i = 0; i < u.n; i += kVectorLanes<T>) {
    const auto g = hn::Load(d, u.g + i);
    const auto m = hn::MulAdd(rest1, g, hn::Mul(beta1, hn::Load(d, u.m + i)));
    auto v = hn::MulAdd(hn::Mul(rest2, g), g, hn::Mul(beta2, hn::Load(d, u.v + i)));
    auto w = hn::Mul(keep, hn::Load(d, u.w + i));
    hn::Store(m, d, u.m + i);
    hn::Store(v, d, u.v + i);
    if constexpr (kPeak) {
      v = hn::Max(v, hn::Load(d, u.peak + i));
      hn::Store(v, d, u.peak + i);
    }
    const auto scale = hn::MulAdd(hn::Sqrt(v), root, epsilon);
    w = hn::NegMulAdd(step, hn::Div(m, scale), w);
    if constexpr (kShrink) w = shrunk(d, w, hn::Div(shrink, scale));
    hn::Store(w, d, u.w + i);
  }
}

template <class T>
void adam(const AdamUpdate<T>& u) {
  assert(u.n % kLanes<T> == 0);
  const bool shrinks = u.shrink > 0;
  if (u.peak) {
    shrinks ? adam_loop<true, true>(u) : adam_loop<true, false>(u);
  } else {
    shrinks ? adam_loop<false, true>(u) : adam_loop<false, false>(u);
  }
}

/// `kMomentum`, `kNesterov` and `kShrink` are the same for all of a run.
template <bool kMomentum, bool kNesterov, bool kShrink, class T>
void sgd_loop(const SgdUpdate<T>& u) {
  const Tag<T> d;
  const auto mu = hn::Set(d, u.momentum), step = hn::Set(d, u.rate), keep = hn::Set(d, u.keep);
  const auto shrink = hn::Set(d, u.shrink);
  const std::size_t n = u.n;
  T *const weights = u.w, *const velocities = u.v;
  const T* const gradients = u.g;
  for (std::size_t i = 0; i < n; i += kVectorLanes<T>) {
    const auto gradient = hn::Load(d, gradients + i);
    auto direction = gradient;
    if constexpr (kMomentum) {
      const auto velocity = hn::MulAdd(mu, hn::Load(d, velocities + i), gradient);
      hn::Store(velocity, d, velocities + i);
      direction = kNesterov ? hn::MulAdd(mu, velocity, gradient) : velocity;
    }
    auto w = hn::NegMulAdd(step, direction, hn::Mul(keep, hn::Load(d, weights + i)));
    if constexpr (kShrink) w = shrunk(d, w, shrink);
    hn::Store(w, d, weights + i);
  }
}

template <class T>
void sgd(const SgdUpdate<T>& u) {
  assert(u.n % kLanes<T> == 0 && (u.v || u.momentum == 0));
  using Loop = void (*)(const SgdUpdate<T>&);
  static constexpr Loop kLoops[] = {&sgd_loop<false, false, false, T>, &sgd_loop<false, false, true, T>,
                                    &sgd_loop<true, false, false, T>,  &sgd_loop<true, false, true, T>,
                                    &sgd_loop<true, true, false, T>,   &sgd_loop<true, true, true, T>};
  const int rule = u.v ? (u.nesterov ? 2 : 1) : 0;
  kLoops[2 * rule + (u.shrink > 0 ? 1 : 0)](u);
}

template <class T>
void adagrad(const AdagradUpdate<T>& u) {
  assert(u.n % kLanes<T> == 0);
  const Tag<T> d;
  const auto step = hn::Set(d, u.rate), epsilon = hn::Set(d, u.epsilon), shrink = hn::Set(d, u.shrink);
  for (std::size_t i = 0; i < u.n; i += kVectorLanes<T>) {
    const auto g = hn::Load(d, u.g + i);
    const auto s = hn::MulAdd(g, g, hn::Load(d, u.s + i));
    hn::Store(s, d, u.s + i);
    const auto scale = hn::Add(hn::Sqrt(s), epsilon);
    auto w = hn::NegMulAdd(step, hn::Div(g, scale), hn::Load(d, u.w + i));
    if (u.shrink > 0) w = shrunk(d, w, hn::Div(shrink, scale));
    hn::Store(w, d, u.w + i);
  }
}

template <class T>
void rmsprop(const RmspropUpdate<T>& u) {
  assert(u.n % kLanes<T> == 0);
  const Tag<T> d;
  const auto decay = hn::Set(d, u.decay), rest = hn::Set(d, u.rest), mu = hn::Set(d, u.momentum);
  const auto step = hn::Set(d, u.rate), epsilon = hn::Set(d, u.epsilon), shrink = hn::Set(d, u.shrink);
  for (std::size_t i = 0; i < u.n; i += kVectorLanes<T>) {
    const auto g = hn::Load(d, u.g + i);
    auto s = hn::MulAdd(hn::Mul(rest, g), g, hn::Mul(decay, hn::Load(d, u.s + i)));
    hn::Store(s, d, u.s + i);
    if (u.m) {
      const auto m = hn::MulAdd(rest, g, hn::Mul(decay, hn::Load(d, u.m + i)));
      hn::Store(m, d, u.m + i);
      s = hn::Max(hn::NegMulAdd(m, m, s), hn::Zero(d));  // a variance; rounding may leave it below 0
    }
    const auto scale = hn::Add(hn::Sqrt(s), epsilon);
    auto direction = hn::Div(g, scale);
    if (u.v) {
      direction = hn::MulAdd(mu, hn::Load(d, u.v + i), direction);
      hn::Store(direction, d, u.v + i);
    }
    auto w = hn::NegMulAdd(step, direction, hn::Load(d, u.w + i));
    if (u.shrink > 0) w = shrunk(d, w, hn::Div(shrink, scale));
    hn::Store(w, d, u.w + i);
  }
}

template <class T>
void add_scaled(std::size_t n, T a, const T* x, T* y) {
  assert(n % kLanes<T> == 0);
  const Tag<T> d;
  const auto factor = hn::Set(d, a);
  for (std::size_t i = 0; i < n; i += kVectorLanes<T>) {
    hn::Store(hn::MulAdd(factor, hn::Load(d, x + i), hn::Load(d, y + i)), d, y + i);
  }
}

template <class T>
void scale(std::size_t n, T a, T* x) {
  assert(n % kLanes<T> == 0);
  const Tag<T> d;
  const auto factor = hn::Set(d, a);
  for (std::size_t i = 0; i < n; i += kVectorLanes<T>) hn::Store(hn::Mul(factor, hn::Load(d, x + i)), d, x + i);
}

template <class T>
void move_towards(std::size_t n, T a, const T* x, T* y) {
  assert(n % kLanes<T> == 0);
  const Tag<T> d;
  const auto share = hn::Set(d, a);
  for (std::size_t i = 0; i < n; i += kVectorLanes<T>) {
    const auto from = hn::Load(d, y + i);
    hn::Store(hn::MulAdd(share, hn::Sub(hn::Load(d, x + i), from), from), d, y + i);
  }
}

template <class T>
void add_sign(std::size_t n, T a, const T* x, T* y) {
  assert(n % kLanes<T> == 0);
  const Tag<T> d;
  const auto factor = hn::Set(d, a);
  for (std::size_t i = 0; i < n; i += kVectorLanes<T>) {
    const auto value = hn::Load(d, x + i);
    const auto signed_factor = hn::IfThenElseZero(hn::Ne(value, hn::Zero(d)), hn::CopySign(factor, value));
    hn::Store(hn::Add(hn::Load(d, y + i), signed_factor), d, y + i);
  }
}

template <class D>
HWY_INLINE hn::VFromD<D> load_as_double(D d, const double* x) {
  return hn::LoadU(d, x);
}
template <class D>
HWY_INLINE hn::VFromD<D> load_as_double(D d, const float* x) {
  return hn::PromoteTo(d, hn::LoadU(hn::Rebind<float, D>(), x));
}

/// Σ f(x, y) on one block of doubles, block after block.
template <class T, class F>
double sum_of_pairs(std::size_t n, const T* x, const T* y, const F& add) {
  assert(n % kLanes<T> == 0);
  const Tag<double> d;
  auto sum = filled_block(0.0);
  for (std::size_t i = 0; i < n; i += kLanes<double>) {
    unroll<kBlockVectors<double>>([&](auto v) HWY_ATTR {
      const std::size_t at = i + v * kVectorLanes<double>;
      sum.v[v] = add(load_as_double(d, x + at), load_as_double(d, y + at), sum.v[v]);
    });
  }
  return tree_sum(sum);
}

template <class T>
double weighted_sum(std::size_t n, const T* x, const T* w) {
  const Tag<double> d;
  constexpr std::size_t kBlock = kLanes<double>;
  double tail = 0;
  const std::size_t whole = n / kBlock * kBlock;
  for (std::size_t i = whole; i < n; ++i) tail += static_cast<double>(x[i]) * (w ? static_cast<double>(w[i]) : 1.0);
  if (whole == 0) return tail;
  auto sum = filled_block(0.0);
  for (std::size_t i = 0; i < whole; i += kBlock) {
    unroll<kBlockVectors<double>>([&](auto v) HWY_ATTR {
      const std::size_t at = i + v * kVectorLanes<double>;
      const auto value = load_as_double(d, x + at);
      sum.v[v] = w ? hn::MulAdd(value, load_as_double(d, w + at), sum.v[v]) : hn::Add(value, sum.v[v]);
    });
  }
  return tree_sum(sum) + tail;
}

template <class T>
double sum_of_squares(std::size_t n, const T* x) {
  return sum_of_pairs(n, x, x, [](auto a, auto b, auto sum) HWY_ATTR { return hn::MulAdd(a, b, sum); });
}

template <class T>
double dot(std::size_t n, const T* x, const T* y) {
  return sum_of_pairs(n, x, y, [](auto a, auto b, auto sum) HWY_ATTR { return hn::MulAdd(a, b, sum); });
}

template <class T>
double sum_of_magnitudes(std::size_t n, const T* x) {
  return sum_of_pairs(n, x, x, [](auto a, auto, auto sum) HWY_ATTR { return hn::Add(sum, hn::Abs(a)); });
}

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#endif
