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
#include <cmath>
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

/// Σ of the first `count` lanes, those after them being zero: the tree of a block without its empty levels.
template <class D>
HWY_INLINE hn::TFromD<D> sum_of_first(D d, hn::VFromD<D> v, std::size_t count) {
  if constexpr (hn::MaxLanes(d) == 1) {
    return hn::GetLane(v);
  } else {
    const hn::Half<D> half;
    const auto lower = hn::LowerHalf(half, v);
    return sum_of_first(half, count > hn::MaxLanes(half) ? hn::Add(lower, UpperHalf(half, v)) : lower, count);
  }
}

/// The sum that a block's tree has, of two rows' products of so many lanes.
template <class T>
HWY_INLINE T row_dot(const Row<T>& x, const Row<T>& y, std::size_t count) {
  Row<T> product;
  unroll<kRowVectors<T>>([&](auto v) HWY_ATTR { product.v[v] = hn::Mul(x.v[v], y.v[v]); });
  for (std::size_t half = kRowVectors<T> / 2; half > 0; half /= 2) {
    if (count <= half * kVectorLanes<T>) continue;
    for (std::size_t v = 0; v < half; ++v) product.v[v] = hn::Add(product.v[v], product.v[v + half]);
  }
  return sum_of_first(Tag<T>(), product.v[0], count);
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
      z[o] = row_dot(row, load_row(w), layer.inputs) + (bias ? bias[o] : T{0});
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
    for (std::size_t i = 0; i < layer.inputs; ++i)
      fill_from(i, row_dot(load_row(w + i * layer.ldw), row, layer.outputs), sum);
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
HWY_INLINE void small_row_forward(const SmallPass<T>& p) {
  const T* x = p.input;
  for (const SmallLayer<T>& layer : p.layers) {
    small_row_forward(p, layer, x);
    x = p.arena + layer.a;
  }
}
template <class T>
HWY_INLINE void small_row_backward(const SmallPass<T>& p) {
  for (std::size_t k = p.layers.size() - 1; k > 0; --k) {
    small_row_back(p, p.layers[k], p.layers[k - 1]);
    small_row_gradient(p, p.layers[k], p.arena + p.layers[k - 1].a);
  }
  small_row_gradient(p, p.layers.front(), p.input);
}

template <class T>
HWY_FLATTEN void small_forward(const SmallPass<T>& p) {
  if (p.rows == 1) return small_row_forward(p);
  assert(p.rows % kVectorLanes<T> == 0);
  const T* x = p.input;
  for (const SmallLayer<T>& layer : p.layers) {
    small_columns_forward(p, layer, x);
    x = p.arena + layer.a;
  }
}

template <class T>
HWY_FLATTEN void small_backward(const SmallPass<T>& p) {
  if (p.rows == 1) return small_row_backward(p);
  for (std::size_t k = p.layers.size() - 1; k > 0; --k) {
    small_columns_back(p, p.layers[k], p.layers[k - 1]);
    small_columns_gradient(p, p.layers[k], p.arena + p.layers[k - 1].a);
  }
  small_columns_gradient(p, p.layers.front(), p.input);
}

template <class T>
HWY_FLATTEN std::size_t small_descent(RowDescent<T>& s) {
  const Tag<T> d;
  const auto rate = hn::Set(d, s.rate);
  SmallPass<T> p{s.layers, 1, nullptr, s.parameters, s.arena, s.gradient};
  T *const w = s.parameters, *const g = s.gradient;
  const std::size_t n = s.n_parameters;
  for (std::size_t k = 0; k < s.rows.size(); ++k) {
    p.input = s.input + s.rows[k] * s.input_ld;
    s.batch.t = s.targets + s.rows[k] * s.targets_ld;
    small_row_forward(p);
    s.loss(s.batch);
    const double loss = static_cast<double>(*s.batch.per_row);
    if (!std::isfinite(loss)) return k;
    s.loss_sum += loss;
    small_row_backward(p);
    for (std::size_t i = 0; i < n; i += kVectorLanes<T>) {
      hn::Store(hn::NegMulAdd(rate, hn::Load(d, g + i), hn::Load(d, w + i)), d, w + i);
    }
  }
  return s.rows.size();
}

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#endif
