// Losses on raw outputs with their gradients (LossBatch in kernels.h), and the predictions that belong to them.
//
// A single output is a column: lanes run over rows. Several outputs are rows of whole blocks: lanes run over outputs,
// and their sum is a block's (layout.h).
#if defined(FFWD_KERNELS_LOSSES_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef FFWD_KERNELS_LOSSES_INL_H
#undef FFWD_KERNELS_LOSSES_INL_H
#else
#define FFWD_KERNELS_LOSSES_INL_H
#endif

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <limits>

#include "kernels/block-inl.h"
#include "kernels/kernels.h"
#include "kernels/math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ffwd {
namespace HWY_NAMESPACE {

template <class V>
struct ValueAndSlope {
  V value, slope;
};

// at(d, y, t, delta): a term and its slope in y. Only huber has a use for delta.

struct SquaredError {
  template <class D, class V>
  static HWY_INLINE ValueAndSlope<V> at(D, V y, V t, V) {
    const V error = hn::Sub(y, t);
    return {hn::Mul(error, error), hn::Add(error, error)};
  }
};

struct AbsoluteError {
  template <class D, class V>
  static HWY_INLINE ValueAndSlope<V> at(D d, V y, V t, V) {
    const V error = hn::Sub(y, t);
    const V sign = hn::CopySign(hn::Set(d, hn::TFromD<D>{1}), error);
    return {hn::Abs(error), hn::IfThenElseZero(hn::Ne(error, hn::Zero(d)), sign)};
  }
};

struct Huber {
  template <class D, class V>
  static HWY_INLINE ValueAndSlope<V> at(D d, V y, V t, V delta) {
    const V half = hn::Set(d, hn::TFromD<D>{0.5});
    const V error = hn::Sub(y, t), size = hn::Abs(error);
    const auto near = hn::Le(size, delta);
    // (r - r/2) r and (r - delta/2) delta
    const V side = hn::IfThenElse(near, size, delta);
    return {hn::Mul(hn::NegMulAdd(half, side, size), side), hn::IfThenElse(near, error, hn::CopySign(delta, error))};
  }
};

/// softplus(y) - t y with its slope sigmoid(y) - t, all from e^-|y|, which cannot overflow.
struct BinaryCrossEntropy {
  template <class D, class V>
  static HWY_INLINE ValueAndSlope<V> at(D d, V y, V t, V) {
    const V one = hn::Set(d, hn::TFromD<D>{1});
    const V e = exp_of_negative(d, hn::Neg(hn::Abs(y)));
    const V value = hn::Add(hn::NegMulAdd(t, y, positive_part(d, y)), log1p_of_unit(d, e));
    const V probability = hn::Div(hn::IfThenElse(hn::Lt(y, hn::Zero(d)), e, one), hn::Add(one, e));
    return {value, hn::Sub(probability, t)};
  }
};

/// A block's worth of a column of any stride, as a pointer to contiguous numbers: the column itself where it can be,
/// else a copy filled up with zeros.
template <class T>
class ColumnBlock {
 public:
  ColumnBlock(const T* column, std::size_t stride, std::size_t count) {
    if (stride == 1 && count == kLanes<T>) {
      data_ = column;
      return;
    }
    std::fill(copy_ + count, copy_ + kLanes<T>, T{0});
    for (std::size_t i = 0; i < count; ++i) copy_[i] = column[i * stride];
    data_ = copy_;
  }
  ColumnBlock(const ColumnBlock&) = delete;
  ColumnBlock& operator=(const ColumnBlock&) = delete;
  [[nodiscard]] const T* data() const { return data_; }

