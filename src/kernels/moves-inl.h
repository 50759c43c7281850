// Moving numbers without arithmetic: transpose and gather.
#if defined(FFWD_KERNELS_MOVES_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef FFWD_KERNELS_MOVES_INL_H
#undef FFWD_KERNELS_MOVES_INL_H
#else
#define FFWD_KERNELS_MOVES_INL_H
#endif

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>

#include "kernels/block-inl.h"
#include "kernels/layout.h"

HWY_BEFORE_NAMESPACE();
namespace ffwd {
namespace HWY_NAMESPACE {

// Combine and Interleave… are found by their arguments: the scalar target lacks them and does not get there.

/// Lanes of a 128-bit part of a vector: shuffles within those are cheap everywhere.
template <class T>
inline constexpr std::size_t kPartLanes = std::min<std::size_t>(16 / sizeof(T), kVectorLanes<T>);

/// Part p of the vector comes from row p * kPartLanes.
template <class D, class T = hn::TFromD<D>>
HWY_INLINE hn::VFromD<D> load_parts(D d, const T* rows, std::size_t ld) {
  if constexpr (hn::MaxLanes(d) == kPartLanes<T>) {
    return hn::Load(d, rows);
  } else {
    const hn::Half<D> half;
    const auto upper = load_parts(half, rows + hn::MaxLanes(half) * ld, ld);
    return Combine(d, upper, load_parts(half, rows, ld));
  }
}

/// Transposes the squares of 128-bit parts that kPartLanes<T> vectors hold.
template <class D, class V = hn::VFromD<D>>
HWY_INLINE void transpose_parts(D d, V (&v)[4]) {
  const hn::RepartitionToWide<D> pairs;
  const auto low01 = hn::BitCast(pairs, InterleaveLower(d, v[0], v[1]));
  const auto low23 = hn::BitCast(pairs, InterleaveLower(d, v[2], v[3]));
  const auto up01 = hn::BitCast(pairs, InterleaveUpper(d, v[0], v[1]));
  const auto up23 = hn::BitCast(pairs, InterleaveUpper(d, v[2], v[3]));
  v[0] = hn::BitCast(d, InterleaveLower(pairs, low01, low23));
  v[1] = hn::BitCast(d, InterleaveUpper(pairs, low01, low23));
  v[2] = hn::BitCast(d, InterleaveLower(pairs, up01, up23));
  v[3] = hn::BitCast(d, InterleaveUpper(pairs, up01, up23));
}
template <class D, class V = hn::VFromD<D>>
HWY_INLINE void transpose_parts(D d, V (&v)[2]) {
  const V first = InterleaveLower(d, v[0], v[1]);
  v[1] = InterleaveUpper(d, v[0], v[1]);
  v[0] = first;
}
template <class D, class V = hn::VFromD<D>>
HWY_INLINE void transpose_parts(D, V (&)[1]) {}

/// kPartLanes columns of kVectorLanes rows go to count rows of `to`.
template <class T>
HWY_INLINE void transpose_square(const T* from, std::size_t ld, T* to, std::size_t ldto, std::size_t count) {
  const Tag<T> d;
  Vector<T> v[kPartLanes<T>];
  unroll<kPartLanes<T>>([&](auto q) HWY_ATTR { v[q] = load_parts(d, from + q * ld, ld); });
  transpose_parts(d, v);
  unroll<kPartLanes<T>>([&](auto q) HWY_ATTR {
    if (q < count) hn::Store(v[q], d, to + q * ldto);
  });
}

template <class T>
void transpose(const T* from, std::size_t rows, std::size_t columns, std::size_t ld, T* to, std::size_t ldto) {
  constexpr std::size_t kN = kVectorLanes<T>, kPart = kPartLanes<T>;
  assert(ld % kN == 0 && ldto % kN == 0 && ldto >= rows);
  for (std::size_t i = 0; i < ldto; i += kN) {
    const std::size_t height = std::min(kN, rows - std::min(rows, i));
    for (std::size_t j = 0; j < columns; j += kPart) {
      const std::size_t count = std::min(kPart, columns - j);
      const T* const corner = from + i * ld + j;
      if (height == kN) {
        transpose_square(corner, ld, to + j * ldto + i, ldto, count);
      } else {  // rows that are not there become the padding of `to`
        alignas(kBlockBytes) T copy[kN * kPart] = {};
        for (std::size_t r = 0; r < height; ++r) std::copy_n(corner + r * ld, kPart, copy + r * kPart);
        transpose_square(copy, kPart, to + j * ldto + i, ldto, count);
      }
    }
  }
}

template <class T>
void gather(const T* from, std::size_t ld, const std::uint32_t* rows, std::size_t n, std::size_t columns, T* to,
            std::size_t ldto) {
  if (columns == 1) {
    assert(ld == 1 && ldto == 1);
    for (std::size_t i = 0; i < n; ++i) to[i] = from[rows[i]];
    return;
  }
  assert(columns % kLanes<T> == 0);
  const Tag<T> d;
  for (std::size_t i = 0; i < n; ++i) {
    const T* source = from + rows[i] * ld;
    for (std::size_t c = 0; c < columns; c += kVectorLanes<T>) {
      hn::Store(hn::Load(d, source + c), d, to + i * ldto + c);
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#endif
