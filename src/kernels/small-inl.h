// Layers of small networks, whose values lie as columns, a lane per row, unless there is but one row.
#if defined(FFWD_KERNELS_SMALL_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef FFWD_KERNELS_SMALL_INL_H
#undef FFWD_KERNELS_SMALL_INL_H
#else
#define FFWD_KERNELS_SMALL_INL_H
#endif

#include <array>
#include <cassert>
#include <cstddef>
#include <utility>

#include "kernels/block-inl.h"
#include "kernels/kernels.h"

HWY_BEFORE_NAMESPACE();
namespace ffwd {
namespace HWY_NAMESPACE {

/// One column of a layer: from the columns x through these weights, which lie `stride` apart, to the column y.
/// `kTree`: products are added in the tree of a block of inputs and the bias comes last; else a chain from the bias.
template <std::size_t kInputs, bool kTree, class T>
HWY_FLATTEN void small_column(const T* x, const T* w, std::size_t stride, T bias, T* y, std::size_t rows) {
  const Tag<T> d;
  Vector<T> weight[kInputs];
  unroll<kInputs>([&](auto i) HWY_ATTR { weight[i] = hn::Set(d, w[i * stride]); });
  const auto start = hn::Set(d, bias);
  for (std::size_t r = 0; r < rows; r += kVectorLanes<T>) {
    Vector<T> part[kInputs];
    const T* at = x + r;
    unroll<kInputs>([&](auto i) HWY_ATTR {
      part[i] = hn::Load(d, at);
      at += rows;
    });
    if constexpr (kTree) {
      unroll<kInputs>([&](auto i) HWY_ATTR { part[i] = hn::Mul(part[i], weight[i]); });
      unroll<3>([&](auto level) HWY_ATTR {
        constexpr std::size_t kHalf = 4 >> level;
        unroll<kHalf>([&](auto i) HWY_ATTR {
          if constexpr (i + kHalf < kInputs) part[i] = hn::Add(part[i], part[i + kHalf]);
        });
      });
      hn::Store(hn::Add(part[0], start), d, y + r);
    } else {
      auto sum = start;
      unroll<kInputs>([&](auto i) HWY_ATTR { sum = hn::MulAdd(part[i], weight[i], sum); });
      hn::Store(sum, d, y + r);
    }
  }
}

template <class T>
using SmallColumnFunction = void (*)(const T* x, const T* w, std::size_t stride, T bias, T* y, std::size_t rows);

/// By the number of inputs less one.
template <bool kTree, class T, std::size_t... kBelow>
constexpr std::array<SmallColumnFunction<T>, kSmallUnits> small_columns(std::index_sequence<kBelow...>) {
  return {&small_column<kBelow + 1, kTree, T>...};
}
template <bool kTree, class T>
inline constexpr auto kSmallColumns = small_columns<kTree, T>(std::make_index_sequence<kSmallUnits>());

/// Σ_rows x·y over whole blocks of rows; without kProduct Σ y.
template <bool kProduct, class T>
HWY_INLINE T sum_over_rows(const T* x, const T* y, std::size_t rows) {
  const Tag<T> d;
  auto sum = filled_block(T{0});
  for (std::size_t r = 0; r < rows; r += kLanes<T>) {
    unroll<kBlockVectors<T>>([&](auto v) HWY_ATTR {
      const auto next = hn::Load(d, y + r + v * kVectorLanes<T>);
      if constexpr (kProduct) {
        sum.v[v] = hn::MulAdd(hn::Load(d, x + r + v * kVectorLanes<T>), next, sum.v[v]);
      } else {
        sum.v[v] = hn::Add(next, sum.v[v]);
      }
    });
  }
  return tree_sum(sum);
}

/// Steps through stored weights along inputs and along outputs.
template <class T>
struct SmallStrides {
  std::size_t inputs, outputs;
  explicit SmallStrides(const SmallLayer<T>& layer)
      : inputs(layer.narrow ? 1 : layer.ldw), outputs(layer.narrow ? layer.ldw : 1) {}
};

template <class T>
void small_columns_forward(const SmallPass<T>& p, const SmallLayer<T>& layer, const T* x) {
  const SmallStrides<T> along(layer);
  const auto column = (layer.narrow ? kSmallColumns<true, T> : kSmallColumns<false, T>)[layer.inputs - 1];
  for (std::size_t o = 0; o < layer.outputs; ++o) {
    column(x, p.parameters + layer.weight + o * along.outputs, along.inputs,
           layer.has_bias ? p.parameters[layer.bias + o] : T{0}, p.arena + layer.z + o * p.rows, p.rows);
  }
}

template <class T>
HWY_FLATTEN void small_columns_gradient(const SmallPass<T>& p, const SmallLayer<T>& layer, const T* x) {
  const SmallStrides<T> along(layer);
  const std::size_t rows = p.rows;
  for (std::size_t o = 0; o < layer.outputs; ++o) {
    const T* const d = p.arena + layer.d + o * rows;
    T* const g = p.gradient + layer.weight + o * along.outputs;
    for (std::size_t i = 0; i < layer.inputs; ++i) g[i * along.inputs] = sum_over_rows<true>(x + i * rows, d, rows);
    if (layer.has_bias) p.gradient[layer.bias + o] = sum_over_rows<false>(d, d, rows);
  }
}

/// dx = Wᵀ·d, outputs in rising order.
template <class T>
void small_columns_back(const SmallPass<T>& p, const SmallLayer<T>& layer, T* dx) {
  const SmallStrides<T> along(layer);
  const auto column = kSmallColumns<false, T>[layer.outputs - 1];
  for (std::size_t i = 0; i < layer.inputs; ++i) {
    column(p.arena + layer.d, p.parameters + layer.weight + i * along.inputs, along.outputs, T{0}, dx + i * p.rows,
           p.rows);
  }
}

/// Numbers of a block that may hold something, as whole vectors.
template <class T>
inline constexpr std::size_t kRowVectors = (kSmallUnits + kVectorLanes<T> - 1) / kVectorLanes<T>;

/// to = start + Σ_k factors[k] · rows_k
template <class T>
HWY_INLINE void add_scaled_rows(const T* start, std::size_t count, const T* factors, const T* rows, std::size_t ld,
                                T* to) {
  const Tag<T> d;
  Vector<T> sum[kRowVectors<T>];
  unroll<kRowVectors<T>>([&](auto v)
                             HWY_ATTR { sum[v] = start ? hn::Load(d, start + v * kVectorLanes<T>) : hn::Zero(d); });
  for (std::size_t k = 0; k < count; ++k, rows += ld) {
    const auto factor = hn::Set(d, factors[k]);
    unroll<kRowVectors<T>>(
        [&](auto v) HWY_ATTR { sum[v] = hn::MulAdd(factor, hn::Load(d, rows + v * kVectorLanes<T>), sum[v]); });
  }
  unroll<kRowVectors<T>>([&](auto v) HWY_ATTR { hn::Store(sum[v], d, to + v * kVectorLanes<T>); });
}

/// The sum that a block's tree has, of two rows' products.
template <class T>
HWY_INLINE T row_dot(const T* x, const T* y) {
  const Tag<T> d;
  auto product = filled_block(T{0});
  unroll<kRowVectors<T>>([&](auto v) HWY_ATTR {
    product.v[v] = hn::Mul(hn::Load(d, x + v * kVectorLanes<T>), hn::Load(d, y + v * kVectorLanes<T>));
  });
  return tree_sum(product);
}

template <class T>
HWY_INLINE void small_row_forward(const SmallPass<T>& p, const SmallLayer<T>& layer, const T* x) {
  T* const z = p.arena + layer.z;
  const T *const w = p.parameters + layer.weight, *const bias = layer.has_bias ? p.parameters + layer.bias : nullptr;
  if (!layer.narrow) return add_scaled_rows(bias, layer.inputs, x, w, layer.ldw, z);
  for (std::size_t o = 0; o < layer.outputs; ++o) {
    const T sum = row_dot(x, w + o * layer.ldw);
    z[o] = bias ? sum + bias[o] : sum;
  }
}

template <class T>
HWY_INLINE void small_row_gradient(const SmallPass<T>& p, const SmallLayer<T>& layer, const T* x) {
  const Tag<T> tag;
  const T* const d = p.arena + layer.d;
  // An outer product, stored by rows of the inputs or of the outputs, as the weights are.
  const T *const down = layer.narrow ? d : x, *const across = layer.narrow ? x : d;
  T* g = p.gradient + layer.weight;
  for (std::size_t r = 0; r < (layer.narrow ? layer.outputs : layer.inputs); ++r, g += layer.ldw) {
    const auto factor = hn::Set(tag, down[r]);
    unroll<kRowVectors<T>>([&](auto v) HWY_ATTR {
      constexpr std::size_t kAt = v * kVectorLanes<T>;
      hn::Store(hn::Mul(factor, hn::Load(tag, across + kAt)), tag, g + kAt);
    });
  }
  for (std::size_t o = 0; layer.has_bias && o < layer.outputs; ++o) p.gradient[layer.bias + o] = d[o];
}

template <class T>
HWY_INLINE void small_row_back(const SmallPass<T>& p, const SmallLayer<T>& layer, T* dx) {
  const T *const d = p.arena + layer.d, *const w = p.parameters + layer.weight;
  if (layer.narrow) return add_scaled_rows<T>(nullptr, layer.outputs, d, w, layer.ldw, dx);
  for (std::size_t i = 0; i < layer.inputs; ++i) dx[i] = row_dot(w + i * layer.ldw, d);
}

template <class T>
HWY_FLATTEN void small_forward(const SmallPass<T>& p) {
  assert(p.rows == 1 || p.rows % kLanes<T> == 0);
  const T* x = p.input;
  for (const SmallLayer<T>& layer : p.layers) {
    p.rows == 1 ? small_row_forward(p, layer, x) : small_columns_forward(p, layer, x);
    if (layer.value) {
      const std::size_t n = p.rows * layer.outputs;  // one long row without gaps
      layer.value(p.arena + layer.z, padded<T>(n), p.arena + layer.a, padded<T>(n), 1, n, layer.parameter);
    }
    x = p.arena + layer.a;
  }
}

template <class T>
HWY_FLATTEN void small_backward(const SmallPass<T>& p) {
  for (std::size_t k = p.layers.size(); k > 0; --k) {
    const SmallLayer<T>& layer = p.layers[k - 1];
    const T* const x = k == 1 ? p.input : p.arena + p.layers[k - 2].a;
    p.rows == 1 ? small_row_gradient(p, layer, x) : small_columns_gradient(p, layer, x);
    if (k == 1) return;
    const SmallLayer<T>& before = p.layers[k - 2];
    T* const dx = p.arena + before.d;
    p.rows == 1 ? small_row_back(p, layer, dx) : small_columns_back(p, layer, dx);
    if (before.slope) {
      const std::size_t n = p.rows * before.outputs;
      before.slope(dx, padded<T>(n), p.arena + before.z, padded<T>(n), 1, n, before.parameter);
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#endif
