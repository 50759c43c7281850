// Likelihoods of two outputs for each target: location and logarithm of the spread, in the columns m_1 … m_K, s_1 …
// s_K. Lanes run over rows, target by target.
#if defined(FFWD_KERNELS_PAIRED_LOSSES_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef FFWD_KERNELS_PAIRED_LOSSES_INL_H
#undef FFWD_KERNELS_PAIRED_LOSSES_INL_H
#else
#define FFWD_KERNELS_PAIRED_LOSSES_INL_H
#endif

#include <algorithm>
#include <cstddef>

#include "kernels/block-inl.h"
#include "kernels/kernels.h"
#include "kernels/losses-inl.h"
#include "kernels/math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ffwd {
namespace HWY_NAMESPACE {

/// A term of location m and spread s, its gradient and its Hessian.
template <class V>
struct PairedTerm {
  V value, m, s, mm, ms, ss;
};

/// (s + u²)/2 with u = (m - t) e^(-s/2): half of s in the exponent lasts twice as long as all of it.
struct Gaussian {
  template <class D, class V>
  static HWY_INLINE PairedTerm<V> at(D d, V m, V s, V t, bool full) {
    using T = hn::TFromD<D>;
    const V half = hn::Set(d, T{0.5});
    const V h = exp(d, hn::Mul(s, hn::Set(d, T{-0.5})));
    const V u = hn::Mul(hn::Sub(m, t), h), square = hn::Mul(u, u);
    const V value = hn::Mul(half, hn::Add(s, square));
    const V constant = hn::Set(d, full ? static_cast<T>(0.91893853320467274) : T{0});  // log(2 pi)/2
    const V um = hn::Mul(u, h);
    return {hn::Add(value, constant), um, hn::NegMulAdd(half, square, half), hn::Mul(h, h), hn::Neg(um),
            hn::Mul(half, square)};
  }
  /// The standard deviation.
  template <class D, class V>
  static HWY_INLINE V spread(D d, V s) {
    return exp(d, hn::Mul(s, hn::Set(d, hn::TFromD<D>{0.5})));
  }
};

/// |m - t| e^-s + s; its slope in m is 0 at m = t.
struct Laplace {
  template <class D, class V>
  static HWY_INLINE PairedTerm<V> at(D d, V m, V s, V t, bool full) {
    using T = hn::TFromD<D>;
    const V error = hn::Sub(m, t), w = exp(d, hn::Neg(s)), u = hn::Mul(hn::Abs(error), w);
    const V constant = hn::Set(d, full ? static_cast<T>(0.69314718055994531) : T{0});  // log 2
    const V slope = hn::IfThenElseZero(hn::Ne(error, hn::Zero(d)), hn::CopySign(w, error));
    return {hn::Add(hn::Add(u, s), constant), slope, hn::Sub(hn::Set(d, T{1}), u), hn::Zero(d), hn::Neg(slope), u};
  }
  /// The standard deviation, sqrt(2) times the scale.
  template <class D, class V>
  static HWY_INLINE V spread(D d, V s) {
    return hn::Mul(exp(d, s), hn::Set(d, static_cast<hn::TFromD<D>>(1.4142135623730951)));
  }
};

/// One column of several of a block of rows, and of the padding of these rows.
template <class T>
void scatter_column(const T* from, std::size_t count, T* to, std::size_t stride) {
  for (std::size_t i = 0; i < count; ++i) to[i * stride] = from[i];
}
template <class T>
void zero_padding(T* rows, std::size_t count, std::size_t columns, std::size_t stride) {
  const std::size_t end = std::min(stride, padded<T>(columns));
  for (std::size_t i = 0; i < count; ++i) std::fill(rows + i * stride + columns, rows + i * stride + end, T{0});
}

/// The lanes whose terms count: with several targets, not those of holes.
template <class D, class V>
HWY_INLINE auto lanes_that_count(D d, std::size_t rows, V target, bool has_holes) {
  const auto there = first_lanes(d, rows);
  return has_holes ? hn::And(there, hn::Eq(target, target)) : there;
}

template <class TermOf, bool kTangent, class T>
void paired_block(const LossBatch<T>& b, std::size_t n, std::size_t count) {
  const Tag<T> d;
  const std::size_t targets = b.outputs / 2;
  const T divisor = row_divisor(b, targets), share = T{1} / divisor;
  const WeightBlock<T> weight(b, n, count);
  T sums[kLanes<T>] = {}, slope_m[kLanes<T>], slope_s[kLanes<T>], tangent_m[kLanes<T>], tangent_s[kLanes<T>];
  for (std::size_t k = 0; k < targets; ++k) {
    const T* const y = b.y + n * b.ldy + k;
    const T* const y_dot = kTangent ? b.y_dot + n * b.ldy + k : y;
    const ColumnBlock<T> m(y, b.ldy, count), s(y + targets, b.ldy, count), t(b.t + n * b.ldt + k, b.ldt, count);
    const ColumnBlock<T> m_dot(y_dot, b.ldy, count), s_dot(y_dot + targets, b.ldy, count);
    for (std::size_t i = 0; i < kLanes<T>; i += kVectorLanes<T>) {
      const auto target = hn::LoadU(d, t.data() + i);
      const auto term = TermOf::at(d, hn::LoadU(d, m.data() + i), hn::LoadU(d, s.data() + i), target, b.full);
      const auto counts = lanes_that_count(d, count - std::min(count, i), target, targets > 1);
      hn::StoreU(hn::Add(hn::LoadU(d, sums + i), hn::IfThenElseZero(counts, term.value)), d, sums + i);
      const auto factor = hn::Mul(hn::Set(d, b.scale * share), hn::LoadU(d, weight.data() + i));
      hn::StoreU(hn::IfThenElseZero(counts, hn::Mul(factor, term.m)), d, slope_m + i);
      hn::StoreU(hn::IfThenElseZero(counts, hn::Mul(factor, term.s)), d, slope_s + i);
      if constexpr (kTangent) {
        const auto dm = hn::LoadU(d, m_dot.data() + i), ds = hn::LoadU(d, s_dot.data() + i);
        const auto change_m = hn::MulAdd(term.mm, dm, hn::Mul(term.ms, ds));
        const auto change_s = hn::MulAdd(term.ms, dm, hn::Mul(term.ss, ds));
        hn::StoreU(hn::IfThenElseZero(counts, hn::Mul(factor, change_m)), d, tangent_m + i);
        hn::StoreU(hn::IfThenElseZero(counts, hn::Mul(factor, change_s)), d, tangent_s + i);
      }
    }
    if (b.dy) {
      scatter_column(slope_m, count, b.dy + n * b.lddy + k, b.lddy);
      scatter_column(slope_s, count, b.dy + n * b.lddy + targets + k, b.lddy);
    }
    if constexpr (kTangent) {
      scatter_column(tangent_m, count, b.dy_dot + n * b.lddy + k, b.lddy);
      scatter_column(tangent_s, count, b.dy_dot + n * b.lddy + targets + k, b.lddy);
    }
  }
  for (std::size_t i = 0; i < kLanes<T>; ++i) b.per_row[n + i] = sums[i] / divisor;
  if (b.dy) zero_padding(b.dy + n * b.lddy, count, b.outputs, b.lddy);
  if constexpr (kTangent) zero_padding(b.dy_dot + n * b.lddy, count, b.outputs, b.lddy);
}

template <class TermOf, class T>
void paired_loss(const LossBatch<T>& b) {
  for (std::size_t n = 0; n < b.rows; n += kLanes<T>) {
    const std::size_t count = std::min(kLanes<T>, b.rows - n);
    if (b.dy_dot) {
      paired_block<TermOf, true>(b, n, count);
    } else {
      paired_block<TermOf, false>(b, n, count);
    }
  }
}

template <class TermOf, class T>
void spread_of_outputs(const LinkBatch<T>& b) {
  const std::size_t targets = b.outputs / 2;
  for (std::size_t n = 0; n < b.rows; ++n) {
    T* const s = b.y + n * b.ldy + targets;
    map_elements(s, s, targets, [](auto v) HWY_ATTR { return TermOf::spread(Tag<T>(), v); });
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#endif
