// Categorical cross-entropy from logits, with smoothed labels or with probabilities as targets, and softmax.
#if defined(FFWD_KERNELS_CLASS_LOSSES_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef FFWD_KERNELS_CLASS_LOSSES_INL_H
#undef FFWD_KERNELS_CLASS_LOSSES_INL_H
#else
#define FFWD_KERNELS_CLASS_LOSSES_INL_H
#endif

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <limits>

#include "kernels/block-inl.h"
#include "kernels/kernels.h"
#include "kernels/losses-inl.h"
#include "kernels/math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ffwd {
namespace HWY_NAMESPACE {

template <class T>
T row_maximum(const T* y, std::size_t columns) {
  const Tag<T> d;
  const auto lowest = hn::Set(d, std::numeric_limits<T>::lowest());
  auto top = filled_block(std::numeric_limits<T>::lowest());
  for_vectors_of_row<T>(columns, [&](std::size_t c, auto there, std::size_t v) HWY_ATTR {
    top.v[v] = hn::Max(top.v[v], hn::IfThenElse(there, hn::LoadU(d, y + c), lowest));
  });
  return reduce_block(top, MaxLanesOf());
}

/// Σ_k exp(y_k - maximum), which is at least 1; the terms go to `terms` (zero in the padding) if that is not null.
template <class T>
T sum_of_exp(const T* y, std::size_t columns, T maximum, T* terms) {
  const Tag<T> d;
  auto sum = filled_block(T{0});
  for_vectors_of_row<T>(columns, [&](std::size_t c, auto there, std::size_t v) HWY_ATTR {
    const auto e = exp(d, hn::Sub(hn::LoadU(d, y + c), hn::Set(d, maximum)));
    const auto term = hn::IfThenElseZero(there, e);
    sum.v[v] = hn::Add(sum.v[v], term);
    if (terms) hn::StoreU(term, d, terms + c);
  });
  return tree_sum(sum);
}

template <class T>
void scale_row(T* y, std::size_t columns, T factor) {
  const Tag<T> d;
  for (std::size_t c = 0; c < columns; c += kVectorLanes<T>) {
    hn::StoreU(hn::Mul(hn::LoadU(d, y + c), hn::Set(d, factor)), d, y + c);
  }
}

/// The truth of a row as the loss sees it, t'_k = keep t_k + even: what of the loss depends on it, but the logarithm.
template <class T>
struct RowTruth {
  T gap;   ///< Σ_k t'_k (maximum - y_k)
  T mass;  ///< Σ_k t'_k
};

/// With a class index.
template <class T>
RowTruth<T> truth_of_index(const T* y, std::size_t columns, T maximum, std::size_t target, T keep, T even) {
  const Tag<T> d;
  T gap = keep * (maximum - y[target]);
  if (even > 0) {
    auto sum = filled_block(T{0});
    for_vectors_of_row<T>(columns, [&](std::size_t c, auto there, std::size_t v) HWY_ATTR {
      const auto below = hn::Sub(hn::Set(d, maximum), hn::LoadU(d, y + c));
      sum.v[v] = hn::Add(sum.v[v], hn::IfThenElseZero(there, below));
    });
    gap += even * tree_sum(sum);
  }
  return {gap, 1};
}

/// With a probability of each class.
template <class T>
RowTruth<T> truth_of_shares(const T* y, std::size_t columns, T maximum, const T* t, T keep, T even) {
  const Tag<T> d;
  auto gap = filled_block(T{0}), mass = filled_block(T{0});
  for_vectors_of_row<T>(columns, [&](std::size_t c, auto there, std::size_t v) HWY_ATTR {
    const auto share = hn::MulAdd(hn::Set(d, keep), hn::LoadU(d, t + c), hn::Set(d, even));
    const auto below = hn::Sub(hn::Set(d, maximum), hn::LoadU(d, y + c));
    mass.v[v] = hn::Add(mass.v[v], hn::IfThenElseZero(there, share));
    gap.v[v] = hn::Add(gap.v[v], hn::IfThenElseZero(there, hn::Mul(share, below)));
  });
  return {tree_sum(gap), tree_sum(mass)};
}

/// dy, which holds factor times the probabilities, less factor times the truth.
template <class T>
void subtract_truth(T* dy, std::size_t columns, const T* shares, T factor, T keep, T even) {
  const Tag<T> d;
  for_vectors_of_row<T>(columns, [&](std::size_t c, auto there, std::size_t) HWY_ATTR {
    auto truth = hn::Set(d, factor * even);
    if (shares) truth = hn::MulAdd(hn::Set(d, factor * keep), hn::LoadU(d, shares + c), truth);
    hn::StoreU(hn::Sub(hn::LoadU(d, dy + c), hn::IfThenElseZero(there, truth)), d, dy + c);
  });
}

/// to = factor (diag(p) - p pᵀ) y_dot with p = softmax(y).
template <class T>
void softmax_tangent(const T* y, const T* y_dot, std::size_t columns, T maximum, T factor, T* to) {
  const Tag<T> d;
  const T sum = sum_of_exp(y, columns, maximum, to);
  auto along = filled_block(T{0});
  for_vectors_of_row<T>(columns, [&](std::size_t c, auto there, std::size_t v) HWY_ATTR {
    const auto part = hn::Mul(hn::LoadU(d, to + c), hn::LoadU(d, y_dot + c));
    along.v[v] = hn::Add(along.v[v], hn::IfThenElseZero(there, part));
  });
  const auto mean = hn::Set(d, tree_sum(along) / sum), share = hn::Set(d, factor / sum);
  for_vectors_of_row<T>(columns, [&](std::size_t c, auto there, std::size_t) HWY_ATTR {
    const auto change = hn::Mul(hn::Mul(share, hn::LoadU(d, to + c)), hn::Sub(hn::LoadU(d, y_dot + c), mean));
    hn::StoreU(hn::IfThenElseZero(there, change), d, to + c);
  });
}

/// l = mass log Σ_k exp(y_k - max) + Σ_k t'_k (max - y_k). The logarithms are taken for a block of rows at once.
template <class T>
void categorical_cross_entropy(const LossBatch<T>& b) {
  const Tag<T> d;
  const T keep = 1 - b.smoothing, even = b.smoothing / static_cast<T>(b.outputs);
  for (std::size_t first = 0; first < b.rows; first += kLanes<T>) {
    const std::size_t count = std::min(kLanes<T>, b.rows - first);
    T sums[kLanes<T>] = {}, gaps[kLanes<T>] = {}, masses[kLanes<T>] = {};
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t n = first + i;
      const T *const y = b.y + n * b.ldy, *const t = b.t + n * b.ldt;
      const std::size_t target = b.soft_targets ? 0 : static_cast<std::size_t>(*t);
      assert(target < b.outputs);
      T* const dy = b.dy ? b.dy + n * b.lddy : nullptr;
      const T maximum = row_maximum(y, b.outputs);
      const RowTruth<T> truth = b.soft_targets ? truth_of_shares(y, b.outputs, maximum, t, keep, even)
                                               : truth_of_index(y, b.outputs, maximum, target, keep, even);
      sums[i] = sum_of_exp(y, b.outputs, maximum, dy);
      gaps[i] = truth.gap;
      masses[i] = truth.mass;
      const T factor = row_factor(b, n);
      if (b.dy_dot) {
        T* const dy_dot = b.dy_dot + n * b.lddy;
        softmax_tangent(y, b.y_dot + n * b.ldy, b.outputs, maximum, factor * truth.mass, dy_dot);
      }
      if (!dy) continue;
      scale_row(dy, b.outputs, factor * truth.mass / sums[i]);
      if (b.soft_targets || even > 0) subtract_truth(dy, b.outputs, b.soft_targets ? t : nullptr, factor, keep, even);
      if (!b.soft_targets) dy[target] -= factor * keep;
    }
    for (std::size_t i = 0; i < kLanes<T>; i += kVectorLanes<T>) {
      const auto logarithm = hn::Mul(hn::LoadU(d, masses + i), log(d, hn::LoadU(d, sums + i)));
      const auto loss = hn::Add(logarithm, hn::LoadU(d, gaps + i));
      hn::StoreU(hn::IfThenElseZero(first_lanes(d, count - std::min(count, i)), loss), d, b.per_row + first + i);
    }
  }
}

template <class T>
void softmax_of_outputs(const LinkBatch<T>& b) {
  for (std::size_t n = 0; n < b.rows; ++n) {
    T* const y = b.y + n * b.ldy;
    if (b.outputs == 1) {
      *y = 1;
      continue;
    }
    const T sum = sum_of_exp(y, b.outputs, row_maximum(y, b.outputs), y);
    scale_row(y, b.outputs, T{1} / sum);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#endif
