// Layers of few outputs: lanes run along the inputs, so that a layer of one output does not fill a block with padding.
#if defined(FFWD_KERNELS_NARROW_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef FFWD_KERNELS_NARROW_INL_H
#undef FFWD_KERNELS_NARROW_INL_H
#else
#define FFWD_KERNELS_NARROW_INL_H
#endif

#include <algorithm>
#include <cassert>
#include <cstddef>

#include "kernels/block-inl.h"
#include "kernels/kernels.h"
#include "kernels/product-inl.h"
#include "kernels/weight_gradient-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ffwd {
namespace HWY_NAMESPACE {

/// Rows summed side by side, so that the latencies of their chains and trees overlap.
template <class T>
inline constexpr std::size_t kDotRows = std::clamp<std::size_t>(8 / kBlockVectors<T>, 1, 4);

/// sums[r] = x[r, :] · w for kRows rows, one block of accumulators each.
template <std::size_t kRows, class T>
HWY_FLATTEN void dot_rows(const T* x, std::size_t ldx, const T* w, std::size_t inputs, T* sums) {
  const Tag<T> d;
  constexpr std::size_t kN = kVectorLanes<T>;
  Block<T> acc[kRows];
  unroll<kRows>([&](auto r) HWY_ATTR { acc[r] = filled_block(T{0}); });
  for (std::size_t i = 0; i < inputs; i += kLanes<T>) {
    unroll<kBlockVectors<T>>([&](auto v) HWY_ATTR {
      const auto weight = hn::Load(d, w + i + v * kN);
      unroll<kRows>([&](auto r) HWY_ATTR {
        acc[r].v[v] = hn::MulAdd(hn::Load(d, x + r * ldx + i + v * kN), weight, acc[r].v[v]);
      });
    });
  }
  unroll<kRows>([&](auto r) HWY_ATTR { sums[r] = tree_sum(acc[r]); });
}

/// Puts the sums of `rows` rows, [rows, outputs] without gaps, where they belong, through the unit if there is one.
template <class T>
void store_narrow(const Narrow<T>& n, std::size_t first, std::size_t rows, T* sums) {
  const auto spread = [&](T* to) {
    const std::size_t end = n.ldy >= padded<T>(n.outputs) ? padded<T>(n.outputs) : n.outputs;
    for (std::size_t r = 0; r < rows; ++r) {
      T* const row = to + (first + r) * n.ldy;
      for (std::size_t o = 0; o < n.outputs; ++o) {
        row[o] = n.adds ? row[o] + sums[r * n.outputs + o] : sums[r * n.outputs + o];
      }
      for (std::size_t o = n.outputs; o < end; ++o) row[o] = 0;
    }
  };
  if (n.z) spread(n.z);
  const std::size_t count = rows * n.outputs;
  if (n.value) n.value(sums, padded<T>(count), sums, padded<T>(count), 1, count, n.parameter);
  spread(n.y);
}

template <class T>
void narrow_forward(const Narrow<T>& n) {
  assert(n.outputs <= kNarrowOutputs);
  alignas(kBlockBytes) T sums[padded<T>(kDotRows<T> * kNarrowOutputs)] = {};
  for (std::size_t first = 0; first < n.rows; first += kDotRows<T>) {
    const std::size_t rows = std::min(kDotRows<T>, n.rows - first);
    for (std::size_t o = 0; o < n.outputs; ++o) {
      const T* x = n.x + first * n.ldx;
      const T* w = n.w + o * n.ldw;
      T dots[kDotRows<T>];
      if (rows == kDotRows<T>) {
        dot_rows<kDotRows<T>>(x, n.ldx, w, n.inputs, dots);
      } else {
        for (std::size_t r = 0; r < rows; ++r) dot_rows<1>(x + r * n.ldx, n.ldx, w, n.inputs, dots + r);
      }
      for (std::size_t r = 0; r < rows; ++r) sums[r * n.outputs + o] = n.bias ? dots[r] + n.bias[o] : dots[r];
    }
    store_narrow(n, first, rows, sums);
  }
}

/// dx[rows, inputs] = d[rows, outputs] · w[outputs, inputs]: so shallow a product that tiles do not pay.
template <std::size_t kOutputs, class T>
HWY_FLATTEN void spread_gradient(const NarrowGradient<T>& n) {
  const Tag<T> d;
  for (std::size_t r = 0; r < n.rows; ++r) {
    Vector<T> gradient[kOutputs];
    unroll<kOutputs>([&](auto o) HWY_ATTR { gradient[o] = hn::Set(d, n.d[r * n.ldd + o]); });
    T* const dx = n.dx + r * n.lddx;
    for (std::size_t i = 0; i < padded<T>(n.inputs); i += kVectorLanes<T>) {
      auto sum = n.adds ? hn::Load(d, dx + i) : hn::Zero(d);
      unroll<kOutputs>([&](auto o) HWY_ATTR { sum = hn::MulAdd(gradient[o], hn::Load(d, n.w + o * n.ldw + i), sum); });
      hn::Store(sum, d, dx + i);
    }
  }
}

template <class T>
void narrow_gradient(const NarrowGradient<T>& n) {
  static_assert(kNarrowOutputs == 4);
  assert(n.outputs >= 1 && n.outputs <= kNarrowOutputs);
  static constexpr void (*kSpread[])(const NarrowGradient<T>&) = {&spread_gradient<1, T>, &spread_gradient<2, T>,
                                                                  &spread_gradient<3, T>, &spread_gradient<4, T>};
  // The weights' gradient is a product with the outputs as rows: g = dᵀ·x.
  const T* const start = n.adds_gradient ? n.g : nullptr;
  if (n.g) {
    multiply(Multiply<T>{n.outputs, n.rows, n.inputs, n.d, 1, n.ldd, n.x, n.ldx, start, n.ldw, n.g, n.ldw},
             kNothingToFinish);
  }
  for (std::size_t o = 0; n.g_bias && o < n.outputs; ++o) {
    T sum = 0;
    for (std::size_t r = 0; r < n.rows; ++r) sum += n.d[r * n.ldd + o];
    n.g_bias[o] = sum;
  }
  if (!n.dx) return;
  kSpread[n.outputs - 1](n);
  if (n.slope) n.slope(n.dx, n.lddx, n.s, n.lds, n.rows, n.inputs, n.parameter);
}

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#endif
