// Distances of rows from centres, and what pulls the two together. Lanes run over the units: w is [inputs, units].
// Differences are taken before they are squared: ‖w‖² − 2 w·x + ‖x‖² would lose the digits of a short distance.
#if defined(FFWD_KERNELS_RBF_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef FFWD_KERNELS_RBF_INL_H
#undef FFWD_KERNELS_RBF_INL_H
#else
#define FFWD_KERNELS_RBF_INL_H
#endif

#include <cassert>
#include <cstddef>

#include "kernels/block-inl.h"
#include "kernels/kernels.h"

HWY_BEFORE_NAMESPACE();
namespace ffwd {
namespace HWY_NAMESPACE {

/// w[i, u...] − x[n, i]; either may be null, which is zero.
template <class T>
HWY_INLINE Vector<T> difference(const Centres<T>& c, const T* x, const T* w, std::size_t n, std::size_t i,
                                std::size_t u) {
  const Tag<T> d;
  const auto centre = w ? hn::Load(d, w + i * c.ld + u) : hn::Zero(d);
  return x ? hn::Sub(centre, hn::Set(d, x[n * c.ldx + i])) : centre;
}

template <class T>
void distances(const Centres<T>& c, const T* other_x, const T* other_w, T factor, T* out) {
  const Tag<T> d;
  const bool same = other_x == c.x && other_w == c.w;
  for (std::size_t n = 0; n < c.rows; ++n) {
    for (std::size_t u = 0; u < c.ld; u += kVectorLanes<T>) {
      auto sum = hn::Zero(d);
      for (std::size_t i = 0; i < c.inputs; ++i) {
        const auto one = difference(c, c.x, c.w, n, i, u);
        sum = hn::MulAdd(one, same ? one : difference(c, other_x, other_w, n, i, u), sum);
      }
      // Padding units stand at zero, at a distance that is not zero.
      const auto there = first_lanes(d, c.units - std::min(c.units, u));
      hn::Store(hn::IfThenElseZero(there, hn::Mul(hn::Set(d, factor), sum)), d, out + n * c.ld + u);
    }
  }
}

template <class T>
void pull_rows(const Centres<T>& c, const T* e, T factor, T* dx, std::size_t lddx, bool adds) {
  const Tag<T> d;
  for (std::size_t n = 0; n < c.rows; ++n) {
    for (std::size_t i = 0; i < c.inputs; ++i) {
      auto sum = filled_block(T{0});
      for (std::size_t u = 0; u < c.ld; u += kLanes<T>) {
        unroll<kBlockVectors<T>>([&](auto v) HWY_ATTR {
          const std::size_t at = u + v * kVectorLanes<T>;
          sum.v[v] = hn::NegMulAdd(hn::Load(d, e + n * c.ld + at), difference(c, c.x, c.w, n, i, at), sum.v[v]);
        });
      }
      T& to = dx[n * lddx + i];
      to = adds ? to + factor * tree_sum(sum) : factor * tree_sum(sum);
    }
    for (std::size_t i = c.inputs; i < lddx && !adds; ++i) dx[n * lddx + i] = 0;
  }
}

template <class T>
void pull_centres(const Centres<T>& c, const T* e, T factor, T* dw, bool adds) {
  const Tag<T> d;
  const auto f = hn::Set(d, factor);
  for (std::size_t i = 0; i < c.inputs; ++i) {
    for (std::size_t u = 0; u < c.ld; u += kVectorLanes<T>) {
      auto sum = hn::Zero(d);
      for (std::size_t n = 0; n < c.rows; ++n) {
        sum = hn::MulAdd(hn::Load(d, e + n * c.ld + u), difference(c, c.x, c.w, n, i, u), sum);
      }
      const auto before = adds ? hn::Load(d, dw + i * c.ld + u) : hn::Zero(d);
      hn::Store(hn::MulAdd(f, sum, before), d, dw + i * c.ld + u);
    }
  }
}

/// 1/σ², 2/σ³ and 6/σ⁴ of each unit; zero in the padding, whose σ is zero.
template <class T>
void rbf_factors(std::size_t units, const T* sigma, T* square, T* cube, T* fourth) {
  for (std::size_t u = 0; u < padded<T>(units); ++u) {
    const T inverse = u < units ? T{1} / sigma[u] : T{0};
    square[u] = inverse * inverse;
    cube[u] = 2 * square[u] * inverse;
    fourth[u] = 3 * cube[u] * inverse;
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#endif
