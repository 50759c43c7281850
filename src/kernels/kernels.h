// The loops over numbers, as one table of functions per precision, chosen once for the machine at hand.
//
// Matrices are row-major with a row stride ("ld", counted in elements). Unless said otherwise rows start on a 64-byte
// boundary, strides are whole blocks (layout.h), and the padding of inputs is zero; kernels leave the padding of
// outputs zero. Kernels only assert: callers have checked. Nothing here allocates, throws, locks or starts threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "ffwd/version.h"
#include "kernels/layout.h"
#include "kernels/updates.h"

namespace ffwd {

/// a[rows, columns] = phi(z): in place when a == z. `columns` counts the true ones; padding of `a` becomes zero.
template <class T>
using UnitValue = void (*)(const T* z, std::size_t ldz, T* a, std::size_t lda, std::size_t rows, std::size_t columns);

/// d[rows, columns] *= phi'(s), where s is the unit's output or its input, as UnitRow::slope_from_output says.
template <class T>
using UnitSlope = void (*)(T* d, std::size_t ldd, const T* s, std::size_t lds, std::size_t rows, std::size_t columns);

/// c[rows, columns] = a[rows, depth] · b[depth, columns], each element one chain of fused multiply-adds over depth in
/// rising order, started from bias (or zero). Then, tile by tile while it is in cache, `value` (forward: z is kept in
/// `z` if that is not null, the unit's output goes to c) or `slope` (backward: c *= phi'(s)). Both may be null, not
/// both set. a needs no alignment and no padding: only its first `depth` columns are read.
template <class T>
struct Product {
  std::size_t rows = 0, depth = 0, columns = 0;
  const T* a = nullptr;
  std::size_t lda = 0;
  const T* b = nullptr;
  std::size_t ldb = 0;
  const T* bias = nullptr;  ///< [padded columns] or null
  T* c = nullptr;
  std::size_t ldc = 0;
  UnitValue<T> value = nullptr;
  T* z = nullptr;
  std::size_t ldz = 0;
  UnitSlope<T> slope = nullptr;
  const T* s = nullptr;
  std::size_t lds = 0;
};

/// g[depth, columns] = aᵀ[depth, rows] · d[rows, columns] and g_bias[columns] = Σ_rows d, rows in rising order.
/// Overwrites g and g_bias, padding (zero) included.
template <class T>
struct WeightGradient {
  std::size_t rows = 0, depth = 0, columns = 0;
  const T* a = nullptr;
  std::size_t lda = 0;
  const T* d = nullptr;
  std::size_t ldd = 0;
  T* g = nullptr;
  std::size_t ldg = 0;
  T* g_bias = nullptr;  ///< may be null
};

/// A layer of few outputs: x[rows, inputs], w[outputs, inputs], y[rows, outputs]. y (and d in the gradients) may have
/// any stride >= outputs, 1 included when outputs == 1; if its stride has room, padding up to whole blocks is zeroed.
template <class T>
struct Narrow {
  std::size_t rows = 0, inputs = 0, outputs = 0;
  const T* x = nullptr;
  std::size_t ldx = 0;
  const T* w = nullptr;
  std::size_t ldw = 0;
  const T* bias = nullptr;  ///< [outputs], may be null
  T* y = nullptr;           ///< forward: phi(w·x + b)
  std::size_t ldy = 0;
  UnitValue<T> value = nullptr;  ///< null = identity
  T* z = nullptr;                ///< keeps w·x + b when not null, stride ldy
};

/// Backward of Narrow: g[outputs, inputs] = Σ_rows d·x, g_bias[outputs] = Σ_rows d, and, when dx is not null,
/// dx[rows, inputs] = d·w, times phi'(s) when slope is not null. Overwrites.
template <class T>
struct NarrowGradient {
  std::size_t rows = 0, inputs = 0, outputs = 0;
  const T* x = nullptr;
  std::size_t ldx = 0;
  const T* d = nullptr;
  std::size_t ldd = 0;
  const T* w = nullptr;
  std::size_t ldw = 0;
  T* g = nullptr;  ///< stride ldw
  T* g_bias = nullptr;
  T* dx = nullptr;
  std::size_t lddx = 0;
  UnitSlope<T> slope = nullptr;
  const T* s = nullptr;
  std::size_t lds = 0;
};

/// Losses on raw outputs y[rows, outputs] against t, row by row: per_row[n] = l_n, and, when dy is not null,
/// dy[n, k] = scale · weight_n · dl_n/dy[n, k]. y, t and dy may have stride 1 when outputs == 1. Padding of dy is
/// zeroed when its stride has room. `weight` null means 1. With outputs > 1 a NaN in t is a hole: its term and its
/// slope are 0, and the mean over the outputs still divides by all of them.
template <class T>
struct LossBatch {
  std::size_t rows = 0, outputs = 0;
  const T* y = nullptr;
  std::size_t ldy = 0;
  const T* t = nullptr;  ///< [rows, outputs]; categorical: [rows], the class index as a number, ldt its stride
  std::size_t ldt = 0;
  const T* weight = nullptr;  ///< [rows]
  T scale = 1;
  T* per_row = nullptr;  ///< [rows], room for whole blocks
  T* dy = nullptr;
  std::size_t lddy = 0;
  T delta = 1;  ///< huber: the size of an error up to which it counts squared, > 0
};

template <class T>
struct Kernels {
  std::string_view target;  ///< "avx512", "avx2", "sse4", "sse2", "neon", …

