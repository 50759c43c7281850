// Layers most of whose weights are zero: only the others are walked, in the order of the dense product, so that each
// output is the chain of fused multiply-adds that `product` computes, but for the links that add nothing.
#if defined(FFWD_KERNELS_SPARSE_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef FFWD_KERNELS_SPARSE_INL_H
#undef FFWD_KERNELS_SPARSE_INL_H
#else
#define FFWD_KERNELS_SPARSE_INL_H
#endif

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>

#include "kernels/block-inl.h"
#include "kernels/kernels.h"

HWY_BEFORE_NAMESPACE();
namespace ffwd {
namespace HWY_NAMESPACE {

/// Vectors of rows that one walk over the weights of an output serves: half of the registers hold their sums, which is
/// enough to hide the latency of the multiply-add. On Zen 3 four of them take 1.6 times as long.
inline constexpr std::size_t kSparseVectors = kRegisters / 2;

template <std::size_t kVectors, class T>
HWY_FLATTEN void sparse_columns_of(const SparseColumns<T>& s, std::size_t first) {
  const Tag<T> d;
  constexpr std::size_t kN = kVectorLanes<T>;
  for (std::size_t o = 0; o < s.outputs; ++o) {
    Vector<T> sum[kVectors];
    const auto bias = s.bias ? hn::Set(d, s.bias[o]) : hn::Zero(d);
    unroll<kVectors>([&](auto v) HWY_ATTR { sum[v] = bias; });
    for (std::size_t k = s.start[o]; k < s.start[o + 1]; ++k) {
      const auto weight = hn::Set(d, s.weight[k]);
      const T* const x = s.x + s.input[k] * s.rows + first;
      unroll<kVectors>([&](auto v) HWY_ATTR { sum[v] = hn::MulAdd(hn::Load(d, x + v * kN), weight, sum[v]); });
    }
    T* const y = s.y + o * s.rows + first;
    unroll<kVectors>([&](auto v) HWY_ATTR { hn::Store(sum[v], d, y + v * kN); });
  }
}

/// Rows from `first` on, as many vectors at a time as fit.
template <std::size_t kVectors, class T>
void sparse_columns_from(const SparseColumns<T>& s, std::size_t first) {
  constexpr std::size_t kWidth = kVectors * kVectorLanes<T>;
  for (; first + kWidth <= s.rows; first += kWidth) sparse_columns_of<kVectors>(s, first);
  if constexpr (kVectors > 1) {
    if (first < s.rows) sparse_columns_from<kVectors / 2>(s, first);
  }
}

template <class T>
void sparse_columns(const SparseColumns<T>& s) {
  assert(s.rows % kLanes<T> == 0);
  sparse_columns_from<kSparseVectors>(s, 0);
}

/// The numbers x[index[0]], x[index[1]], …: single loads put side by side, as machines that gather, if at all, one by
/// one take longer to do so. On Zen 3 0.34 ns a number for 0.51. Combine and InterleaveLower are found by their
/// arguments: the scalar target lacks them and does not get there.
template <class D, class T = hn::TFromD<D>>
HWY_INLINE hn::VFromD<D> picked(D d, const T* x, const std::uint32_t* index) {
  if constexpr (hn::MaxLanes(d) == 1) {
    return hn::Set(d, x[index[0]]);
  } else if constexpr (hn::MaxLanes(d) == 2) {
    return InterleaveLower(d, hn::Set(d, x[index[0]]), hn::Set(d, x[index[1]]));
  } else if constexpr (hn::MaxLanes(d) == 4 && sizeof(T) == 4) {
    const hn::RepartitionToWide<D> pairs;
    const auto low = InterleaveLower(d, hn::Set(d, x[index[0]]), hn::Set(d, x[index[1]]));
    const auto high = InterleaveLower(d, hn::Set(d, x[index[2]]), hn::Set(d, x[index[3]]));
    return hn::BitCast(d, InterleaveLower(pairs, hn::BitCast(pairs, low), hn::BitCast(pairs, high)));
  } else {
    const hn::Half<D> half;
    return Combine(d, picked(half, x, index + hn::MaxLanes(half)), picked(half, x, index));
  }
}

template <class T>
HWY_FLATTEN void sparse_row(const SparseRow<T>& s) {
  const Tag<T> d;
  constexpr std::size_t kN = kVectorLanes<T>;
  for (std::size_t slice = 0; slice * kLanes<T> < s.outputs; ++slice) {
    const std::uint32_t* const output = s.output + slice * kLanes<T>;
    const std::size_t lanes = std::min(kLanes<T>, s.outputs - slice * kLanes<T>);
    alignas(kBlockBytes) T sums[kLanes<T>] = {};
    for (std::size_t lane = 0; s.bias && lane < lanes; ++lane) sums[lane] = s.bias[output[lane]];
    Block<T> sum;
    unroll<kBlockVectors<T>>([&](auto v) HWY_ATTR { sum.v[v] = hn::Load(d, sums + v * kN); });
    for (std::size_t k = s.start[slice]; k < s.start[slice + 1]; ++k) {
      unroll<kBlockVectors<T>>([&](auto v) HWY_ATTR {
        const std::size_t at = k * kLanes<T> + v * kN;
        sum.v[v] = hn::MulAdd(picked(d, s.x, s.input + at), hn::Load(d, s.weight + at), sum.v[v]);
      });
    }
    unroll<kBlockVectors<T>>([&](auto v) HWY_ATTR { hn::Store(sum.v[v], d, sums + v * kN); });
    for (std::size_t lane = 0; lane < lanes; ++lane) s.y[output[lane]] = sums[lane];
  }
  std::fill(s.y + s.outputs, s.y + padded<T>(s.outputs), T{0});
}

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#endif