 private:
  const T* data_;
  T copy_[kLanes<T>];
};

/// The column of dy: the numbers, and zeros to the end of the block where the stride has room for one.
template <class T>
void store_column(const T* from, std::size_t count, T* to, std::size_t stride) {
  if (stride == 1) {
    std::copy_n(from, count, to);
    return;
  }
  const std::size_t end = stride >= kLanes<T> ? kLanes<T> : 1;
  for (std::size_t i = 0; i < count; ++i, to += stride) {
    to[0] = from[i];
    std::fill(to + 1, to + end, T{0});
  }
}

template <class Loss, class T>
void column_loss(const LossBatch<T>& b) {
  const Tag<T> d;
  const auto delta = hn::Set(d, b.delta);
  static constexpr T kOne = 1;
  for (std::size_t n = 0; n < b.rows; n += kLanes<T>) {
    const std::size_t count = std::min(kLanes<T>, b.rows - n);
    const ColumnBlock<T> y(b.y + n * b.ldy, b.ldy, count), t(b.t + n * b.ldt, b.ldt, count);
    const ColumnBlock<T> weight(b.weight ? b.weight + n : &kOne, b.weight ? 1 : 0, count);
    T slopes[kLanes<T>];
    for (std::size_t i = 0; i < kLanes<T>; i += kVectorLanes<T>) {
      const auto loss = Loss::at(d, hn::LoadU(d, y.data() + i), hn::LoadU(d, t.data() + i), delta);
      const auto there = first_lanes(d, count - std::min(count, i));
      hn::StoreU(hn::IfThenElseZero(there, loss.value), d, b.per_row + n + i);
      const auto factor = hn::Mul(hn::Set(d, b.scale), hn::LoadU(d, weight.data() + i));
      hn::StoreU(hn::Mul(factor, loss.slope), d, slopes + i);
    }
    if (b.dy) store_column(slopes, count, b.dy + n * b.lddy, b.lddy);
  }
}

/// What a row's gradient is multiplied by.
template <class T>
T row_factor(const LossBatch<T>& b, std::size_t n) {
  return b.weight ? b.scale * b.weight[n] : b.scale;
}

/// body(c, there, v) for every vector of a row of `columns` padded to blocks: columns c..., of which the lanes `there`
/// exist; v is the vector's place in its block.
template <class T, class F>
HWY_INLINE void for_vectors_of_row(std::size_t columns, const F& body) {
  const Tag<T> d;
  for (std::size_t block = 0; block < columns; block += kLanes<T>) {
    for (std::size_t v = 0; v < kBlockVectors<T>; ++v) {
      const std::size_t c = block + v * kVectorLanes<T>;
      body(c, first_lanes(d, columns - std::min(columns, c)), v);
    }
  }
}

template <class Loss, class T>
void row_loss(const LossBatch<T>& b) {
  const Tag<T> d;
  const auto delta = hn::Set(d, b.delta);
  const T share = T{1} / static_cast<T>(b.outputs);
  for (std::size_t n = 0; n < b.rows; ++n) {
    const T *y = b.y + n * b.ldy, *t = b.t + n * b.ldt;
    T* const dy = b.dy ? b.dy + n * b.lddy : nullptr;
    const auto factor = hn::Set(d, row_factor(b, n) * share);
    auto sum = filled_block(T{0});
    for_vectors_of_row<T>(b.outputs, [&](std::size_t c, auto there, std::size_t v) HWY_ATTR {
      const auto target = hn::LoadU(d, t + c);
      const auto loss = Loss::at(d, hn::LoadU(d, y + c), target, delta);
      const auto counts = hn::And(there, hn::Eq(target, target));  // not a hole
      sum.v[v] = hn::Add(sum.v[v], hn::IfThenElseZero(counts, loss.value));
      if (dy) hn::StoreU(hn::IfThenElseZero(counts, hn::Mul(factor, loss.slope)), d, dy + c);
    });
    b.per_row[n] = tree_sum(sum) / static_cast<T>(b.outputs);
  }
}

template <class Loss, class T>
void elementwise_loss(const LossBatch<T>& b) {
  if (b.outputs == 1) return column_loss<Loss>(b);
  row_loss<Loss>(b);
}

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

/// l = log Σ_k exp(y_k - max) + (max - y_t). The logarithms are taken for a block of rows at once.
template <class T>
void categorical_cross_entropy(const LossBatch<T>& b) {
  const Tag<T> d;
  for (std::size_t first = 0; first < b.rows; first += kLanes<T>) {
    const std::size_t count = std::min(kLanes<T>, b.rows - first);
    T sums[kLanes<T>] = {}, gaps[kLanes<T>] = {};
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t n = first + i, target = static_cast<std::size_t>(b.t[n * b.ldt]);
      assert(target < b.outputs);
      const T* const y = b.y + n * b.ldy;
      T* const dy = b.dy ? b.dy + n * b.lddy : nullptr;
      const T maximum = row_maximum(y, b.outputs);
      sums[i] = sum_of_exp(y, b.outputs, maximum, dy);
      gaps[i] = maximum - y[target];
      if (!dy) continue;
      scale_row(dy, b.outputs, row_factor(b, n) / sums[i]);
      dy[target] -= row_factor(b, n);
    }
    for (std::size_t i = 0; i < kLanes<T>; i += kVectorLanes<T>) {
      const auto loss = hn::Add(log(d, hn::LoadU(d, sums + i)), hn::LoadU(d, gaps + i));
      hn::StoreU(hn::IfThenElseZero(first_lanes(d, count - std::min(count, i)), loss), d, b.per_row + first + i);
    }
  }
}

template <class T>
void sigmoid_of_outputs(T* y, std::size_t ldy, std::size_t rows, std::size_t outputs) {
  const Tag<T> d;
  if (ldy == 1) return map_elements(y, y, rows, [&](auto v) HWY_ATTR { return sigmoid(d, v); });
  for (std::size_t n = 0; n < rows; ++n) {
    for_vectors_of_row<T>(outputs, [&](std::size_t c, auto there, std::size_t) HWY_ATTR {
      const auto p = sigmoid(d, hn::LoadU(d, y + n * ldy + c));
      hn::StoreU(hn::IfThenElseZero(there, p), d, y + n * ldy + c);
    });
  }
}

template <class T>
void softmax_of_outputs(T* y, std::size_t ldy, std::size_t rows, std::size_t outputs) {
  for (std::size_t n = 0; n < rows; ++n, y += ldy) {
    if (outputs == 1) {
      *y = 1;
      continue;
    }
    const T sum = sum_of_exp(y, outputs, row_maximum(y, outputs), y);
    scale_row(y, outputs, T{1} / sum);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#endif