  void (*product)(const Product<T>&);
  void (*weight_gradient)(const WeightGradient<T>&);
  void (*narrow_forward)(const Narrow<T>&);
  void (*narrow_gradient)(const NarrowGradient<T>&);
  /// to[columns, rows] = from[rows, columns]ᵀ; padding of `to` up to ldto is zeroed.
  void (*transpose)(const T* from, std::size_t rows, std::size_t columns, std::size_t ld, T* to, std::size_t ldto);
  /// to[i, :] = from[rows[i], :] for i < n; `columns` is a whole number of blocks, or 1 with both strides 1.
  void (*gather)(const T* from, std::size_t ld, const std::uint32_t* rows, std::size_t n, std::size_t columns, T* to,
                 std::size_t ldto);

  std::span<const UnitValue<T>> unit_value;  ///< by UnitRow::index; identity is null
  std::span<const UnitSlope<T>> unit_slope;  ///< by UnitRow::index; identity is null

  /// l_n = mean_k (y - t)²
  void (*squared_error)(const LossBatch<T>&);
  /// l_n = mean_k |y - t|, whose slope at 0 is 0
  void (*absolute_error)(const LossBatch<T>&);
  /// l_n = mean_k of r²/2 where r = |y - t| is at most delta, else of delta (r - delta/2)
  void (*huber)(const LossBatch<T>&);
  /// l_n = mean_k softplus(y) − t y, from logits
  void (*binary_cross_entropy)(const LossBatch<T>&);
  /// l_n = log Σ_k exp(y_k) − y_t, from logits
  void (*categorical_cross_entropy)(const LossBatch<T>&);
  /// y = sigmoid(y) element by element, and y = softmax(y) row by row; in place, strides as in LossBatch.
  void (*sigmoid)(T* y, std::size_t ldy, std::size_t rows, std::size_t outputs);
  void (*softmax)(T* y, std::size_t ldy, std::size_t rows, std::size_t outputs);

  void (*adam)(const AdamUpdate<T>&);
  void (*sgd)(const SgdUpdate<T>&);
  void (*adagrad)(const AdagradUpdate<T>&);
  void (*rmsprop)(const RmspropUpdate<T>&);
  /// y += a·x over n (whole blocks) numbers.
  void (*add_scaled)(std::size_t n, T a, const T* x, T* y);
  /// x *= a over n (whole blocks) numbers.
  void (*scale)(std::size_t n, T a, T* x);
  /// y += a·(x − y) over n (whole blocks) numbers.
  void (*move_towards)(std::size_t n, T a, const T* x, T* y);
  /// y += a·sign(x) over n (whole blocks) numbers, sign(0) = 0.
  void (*add_sign)(std::size_t n, T a, const T* x, T* y);
  /// Σ x², in float64 on 8 virtual double lanes whatever T is; n whole blocks.
  double (*sum_of_squares)(std::size_t n, const T* x);
  /// Σ |x| and Σ x·y, summed likewise.
  double (*sum_of_magnitudes)(std::size_t n, const T* x);
  double (*dot)(std::size_t n, const T* x, const T* y);
  /// Element-wise exp, log, tanh, erf on n numbers (any n, any alignment): the engine's own, for tests and tables.
  void (*exp)(const T* x, T* y, std::size_t n);
  void (*log)(const T* x, T* y, std::size_t n);
  void (*tanh)(const T* x, T* y, std::size_t n);
  void (*erf)(const T* x, T* y, std::size_t n);
};

/// The kernels of the best target of this machine, or of the one that force_target() of ffwd/version.h named. T is
/// float or double. Thread-safe.
template <class T>
[[nodiscard]] const Kernels<T>& kernels();

/// The targets this build has and this machine can run, best first.
[[nodiscard]] std::span<const std::string_view> targets();

}  // namespace ffwd
