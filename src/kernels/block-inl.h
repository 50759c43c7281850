// A block (layout.h) as one or more vectors, and what every kernel needs around it.
#if defined(FFWD_KERNELS_BLOCK_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef FFWD_KERNELS_BLOCK_INL_H
#undef FFWD_KERNELS_BLOCK_INL_H
#else
#define FFWD_KERNELS_BLOCK_INL_H
#endif

#include <algorithm>
#include <cstddef>
#include <utility>

#include "kernels/layout.h"

// clang-format off: the order matters
#include "kernels/disabled_targets.h"
#include "hwy/highway.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace ffwd {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

template <class T>
using Tag = hn::CappedTag<T, kLanes<T>>;
template <class T>
using Vector = hn::VFromD<Tag<T>>;

template <class T>
inline constexpr std::size_t kVectorLanes = hn::MaxLanes(Tag<T>());
template <class T>
inline constexpr std::size_t kBlockVectors = kLanes<T> / kVectorLanes<T>;

/// Vector registers of the machine; tiles of accumulators are cut to fit them.
inline constexpr std::size_t kRegisters = HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_NEON ? 32 : 16;

template <class F, std::size_t... kIndex>
HWY_INLINE void unroll_over(std::index_sequence<kIndex...>, const F& body) {
  (body(std::integral_constant<std::size_t, kIndex>()), ...);
}

/// body(0), body(1), … body(kCount - 1) written out, so that arrays of vectors stay in registers at any -O level.
template <std::size_t kCount, class F>
HWY_INLINE void unroll(const F& body) {
  unroll_over(std::make_index_sequence<kCount>(), body);
}

/// Lanes below `count`, which may be more than there are.
template <class D>
HWY_INLINE auto first_lanes(D d, std::size_t count) {
  return hn::FirstN(d, std::min(count, hn::MaxLanes(d)));
}

/// One block of accumulators: the 16 float or 8 double virtual lanes of layout.h.
template <class T>
struct Block {
  Vector<T> v[kBlockVectors<T>];
};

template <class T>
HWY_INLINE Block<T> filled_block(T value) {
  Block<T> block;
  unroll<kBlockVectors<T>>([&](auto i) HWY_ATTR { block.v[i] = hn::Set(Tag<T>(), value); });
  return block;
}

template <class D, class Op>
HWY_INLINE hn::TFromD<D> reduce_lanes(D d, hn::VFromD<D> v, Op op) {
  if constexpr (hn::MaxLanes(d) == 1) {
    return hn::GetLane(v);
  } else {
    const hn::Half<D> half;
    // Found by its argument: the scalar target has no such function and does not get here.
    return reduce_lanes(half, op(hn::LowerHalf(half, v), UpperHalf(half, v)), op);
  }
}

/// op over all lanes, in the tree that layout.h fixes: lane i with lane i + n/2, then n/4, … down to one.
template <class T, class Op>
HWY_INLINE T reduce_block(Block<T> block, Op op) {
  for (std::size_t half = kBlockVectors<T> / 2; half > 0; half /= 2) {
    for (std::size_t i = 0; i < half; ++i) block.v[i] = op(block.v[i], block.v[i + half]);
  }
  return reduce_lanes(Tag<T>(), block.v[0], op);
}

struct AddLanes {
  template <class V>
  HWY_INLINE V operator()(V a, V b) const {
    return hn::Add(a, b);
  }
};
struct MaxLanesOf {
  template <class V>
  HWY_INLINE V operator()(V a, V b) const {
    return hn::Max(a, b);
  }
};

template <class T>
HWY_INLINE T tree_sum(const Block<T>& block) {
  return reduce_block(block, AddLanes());
}

/// to[i] = f(from[i]) for any count and alignment.
template <class T, class F>
HWY_INLINE void map_elements(const T* from, T* to, std::size_t count, const F& f) {
  const Tag<T> d;
  constexpr std::size_t kN = kVectorLanes<T>;
  std::size_t i = 0;
  for (; i + kN <= count; i += kN) hn::StoreU(f(hn::LoadU(d, from + i)), d, to + i);
  if (i == count) return;
  HWY_ALIGN T rest[kN] = {};
  std::copy(from + i, from + count, rest);
  hn::Store(f(hn::Load(d, rest)), d, rest);
  std::copy(rest, rest + (count - i), to + i);
}

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#endif
