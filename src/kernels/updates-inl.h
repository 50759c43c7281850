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

template <class T>
void adam(const AdamUpdate<T>& u) {
  assert(u.n % kLanes<T> == 0);
  const Tag<T> d;
  const auto beta1 = hn::Set(d, u.beta1), rest1 = hn::Set(d, u.rest1), beta2 = hn::Set(d, u.beta2);
  const auto rest2 = hn::Set(d, u.rest2), step = hn::Set(d, u.step), root = hn::Set(d, u.root);
  const auto epsilon = hn::Set(d, u.epsilon), keep = hn::Set(d, u.keep);
  for (std::size_t i = 0; i < u.n; i += kVectorLanes<T>) {
    const auto g = hn::Load(d, u.g + i);
    const auto m = hn::MulAdd(rest1, g, hn::Mul(beta1, hn::Load(d, u.m + i)));
    const auto v = hn::MulAdd(hn::Mul(rest2, g), g, hn::Mul(beta2, hn::Load(d, u.v + i)));
    const auto w = hn::Mul(keep, hn::Load(d, u.w + i));
    hn::Store(m, d, u.m + i);
    hn::Store(v, d, u.v + i);
    const auto direction = hn::Div(m, hn::MulAdd(hn::Sqrt(v), root, epsilon));
    hn::Store(hn::NegMulAdd(step, direction, w), d, u.w + i);
  }
}

template <class T>
void sgd(std::size_t n, T* w, const T* g, T* v, T momentum, bool nesterov, T rate, T keep) {
  assert(n % kLanes<T> == 0 && (v || momentum == 0));
  const Tag<T> d;
  const auto mu = hn::Set(d, momentum), step = hn::Set(d, rate), kept = hn::Set(d, keep);
  for (std::size_t i = 0; i < n; i += kVectorLanes<T>) {
    const auto gradient = hn::Load(d, g + i);
    auto direction = gradient;
    if (v) {
      const auto velocity = hn::MulAdd(mu, hn::Load(d, v + i), gradient);
      hn::Store(velocity, d, v + i);
      direction = nesterov ? hn::MulAdd(mu, velocity, gradient) : velocity;
    }
    hn::Store(hn::NegMulAdd(step, direction, hn::Mul(kept, hn::Load(d, w + i))), d, w + i);
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

template <class D>
HWY_INLINE hn::VFromD<D> load_as_double(D d, const double* x) {
  return hn::Load(d, x);
}
template <class D>
HWY_INLINE hn::VFromD<D> load_as_double(D d, const float* x) {
  return hn::PromoteTo(d, hn::LoadU(hn::Rebind<float, D>(), x));
}

template <class T>
double sum_of_squares(std::size_t n, const T* x) {
  assert(n % kLanes<T> == 0);
  const Tag<double> d;
  auto sum = filled_block(0.0);
  for (std::size_t i = 0; i < n; i += kLanes<double>) {
    unroll<kBlockVectors<double>>([&](auto v) HWY_ATTR {
      const auto value = load_as_double(d, x + i + v * kVectorLanes<double>);
      sum.v[v] = hn::MulAdd(value, value, sum.v[v]);
    });
  }
  return tree_sum(sum);
}

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#endif
