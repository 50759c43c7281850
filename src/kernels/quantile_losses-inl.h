// Quantiles: the pinball loss of Koenker & Bassett (1978) on several levels of each target, column k·Q + q, either of
// columns as they are or of quantiles built so that they cannot cross. Lanes run over rows.
#if defined(FFWD_KERNELS_QUANTILE_LOSSES_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef FFWD_KERNELS_QUANTILE_LOSSES_INL_H
#undef FFWD_KERNELS_QUANTILE_LOSSES_INL_H
#else
#define FFWD_KERNELS_QUANTILE_LOSSES_INL_H
#endif

#include <algorithm>
#include <cassert>
#include <cstddef>

#include "kernels/block-inl.h"
#include "kernels/kernels.h"
#include "kernels/losses-inl.h"
#include "kernels/math-inl.h"
#include "kernels/paired_losses-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ffwd {
namespace HWY_NAMESPACE {

/// max(tau r, (tau - 1) r) with r = t - y, and its slope in y: -tau below the target, 1 - tau above it, 0 on it.
template <class V>
struct Pinball {
  V value, slope;

  template <class D>
  static HWY_INLINE Pinball at(D d, V y, V t, V tau) {
    const V zero = hn::Zero(d), rest = hn::Sub(tau, hn::Set(d, hn::TFromD<D>{1}));
    const V r = hn::Sub(t, y);
    const V side = hn::IfThenElse(hn::Lt(r, zero), rest, tau);
    return {hn::Mul(side, r), hn::IfThenElseZero(hn::Ne(r, zero), hn::Neg(side))};
  }
};

/// The columns of target k of a block of rows.
template <class T>
struct LevelBlock {
  const LossBatch<T>& b;
  std::size_t n, count, k;

