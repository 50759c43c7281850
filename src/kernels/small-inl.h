// Layers of small networks. Several rows lie as columns, a lane per row; a single row keeps a lane per unit.
#if defined(FFWD_KERNELS_SMALL_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef FFWD_KERNELS_SMALL_INL_H
#undef FFWD_KERNELS_SMALL_INL_H
#else
#define FFWD_KERNELS_SMALL_INL_H
#endif

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <utility>

#include "kernels/block-inl.h"
#include "kernels/kernels.h"
#include "kernels/unit_loops-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ffwd {
namespace HWY_NAMESPACE {

/// Columns y from columns x of the same number of rows: y_o = bias_o + Σ_i x_i w_io.
template <class T>
struct SmallProduct {
  const T* x;
  const T* w;
  std::size_t along_inputs, along_outputs;  ///< steps through the weights
  const T* bias;                            ///< may be null
  T* y;
  std::size_t outputs, rows;
};

/// `kTree`: products are added in the tree of a block of inputs and the bias comes last; else a chain from the bias.
template <std::size_t kInputs, bool kTree, class T>
HWY_FLATTEN void small_product(const SmallProduct<T>& p) {
  const Tag<T> d;
  const std::size_t rows = p.rows;
  T* y = p.y;
  for (std::size_t o = 0; o < p.outputs; ++o, y += rows) {
    Vector<T> weight[kInputs];
    const T* w = p.w + o * p.along_outputs;
    unroll<kInputs>([&](auto i) HWY_ATTR { weight[i] = hn::Set(d, w[i * p.along_inputs]); });
    const auto start = hn::Set(d, p.bias ? p.bias[o] : T{0});
    for (std::size_t r = 0; r < rows; r += kVectorLanes<T>) {
      const T* at = p.x + r;
      Vector<T> part[kInputs];
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
}

/// g_i = Σ_rows x_i·d, `along` apart, and Σ_rows d unless that is null.
template <class T>
struct SmallSums {
  const T *x, *d;
  T* g;
  std::size_t along;
  T* g_bias;
  std::size_t rows;
};

template <std::size_t kInputs, class T>
HWY_FLATTEN void small_sums(const SmallSums<T>& p) {
  const Tag<T> tag;
  Block<T> sums[kInputs], bias = filled_block(T{0});
  unroll<kInputs>([&](auto i) HWY_ATTR { sums[i] = filled_block(T{0}); });
  const std::size_t rows = p.rows;
  const T *x = p.x, *d = p.d;
  const auto add = [&](auto v) HWY_ATTR {
    constexpr std::size_t kAt = v * kVectorLanes<T>;
    const auto next = hn::Load(tag, d + kAt);
    bias.v[v] = hn::Add(bias.v[v], next);
    unroll<kInputs>([&](auto i)
                        HWY_ATTR { sums[i].v[v] = hn::MulAdd(hn::Load(tag, x + i * rows + kAt), next, sums[i].v[v]); });
  };
  const T* const end = p.d + rows / kLanes<T> * kLanes<T>;
  for (; d != end; d += kLanes<T>, x += kLanes<T>) unroll<kBlockVectors<T>>(add);
  const std::size_t rest = rows % kLanes<T>;
  unroll<kBlockVectors<T>>([&](auto v) HWY_ATTR {
    if (v * kVectorLanes<T> < rest) add(v);
  });
  unroll<kInputs>([&](auto i) HWY_ATTR { p.g[i * p.along] = tree_sum(sums[i]); });
  if (p.g_bias) *p.g_bias = tree_sum(bias);
}

/// Inputs whose sums are made at once, in registers.
inline constexpr std::size_t kSummedInputs = 4;

/// By the number of inputs less one.
template <bool kTree, class T, std::size_t... kBelow>
constexpr std::array<void (*)(const SmallProduct<T>&), kSmallUnits> small_products(std::index_sequence<kBelow...>) {
  return {&small_product<kBelow + 1, kTree, T>...};
}
template <bool kTree, class T>
inline constexpr auto kSmallProducts = small_products<kTree, T>(std::make_index_sequence<kSmallUnits>());
template <class T, std::size_t... kBelow>
constexpr std::array<void (*)(const SmallSums<T>&), kSummedInputs> small_sums_of(std::index_sequence<kBelow...>) {
  return {&small_sums<kBelow + 1, T>...};
}
template <class T>
inline constexpr auto kSmallSums = small_sums_of<T>(std::make_index_sequence<kSummedInputs>());

/// Steps through stored weights along inputs and along outputs.
template <class T>
struct SmallStrides {
  std::size_t inputs, outputs;
  explicit SmallStrides(const SmallLayer<T>& layer)
      : inputs(layer.narrow ? 1 : layer.ldw), outputs(layer.narrow ? layer.ldw : 1) {}
};

template <class T>
HWY_INLINE void small_columns_forward(const SmallPass<T>& p, const SmallLayer<T>& layer, const T* x) {
  const SmallStrides<T> along(layer);
  const auto product = (layer.narrow ? kSmallProducts<true, T> : kSmallProducts<false, T>)[layer.inputs - 1];
  product({.x = x,
           .w = p.parameters + layer.weight,
           .along_inputs = along.inputs,
           .along_outputs = along.outputs,
           .bias = layer.has_bias ? p.parameters + layer.bias : nullptr,
           .y = p.arena + layer.z,
           .outputs = layer.outputs,
           .rows = p.rows});
  if (!layer.value) return;
  const std::size_t n = p.rows * layer.outputs;  // one long row without gaps
  layer.value(p.arena + layer.z, n, p.arena + layer.a, n, 1, n, layer.parameter);
}

template <class T>
HWY_INLINE void small_columns_gradient(const SmallPass<T>& p, const SmallLayer<T>& layer, const T* x) {
  const SmallStrides<T> along(layer);
  for (std::size_t o = 0; o < layer.outputs; ++o) {
    for (std::size_t i = 0; i < layer.inputs; i += kSummedInputs) {
      kSmallSums<T>[std::min(kSummedInputs, layer.inputs - i) - 1]({
          .x = x + i * p.rows,
          .d = p.arena + layer.d + o * p.rows,
          .g = p.gradient + layer.weight + o * along.outputs + i * along.inputs,
          .along = along.inputs,
          .g_bias = layer.has_bias && i == 0 ? p.gradient + layer.bias + o : nullptr,
          .rows = p.rows,
      });
    }
  }
}

/// d of the layer before: Wᵀ·d, outputs in rising order, times the slope of its unit.
template <class T>
HWY_INLINE void small_columns_back(const SmallPass<T>& p, const SmallLayer<T>& layer, const SmallLayer<T>& before) {
  const SmallStrides<T> along(layer);
  T* const dx = p.arena + before.d;
  kSmallProducts<false, T>[layer.outputs - 1]({.x = p.arena + layer.d,
                                               .w = p.parameters + layer.weight,
                                               .along_inputs = along.outputs,
                                               .along_outputs = along.inputs,
                                               .bias = nullptr,
                                               .y = dx,
                                               .outputs = layer.inputs,
                                               .rows = p.rows});
  if (!before.slope) return;
  const std::size_t n = p.rows * before.outputs;
  before.slope(dx, n, p.arena + before.z, n, 1, n, before.parameter);
}

/// What a block of a single row may hold something in, as vectors.
template <class T>
inline constexpr std::size_t kRowVectors = (kSmallUnits + kVectorLanes<T> - 1) / kVectorLanes<T>;
template <class T>
struct Row {
  Vector<T> v[kRowVectors<T>];
};

template <class T>
HWY_INLINE Row<T> load_row(const T* from) {
  Row<T> row;
  unroll<kRowVectors<T>>([&](auto v) HWY_ATTR { row.v[v] = hn::Load(Tag<T>(), from + v * kVectorLanes<T>); });
  return row;
}
template <class T>
HWY_INLINE void store_row(const Row<T>& row, T* to) {
  unroll<kRowVectors<T>>([&](auto v) HWY_ATTR { hn::Store(row.v[v], Tag<T>(), to + v * kVectorLanes<T>); });
}

/// start + Σ_k factors[k] · rows_k
template <class T>
HWY_INLINE Row<T> add_scaled_rows(Row<T> sum, std::size_t count, const T* factors, const T* rows, std::size_t ld) {
  const Tag<T> d;
  for (std::size_t k = 0; k < count; ++k, rows += ld) {
    const auto factor = hn::Set(d, factors[k]);
    unroll<kRowVectors<T>>(
        [&](auto v) HWY_ATTR { sum.v[v] = hn::MulAdd(factor, hn::Load(d, rows + v * kVectorLanes<T>), sum.v[v]); });
  }
  return sum;
}
template <class T>
HWY_INLINE Row<T> zero_row() {
  Row<T> row;
  unroll<kRowVectors<T>>([&](auto v) HWY_ATTR { row.v[v] = hn::Zero(Tag<T>()); });
  return row;
}

/// The sum that a block's tree has, of two rows' products.
template <class T>
HWY_INLINE T row_dot(const Row<T>& x, const Row<T>& y) {
  auto product = filled_block(T{0});
  unroll<kRowVectors<T>>([&](auto v) HWY_ATTR { product.v[v] = hn::Mul(x.v[v], y.v[v]); });
  return tree_sum(product);
}

/// `value` in place `at` and all after it: places are filled in rising order, and those left over cut off at the end.
/// A number that is stored and read again as part of a vector would keep that waiting.
template <class T>
HWY_INLINE void fill_from(std::size_t at, T value, Row<T>& row) {
  const Tag<T> d;
  unroll<kRowVectors<T>>([&](auto v) HWY_ATTR {
    const auto before = first_lanes(d, at - std::min(at, v * kVectorLanes<T>));
    row.v[v] = hn::IfThenElse(before, row.v[v], hn::Set(d, value));
  });
}
/// The first `count` places; zero after them.
template <class T>
HWY_INLINE Row<T> first_places(std::size_t count, Row<T> row) {
  const Tag<T> d;
  unroll<kRowVectors<T>>([&](auto v) HWY_ATTR {
    row.v[v] = hn::IfThenElseZero(first_lanes(d, count - std::min(count, v * kVectorLanes<T>)), row.v[v]);
  });
  return row;
}

/// A unit and its slope on one vector, as functions.
template <class T>
struct VectorUnit {
  Vector<T> (*value)(Vector<T> z, Vector<T> parameter);
  Vector<T> (*slope)(Vector<T> s, Vector<T> parameter);
};
template <class Unit, class T>
HWY_FLATTEN Vector<T> value_of_vector(Vector<T> z, Vector<T> parameter) {
  return unit_value<Unit>(Tag<T>(), z, parameter);
}
template <class Unit, class T>
HWY_FLATTEN Vector<T> slope_of_vector(Vector<T> s, Vector<T> parameter) {
  return unit_slope<Unit>(Tag<T>(), s, parameter);
}
template <class T, class... Unit>
constexpr std::array<VectorUnit<T>, sizeof...(Unit)> vector_units(UnitList<Unit...>) {
  return {VectorUnit<T>{&value_of_vector<Unit, T>, &slope_of_vector<Unit, T>}...};
}
template <class T>
inline constexpr auto kVectorUnits = vector_units<T>(AllUnits());

template <class T>
HWY_INLINE void small_row_forward(const SmallPass<T>& p, const SmallLayer<T>& layer, const T* x) {
  const Tag<T> d;
  T *const z = p.arena + layer.z, *const a = p.arena + layer.a;
  const T *w = p.parameters + layer.weight, *const bias = layer.has_bias ? p.parameters + layer.bias : nullptr;
  Row<T> sum = zero_row<T>();
  if (layer.narrow) {
    const Row<T> row = load_row(x);
    for (std::size_t o = 0; o < layer.outputs; ++o, w += layer.ldw) {
      z[o] = row_dot(row, load_row(w)) + (bias ? bias[o] : T{0});
      fill_from(o, z[o], sum);
    }
  } else {
    sum = add_scaled_rows(bias ? load_row(bias) : sum, layer.inputs, x, w, layer.ldw);
    if (z != a || !layer.value) store_row(sum, z);
  }
  if (!layer.value) return;
  const auto value = kVectorUnits<T>[layer.unit].value;
  const auto parameter = hn::Set(d, layer.parameter);
  for (auto& v : sum.v) v = value(v, parameter);
  store_row(first_places(layer.outputs, sum), a);
}

template <class T>
HWY_INLINE void small_row_gradient(const SmallPass<T>& p, const SmallLayer<T>& layer, const T* x) {
  const Tag<T> tag;
  const T* const d = p.arena + layer.d;
  // An outer product, stored by rows of the inputs or of the outputs, as the weights are.
  const T* const down = layer.narrow ? d : x;
  const Row<T> across = load_row(layer.narrow ? x : d);
  T* g = p.gradient + layer.weight;
  for (std::size_t r = 0; r < (layer.narrow ? layer.outputs : layer.inputs); ++r, g += layer.ldw) {
    const auto factor = hn::Set(tag, down[r]);
    Row<T> product;
    unroll<kRowVectors<T>>([&](auto v) HWY_ATTR { product.v[v] = hn::Mul(factor, across.v[v]); });
    store_row(product, g);
  }
  if (!layer.has_bias) return;
  if (!layer.narrow) return store_row(across, p.gradient + layer.bias);
  for (std::size_t o = 0; o < layer.outputs; ++o) p.gradient[layer.bias + o] = d[o];
}

template <class T>
HWY_INLINE void small_row_back(const SmallPass<T>& p, const SmallLayer<T>& layer, const SmallLayer<T>& before) {
  const Tag<T> tag;
  const T *const d = p.arena + layer.d, *const w = p.parameters + layer.weight;
  T* const dx = p.arena + before.d;
  Row<T> sum = zero_row<T>();
  if (layer.narrow) {
    sum = add_scaled_rows(sum, layer.outputs, d, w, layer.ldw);
  } else {
    const Row<T> row = load_row(d);
    for (std::size_t i = 0; i < layer.inputs; ++i) fill_from(i, row_dot(load_row(w + i * layer.ldw), row), sum);
    sum = first_places(layer.inputs, sum);
  }
  if (before.value) {
    const auto slope = kVectorUnits<T>[before.unit].slope;
    const auto parameter = hn::Set(tag, before.parameter);
    for (std::size_t v = 0; v < kRowVectors<T>; ++v) {
      const auto s = hn::Load(tag, p.arena + before.z + v * kVectorLanes<T>);
      sum.v[v] = hn::Mul(sum.v[v], slope(s, parameter));
    }
  }
  store_row(sum, dx);
}

template <class T>
HWY_FLATTEN void small_forward(const SmallPass<T>& p) {
  assert(p.rows == 1 || p.rows % kVectorLanes<T> == 0);
  const T* x = p.input;
  for (const SmallLayer<T>& layer : p.layers) {
    p.rows == 1 ? small_row_forward(p, layer, x) : small_columns_forward(p, layer, x);
    x = p.arena + layer.a;
  }
}

template <class T>
HWY_FLATTEN void small_backward(const SmallPass<T>& p) {
  for (std::size_t k = p.layers.size() - 1; k > 0; --k) {
    const SmallLayer<T>&layer = p.layers[k], &before = p.layers[k - 1];
    const T* const x = p.arena + before.a;
    if (p.rows == 1) {
      small_row_back(p, layer, before);
      small_row_gradient(p, layer, x);
    } else {
      small_columns_back(p, layer, before);
      small_columns_gradient(p, layer, x);
    }
  }
  const SmallLayer<T>& first = p.layers.front();
  p.rows == 1 ? small_row_gradient(p, first, p.input) : small_columns_gradient(p, first, p.input);
}

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#endif
