// The loops that apply a term to a matrix of raw outputs (LossBatch in kernels.h), and what other losses share of them.
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
#include <cstddef>

#include "kernels/block-inl.h"
#include "kernels/kernels.h"
#include "kernels/loss_terms-inl.h"
#include "kernels/math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ffwd {
namespace HWY_NAMESPACE {

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
    const Tag<T> d;
    unroll<kBlockVectors<T>>([&](auto v) HWY_ATTR { hn::StoreU(hn::Zero(d), d, copy_ + v * kVectorLanes<T>); });
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

/// The weights of `count` rows from row n on; 1 where there are none.
template <class T>
class WeightBlock : public ColumnBlock<T> {
 public:
  WeightBlock(const LossBatch<T>& b, std::size_t n, std::size_t count)
      : ColumnBlock<T>(b.weight ? b.weight + n : &kOne, b.weight ? 1 : 0, count) {}

 private:
  static constexpr T kOne = 1;
};

/// The column of dy: the numbers, and zeros to the end of the block where the stride has room for one.
template <class T>
HWY_INLINE void store_column(const T* from, std::size_t count, T* to, std::size_t stride) {
  const std::size_t end = stride >= kLanes<T> ? kLanes<T> : 1;
  for (std::size_t i = 0; i < count; ++i, to += stride) {
    to[0] = from[i];
    for (std::size_t c = 1; c < end; ++c) to[c] = 0;
  }
}

/// What the terms of a row are divided by.
template <class T>
T row_divisor(const LossBatch<T>& b, std::size_t n_terms) {
  return b.sum_outputs ? T{1} : static_cast<T>(n_terms);
}

/// A column that lies dense, of at least a vector's rows. The last vector overlaps the one before.
template <class TermOf, class T>
void dense_column_loss(const LossBatch<T>& b) {
  const Tag<T> d;
  const auto scale = hn::Set(d, b.scale);
  const TermOptions<Vector<T>> options{hn::Set(d, b.delta), b.full};
  const T *const y = b.y, *const t = b.t, *const weight = b.weight;
  T *const per_row = b.per_row, *const dy = b.dy;
  const std::size_t last = b.rows - kVectorLanes<T>;
  for (std::size_t n = 0;; n = std::min(n + kVectorLanes<T>, last)) {
    const auto term = TermOf::at(d, hn::LoadU(d, y + n), hn::LoadU(d, t + n), options);
    hn::StoreU(term.value, d, per_row + n);
    const auto factor = weight ? hn::Mul(scale, hn::LoadU(d, weight + n)) : scale;
    if (dy) hn::StoreU(hn::Mul(factor, term.slope), d, dy + n);
    if (n == last) return;
  }
}

/// A single row with a single output, which waits for nothing to be stored and read again.
template <class TermOf, class T>
void single_loss(const LossBatch<T>& b) {
  const Tag<T> d;
  const auto term =
      TermOf::at(d, hn::Set(d, *b.y), hn::Set(d, *b.t), TermOptions<Vector<T>>{hn::Set(d, b.delta), b.full});
  *b.per_row = hn::GetLane(term.value);
  const T factor = b.weight ? b.scale * *b.weight : b.scale;
  if (b.dy) *b.dy = factor * hn::GetLane(term.slope);
}

template <class TermOf, bool kTangent, class T>
void column_loss(const LossBatch<T>& b) {
  const Tag<T> d;
  const auto scale = hn::Set(d, b.scale);
  const TermOptions<Vector<T>> options{hn::Set(d, b.delta), b.full};
  for (std::size_t n = 0; n < b.rows; n += kLanes<T>) {
    const std::size_t count = std::min(kLanes<T>, b.rows - n);
    const ColumnBlock<T> y(b.y + n * b.ldy, b.ldy, count), t(b.t + n * b.ldt, b.ldt, count);
    const ColumnBlock<T> y_dot(kTangent ? b.y_dot + n * b.ldy : y.data(), kTangent ? b.ldy : 1,
                               kTangent ? count : kLanes<T>);  // without tangents nothing is copied
    T slopes[kLanes<T>], tangents[kLanes<T>];
    for (std::size_t i = 0; i < count; i += kVectorLanes<T>) {
      const auto term = TermOf::at(d, hn::LoadU(d, y.data() + i), hn::LoadU(d, t.data() + i), options);
      hn::StoreU(hn::IfThenElseZero(first_lanes(d, count - i), term.value), d, b.per_row + n + i);
      const auto factor = b.weight ? hn::Mul(scale, hn::LoadU(d, WeightBlock<T>(b, n, count).data() + i)) : scale;
      hn::StoreU(hn::Mul(factor, term.slope), d, slopes + i);
      if constexpr (kTangent) {
        hn::StoreU(hn::Mul(hn::Mul(factor, term.curve), hn::LoadU(d, y_dot.data() + i)), d, tangents + i);
      }
    }
    if (b.dy) store_column(slopes, count, b.dy + n * b.lddy, b.lddy);
    if constexpr (kTangent) store_column(tangents, count, b.dy_dot + n * b.lddy, b.lddy);
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

template <class TermOf, bool kTangent, class T>
void row_loss(const LossBatch<T>& b) {
  const Tag<T> d;
  const TermOptions<Vector<T>> options{hn::Set(d, b.delta), b.full};
  const T divisor = row_divisor(b, b.outputs), share = T{1} / divisor;
  for (std::size_t n = 0; n < b.rows; ++n) {
    const T *y = b.y + n * b.ldy, *t = b.t + n * b.ldt;
    T* const dy = b.dy ? b.dy + n * b.lddy : nullptr;
    const auto factor = hn::Set(d, row_factor(b, n) * share);
    auto sum = filled_block(T{0});
    for_vectors_of_row<T>(b.outputs, [&](std::size_t c, auto there, std::size_t v) HWY_ATTR {
      const auto target = hn::LoadU(d, t + c);
      const auto term = TermOf::at(d, hn::LoadU(d, y + c), target, options);
      const auto counts = hn::And(there, hn::Eq(target, target));  // not a hole
      sum.v[v] = hn::Add(sum.v[v], hn::IfThenElseZero(counts, term.value));
      if (dy) hn::StoreU(hn::IfThenElseZero(counts, hn::Mul(factor, term.slope)), d, dy + c);
      if constexpr (kTangent) {
        const auto change = hn::Mul(hn::Mul(factor, term.curve), hn::LoadU(d, b.y_dot + n * b.ldy + c));
        hn::StoreU(hn::IfThenElseZero(counts, change), d, b.dy_dot + n * b.lddy + c);
      }
    });
    b.per_row[n] = tree_sum(sum) / divisor;
  }
}

template <class TermOf, class T>
void elementwise_loss(const LossBatch<T>& b) {
  if (b.outputs == 1) {
    if (b.dy_dot) return column_loss<TermOf, true>(b);
    if (b.ldy > 1 || b.ldt > 1 || b.lddy > 1) return column_loss<TermOf, false>(b);
    if (b.rows == 1) return single_loss<TermOf>(b);
    return b.rows < kVectorLanes<T> ? column_loss<TermOf, false>(b) : dense_column_loss<TermOf>(b);
  }
  return b.dy_dot ? row_loss<TermOf, true>(b) : row_loss<TermOf, false>(b);
}

/// f over every output, padding left zero.
template <class T, class F>
HWY_INLINE void map_outputs(const LinkBatch<T>& b, const F& f) {
  const Tag<T> d;
  if (b.ldy == 1) return map_elements(b.y, b.y, b.rows, f);
  for (std::size_t n = 0; n < b.rows; ++n) {
    T* const y = b.y + n * b.ldy;
    for_vectors_of_row<T>(b.outputs, [&](std::size_t c, auto there, std::size_t) HWY_ATTR {
      hn::StoreU(hn::IfThenElseZero(there, f(hn::LoadU(d, y + c))), d, y + c);
    });
  }
}

template <class T>
void sigmoid_of_outputs(const LinkBatch<T>& b) {
  map_outputs(b, [](auto v) HWY_ATTR { return sigmoid(Tag<T>(), v); });
}

template <class T>
void exponential_of_outputs(const LinkBatch<T>& b) {
  map_outputs(b, [](auto v) HWY_ATTR { return exp(Tag<T>(), v); });
}

template <class T>
void threshold_of_outputs(const LinkBatch<T>& b) {
  map_outputs(b, [](auto v) HWY_ATTR { return threshold(Tag<T>(), v); });
}

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#endif