  [[nodiscard]] ColumnBlock<T> column(const T* rows, std::size_t q) const {
    return {rows + n * b.ldy + k * b.n_levels + q, b.ldy, count};
  }
  void store(const T* from, T* rows, std::size_t q) const {
    scatter_column(from, count, rows + n * b.lddy + k * b.n_levels + q, b.lddy);
  }
};

/// Adds the terms of target k to `sums`; slopes[q] become the weighted slopes in the quantiles themselves. The
/// quantiles are the columns, or what they add up to.
template <bool kCumulative, class T>
void quantile_terms(const LevelBlock<T>& block, const T* factors, T* sums, T (*slopes)[kLanes<T>]) {
  const Tag<T> d;
  const LossBatch<T>& b = block.b;
  const bool has_holes = b.outputs > b.n_levels;
  const ColumnBlock<T> t(b.t + block.n * b.ldt + block.k, b.ldt, block.count);
  T quantiles[kLanes<T>] = {};
  for (std::size_t q = 0; q < b.n_levels; ++q) {
    const ColumnBlock<T> y = block.column(b.y, q);
    for (std::size_t i = 0; i < kLanes<T>; i += kVectorLanes<T>) {
      auto quantile = hn::LoadU(d, y.data() + i);
      if (kCumulative && q > 0) quantile = hn::Add(hn::LoadU(d, quantiles + i), softplus(d, quantile));
      hn::StoreU(quantile, d, quantiles + i);
      const auto target = hn::LoadU(d, t.data() + i);
      const auto term = Pinball<Vector<T>>::at(d, quantile, target, hn::Set(d, b.levels[q]));
      const auto counts = lanes_that_count(d, block.count - std::min(block.count, i), target, has_holes);
      hn::StoreU(hn::Add(hn::LoadU(d, sums + i), hn::IfThenElseZero(counts, term.value)), d, sums + i);
      const auto slope = hn::Mul(hn::LoadU(d, factors + i), term.slope);
      hn::StoreU(hn::IfThenElseZero(counts, slope), d, slopes[q] + i);
    }
  }
}

/// From slopes in the quantiles to dy and dy_dot. Quantile q is y_0 + Σ_(j = 1 … q) softplus(y_j), so column j moves
/// all quantiles from j on; the pinball loss itself bends nowhere, only softplus does.
template <class T>
void spread_slopes(const LevelBlock<T>& block, T (*slopes)[kLanes<T>]) {
  const Tag<T> d;
  const LossBatch<T>& b = block.b;
  T from_here[kLanes<T>] = {}, changes[kLanes<T>];
  for (std::size_t q = b.n_levels; q-- > 0;) {
    const ColumnBlock<T> y = block.column(b.y, q), y_dot = block.column(b.dy_dot ? b.y_dot : b.y, q);
    for (std::size_t i = 0; i < kLanes<T>; i += kVectorLanes<T>) {
      const auto total = hn::Add(hn::LoadU(d, from_here + i), hn::LoadU(d, slopes[q] + i));
      hn::StoreU(total, d, from_here + i);
      const auto z = hn::LoadU(d, y.data() + i);
      hn::StoreU(q > 0 ? hn::Mul(total, sigmoid(d, z)) : total, d, slopes[q] + i);
      const auto bend = q > 0 ? Logistic<Vector<T>>::of(d, z).slope() : hn::Zero(d);
      hn::StoreU(hn::Mul(hn::Mul(total, bend), hn::LoadU(d, y_dot.data() + i)), d, changes + i);
    }
    if (b.dy) block.store(slopes[q], b.dy, q);
    if (b.dy_dot) block.store(changes, b.dy_dot, q);
  }
}

template <class T>
void keep_slopes(const LevelBlock<T>& block, T (*slopes)[kLanes<T>]) {
  const LossBatch<T>& b = block.b;
  const T none[kLanes<T>] = {};
  for (std::size_t q = 0; q < b.n_levels; ++q) {
    if (b.dy) block.store(slopes[q], b.dy, q);
    if (b.dy_dot) block.store(none, b.dy_dot, q);
  }
}

template <bool kCumulative, class T>
void levels_loss(const LossBatch<T>& b) {
  assert(b.n_levels > 0 && b.n_levels <= kMaxLevels && b.outputs % b.n_levels == 0);
  const T divisor = row_divisor(b, b.outputs), share = T{1} / divisor;
  for (std::size_t n = 0; n < b.rows; n += kLanes<T>) {
    const std::size_t count = std::min(kLanes<T>, b.rows - n);
    const WeightBlock<T> weight(b, n, count);
    T factors[kLanes<T>], sums[kLanes<T>] = {}, slopes[kMaxLevels][kLanes<T>];
    for (std::size_t i = 0; i < kLanes<T>; ++i) factors[i] = b.scale * share * weight.data()[i];
    for (std::size_t k = 0; k < b.outputs / b.n_levels; ++k) {
      const LevelBlock<T> block{b, n, count, k};
      quantile_terms<kCumulative>(block, factors, sums, slopes);
      if (kCumulative) {
        spread_slopes(block, slopes);
      } else {
        keep_slopes(block, slopes);
      }
    }
    for (std::size_t i = 0; i < kLanes<T>; ++i) b.per_row[n + i] = sums[i] / divisor;
    if (b.dy) zero_padding(b.dy + n * b.lddy, count, b.outputs, b.lddy);
    if (b.dy_dot) zero_padding(b.dy_dot + n * b.lddy, count, b.outputs, b.lddy);
  }
}

template <class T>
void pinball_loss(const LossBatch<T>& b) {
  levels_loss<false>(b);
}
template <class T>
void quantile_loss(const LossBatch<T>& b) {
  levels_loss<true>(b);
}

template <class T>
void levels_of_outputs(const LinkBatch<T>& b) {
  for (std::size_t n = 0; n < b.rows; ++n) {
    for (std::size_t first = 0; first < b.outputs; first += b.n_levels) {
      T* const y = b.y + n * b.ldy + first;
      map_elements(y + 1, y + 1, b.n_levels - 1, [](auto v) HWY_ATTR { return softplus(Tag<T>(), v); });
      for (std::size_t q = 1; q < b.n_levels; ++q) y[q] += y[q - 1];
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#endif
