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
/// `parameter` is the unit's (UnitRow::parameter); units without one ignore it.
template <class T>
using UnitValue = void (*)(const T* z, std::size_t ldz, T* a, std::size_t lda, std::size_t rows, std::size_t columns,
                           T parameter);

/// d[rows, columns] *= phi'(s), where s is the unit's output or its input, as UnitRow::slope_from_output says.
template <class T>
using UnitSlope = void (*)(T* d, std::size_t ldd, const T* s, std::size_t lds, std::size_t rows, std::size_t columns,
                           T parameter);

/// d[rows, columns] *= phi''(z), always from the unit's input.
template <class T>
using UnitCurve = void (*)(T* d, std::size_t ldd, const T* z, std::size_t ldz, std::size_t rows, std::size_t columns,
                           T parameter);

/// c[rows, columns] = a[rows, depth] · b[depth, columns], each element one chain of fused multiply-adds over depth in
/// rising order, started from bias, or from what c holds if `adds`, or from zero. Then, tile by tile while it is in
/// cache, `value` (forward: z is kept in `z` if that is not null, the unit's output goes to c) or `slope` (backward: c
/// *= phi'(s)). Both may be null, not both set. a needs no alignment and no padding: only its first `depth` columns are
/// read.
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
  bool adds = false;  ///< without bias, value and z
  UnitValue<T> value = nullptr;
  T* z = nullptr;
  std::size_t ldz = 0;
  UnitSlope<T> slope = nullptr;
  const T* s = nullptr;
  std::size_t lds = 0;
  T parameter = 0;  ///< of the unit that value or slope belongs to
};

/// g[depth, columns] = aᵀ[depth, rows] · d[rows, columns] and g_bias[columns] = Σ_rows d, rows in rising order.
/// Overwrites g and g_bias, padding (zero) included; `adds`: adds to g instead.
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
  bool adds = false;
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
  bool adds = false;             ///< y += w·x + b; without value and z
  T parameter = 0;               ///< of the unit that value belongs to
};

/// Backward of Narrow: g[outputs, inputs] = Σ_rows d·x, g_bias[outputs] = Σ_rows d, and, when dx is not null,
/// dx[rows, inputs] = d·w, times phi'(s) when slope is not null. Overwrites, or adds to dx (before the slope) and to g.
template <class T>
struct NarrowGradient {
  std::size_t rows = 0, inputs = 0, outputs = 0;
  const T* x = nullptr;
  std::size_t ldx = 0;
  const T* d = nullptr;
  std::size_t ldd = 0;
  const T* w = nullptr;
  std::size_t ldw = 0;
  T* g = nullptr;  ///< stride ldw; may be null
  T* g_bias = nullptr;
  T* dx = nullptr;
  std::size_t lddx = 0;
  UnitSlope<T> slope = nullptr;
  const T* s = nullptr;
  std::size_t lds = 0;
  bool adds = false;           ///< to dx
  bool adds_gradient = false;  ///< to g; then without g_bias
  T parameter = 0;             ///< of the unit that slope belongs to
};

/// The weights of a layer that are not zero, output by output, and rows that lie as columns: y[outputs, rows] = w · x
/// + bias, `rows` being whole blocks. Each element is the chain of `product` without the links of weights that are
/// zero: the same bits, for finite x, but perhaps for the sign of a zero.
template <class T>
struct SparseColumns {
  std::size_t rows = 0, outputs = 0;
  const std::uint32_t* start = nullptr;  ///< [outputs + 1]: the weights of output o are start[o] … start[o + 1] − 1
  const std::uint32_t* input = nullptr;  ///< of each weight; rising within an output
  const T* weight = nullptr;
  const T* bias = nullptr;  ///< [outputs], may be null
  const T* x = nullptr;     ///< [inputs, rows]
  T* y = nullptr;
};

/// The same for a single row, a lane per output: blocks of outputs in slices, each as long as its longest output needs;
/// the others' are filled up with zeros. y has room for whole blocks; its padding is zeroed.
template <class T>
struct SparseRow {
  std::size_t outputs = 0;
  const std::uint32_t* output = nullptr;  ///< [outputs]: which it is that a lane of a slice computes
  const std::uint32_t* start = nullptr;   ///< [slices + 1], in whole blocks
  const std::uint32_t* input = nullptr;   ///< [blocks, lanes]
  const T* weight = nullptr;              ///< likewise, aligned
  const T* bias = nullptr;                ///< [outputs], may be null
  const T* x = nullptr;                   ///< [inputs]
  T* y = nullptr;
};

/// A dense layer of at most kSmallUnits inputs and outputs. Offsets are into the vector of parameters (and that of the
/// gradient) and into the arena.
template <class T>
struct SmallLayer {
  std::size_t inputs = 0, outputs = 0;
  std::size_t weight = 0, ldw = 0;  ///< [inputs, outputs]; of narrow layers [outputs, inputs]
  bool narrow = false, has_bias = true;
  std::size_t bias = 0;
  std::size_t z = 0, a = 0, d = 0;  ///< the unit's inputs, its outputs, the loss's derivative with respect to z
  std::size_t unit = 0;             ///< UnitRow::index
  UnitValue<T> value = nullptr;     ///< the unit's; null = identity
  UnitSlope<T> slope = nullptr;     ///< from what z holds; the caller applies the last layer's
  T parameter = 0;
};

/// One pass through a chain of small layers. Values lie as columns [units, rows], a lane per row and rows whole vectors
/// (Kernels::vector_lanes); a single row lies in the first kSmallUnits of one block, of which the others are not
/// touched and must be zero.
template <class T>
struct SmallPass {
  std::span<const SmallLayer<T>> layers;
  std::size_t rows = 0;
  const T* input = nullptr;
  const T* parameters = nullptr;
  T* arena = nullptr;
  T* gradient = nullptr;  ///< backward only: written but for its padding
};

/// A matrix whose rows lie ld apart, ld whole blocks; the padding is zero.
template <class T>
struct Rows {
  std::size_t rows = 0, columns = 0;
  const T* x = nullptr;
  std::size_t ld = 0;
};

/// Rows x[rows, inputs] (any stride) and centres w[inputs, units], w's stride ld being that of all values per unit.
/// x or w may be null, which is zero.
template <class T>
struct Centres {
  std::size_t rows = 0, inputs = 0, units = 0;
  const T* x = nullptr;
  std::size_t ldx = 0;
  const T* w = nullptr;
  std::size_t ld = 0;
};

/// Levels that a quantile loss can have for each target.
inline constexpr std::size_t kMaxLevels = 64;

/// Losses on raw outputs y[rows, outputs] against t[rows, targets], row by row: per_row[n] = l_n, and, when dy is not
/// null, dy[n, k] = scale · weight_n · dl_n/dy[n, k]. When dy_dot is not null, it is the derivative of dy along y_dot:
/// dy_dot[n, :] = scale · weight_n · (d²l_n/dy²) · y_dot[n, :]. y, t and dy may have stride 1 when they are one column.
/// Padding of dy and dy_dot is zeroed when their stride has room. `weight` null means 1. With several targets a NaN in
/// t is a hole: its terms and their slopes are 0, and the mean over the terms of a row still divides by all of them.
template <class T>
struct LossBatch {
  std::size_t rows = 0, outputs = 0;
  const T* y = nullptr;
  std::size_t ldy = 0;
  const T* t = nullptr;  ///< categorical: [rows], the class index as a number, unless soft_targets
  std::size_t ldt = 0;
  const T* weight = nullptr;  ///< [rows]
  T scale = 1;
  T* per_row = nullptr;  ///< [rows], room for whole blocks
  T* dy = nullptr;
  std::size_t lddy = 0;
  T delta = 1;                ///< huber: the size of an error up to which it counts squared, > 0
  bool sum_outputs = false;   ///< l_n is the sum of the row's terms; else their mean. (Categorical has one term a row.)
  bool full = false;          ///< gaussian, laplace, poisson: with the constants of the likelihood
  bool soft_targets = false;  ///< categorical: t is [rows, outputs], the probability of each class
  T smoothing = 0;            ///< categorical: what of the truth is shared out among all classes, in [0, 1)
  const T* levels = nullptr;  ///< quantile, pinball: [n_levels], rising, within (0, 1)
  std::size_t n_levels = 0;   ///< at most kMaxLevels
  const T* y_dot = nullptr;   ///< the strides of y
  T* dy_dot = nullptr;        ///< the strides of dy
};

template <class T>
using LossFunction = void (*)(const LossBatch<T>&);

/// Single rows through a chain of small layers, one after the other, each followed by a step of gradient descent,
/// w -= rate · g, on all parameters.
template <class T>
struct RowDescent {
  std::span<const SmallLayer<T>> layers;  ///< for a single row
  const T* input = nullptr;               ///< of all rows, as `targets`
  std::size_t input_ld = 0;
  const T* targets = nullptr;
  std::size_t targets_ld = 0;
  std::span<const std::uint32_t> rows;  ///< numbers of those to learn from, in this order
  T* parameters = nullptr;
  T* gradient = nullptr;
  T* arena = nullptr;
  std::size_t n_parameters = 0;  ///< whole blocks
  T rate = 0;
  LossFunction<T> loss = nullptr;
  LossBatch<T> batch{};  ///< of a row, but for t
  double loss_sum = 0;   ///< the rows' losses are added to it
};

/// Raw outputs y[rows, outputs] that become the likelihood's answers in place; strides as in LossBatch.
template <class T>
struct LinkBatch {
  std::size_t rows = 0, outputs = 0;
  T* y = nullptr;
  std::size_t ldy = 0;
  std::size_t n_levels = 0;  ///< as in LossBatch
};

template <class T>
struct Kernels {
  std::string_view target;  ///< "avx512", "avx2", "sse4", "sse2", "neon", …
  std::size_t vector_lanes;

  void (*product)(const Product<T>&);
  void (*weight_gradient)(const WeightGradient<T>&);
  void (*narrow_forward)(const Narrow<T>&);
  void (*narrow_gradient)(const NarrowGradient<T>&);
  void (*sparse_columns)(const SparseColumns<T>&);
  void (*sparse_row)(const SparseRow<T>&);
  /// Each layer with the bits of `product`, of narrow ones with those of `narrow_forward`.
  void (*small_forward)(const SmallPass<T>&);
  /// From d of the last layer, zero in rows that are padding. Rows are summed on a block of lanes (layout.h).
  void (*small_backward)(const SmallPass<T>&);
  /// Both of them and `sgd` for row after row. Returns how many rows it has learned from: all, or those before one
  /// whose loss is not finite.
  std::size_t (*small_descent)(RowDescent<T>&);
  /// to[columns, rows] = from[rows, columns]ᵀ; padding of `to` up to ldto is zeroed. Strides are whole vectors.
  void (*transpose)(const T* from, std::size_t rows, std::size_t columns, std::size_t ld, T* to, std::size_t ldto);
  /// to[i, :] = from[rows[i], :] for i < n; `columns` is a whole number of blocks, or 1 with both strides 1.
  void (*gather)(const T* from, std::size_t ld, const std::uint32_t* rows, std::size_t n, std::size_t columns, T* to,
                 std::size_t ldto);

  std::span<const UnitValue<T>> unit_value;  ///< by UnitRow::index; identity is null
  std::span<const UnitSlope<T>> unit_slope;  ///< by UnitRow::index; identity is null
  std::span<const UnitCurve<T>> unit_curve;  ///< by UnitRow::index; null where phi'' is 0 at every z

  /// l_n = mean_k (y - t)²
  void (*squared_error)(const LossBatch<T>&);
  /// l_n = mean_k (y - t)²/2
  void (*half_squared_error)(const LossBatch<T>&);
  /// l_n = mean_k |y - t|, whose slope at 0 is 0
  void (*absolute_error)(const LossBatch<T>&);
  /// l_n = mean_k of r²/2 where r = |y - t| is at most delta, else of delta (r - delta/2)
  void (*huber)(const LossBatch<T>&);
  /// l_n = mean_k softplus(y) − t y, from logits
  void (*binary_cross_entropy)(const LossBatch<T>&);
  /// l_n = mean_k (H(y) − t) y with H(y) = 1 where y >= 0, else 0; its slope is H(y) − t
  void (*perceptron)(const LossBatch<T>&);
  /// l_n = log Σ_k exp(y_k) − y_t, from logits
  void (*categorical_cross_entropy)(const LossBatch<T>&);
  /// l_n = mean_k e^y − t y, from logarithms of rates; full: + log t!
  void (*poisson)(const LossBatch<T>&);
  /// l_n = mean_k (s + (t − m)² e^−s)/2, from the columns m_1 … m_K, s_1 … s_K, s = log variance; full: + log(2 pi)/2
  void (*gaussian)(const LossBatch<T>&);
  /// l_n = mean_k |t − m| e^−s + s, from the columns m_1 … m_K, s_1 … s_K, s = log scale; full: + log 2
  void (*laplace)(const LossBatch<T>&);
  /// l_n = mean_kq max(tau_q r, (tau_q − 1) r) with r = t_k − y_kq, column k·Q + q, whose slope at 0 is 0
  void (*pinball)(const LossBatch<T>&);
  /// The same of quantiles that cannot cross: y_k0, y_k0 + softplus(y_k1), … each softplus above the one before it.
  void (*quantile)(const LossBatch<T>&);

  /// y = sigmoid(y) element by element; y = softmax(y) row by row; y = e^y, and y = 1 where y >= 0, else 0, element by
  /// element.
  void (*sigmoid)(const LinkBatch<T>&);
  void (*softmax)(const LinkBatch<T>&);
  void (*exponential)(const LinkBatch<T>&);
  void (*threshold)(const LinkBatch<T>&);
  /// The second half of the columns from log variances, or from logarithms of Laplace's scale, to standard deviations.
  void (*gaussian_spread)(const LinkBatch<T>&);
  void (*laplace_spread)(const LinkBatch<T>&);
  /// The quantiles of the loss `quantile`.
  void (*quantile_levels)(const LinkBatch<T>&);

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

  // Element by element and along rows and columns (elementwise-inl.h). `adds`: out += instead of out =.
  /// out = x ∘ y over n (whole blocks) numbers.
  void (*multiply)(std::size_t n, const T* x, const T* y, T* out, bool adds);
  /// out = x > y ? a : b over n (whole blocks) numbers; y, a and b may be null, which is zero.
  void (*choose)(std::size_t n, const T* x, const T* y, const T* a, const T* b, T* out);
  /// out[n, c] = x[n, c] · w[c]
  void (*scale_columns)(const Rows<T>& x, const T* w, T* out, bool adds);
  /// out[n, c] += w[c], out [rows, ld]
  void (*add_to_columns)(std::size_t rows, std::size_t ld, const T* w, T* out);
  /// out[c] = Σ_n x[n, c] · y[n, c], rows in rising order; y null is all ones.
  void (*sum_columns)(const Rows<T>& x, const T* y, T* out, bool adds);
  /// out[n] = factor · ⟨p_n, x_n⟩; p null is all ones.
  void (*row_dots)(const Rows<T>& x, const T* p, T factor, T* out);
  /// out[n, c] = factor[n] · x[n, c]
  void (*scale_rows)(const Rows<T>& x, const T* factor, T* out, bool adds);
  /// out_n += factor · ⟨p_n, x_n⟩ · q_n; p and q null are all ones.
  void (*project)(const Rows<T>& x, const T* p, const T* q, T factor, T* out);
  /// to[n, c] = from[n, c] for rows of any stride and alignment; what stands beside the columns stays.
  void (*copy_columns)(std::size_t rows, std::size_t columns, const T* from, std::size_t ldf, T* to, std::size_t ldt,
                       bool adds);
  /// out_n = (x_n − mean) · inverse_sd[n], inverse_sd = 1 / sqrt(variance + epsilon), over the columns of each row.
  void (*standardise_rows)(const Rows<T>& x, T epsilon, T* out, T* inverse_sd);

  // Radial basis functions (rbf-inl.h); out and e are [rows, ld].
  /// out[n, u] = factor · Σ_i (w[i, u] − x[n, i]) (w'[i, u] − x'[n, i])
  void (*distances)(const Centres<T>& c, const T* other_x, const T* other_w, T factor, T* out);
  /// dx[n, i] = factor · Σ_u e[n, u] (x[n, i] − w[i, u]); without `adds`, dx is zeroed up to its stride
  void (*pull_rows)(const Centres<T>& c, const T* e, T factor, T* dx, std::size_t lddx, bool adds);
  /// dw[i, u] = factor · Σ_n e[n, u] (w[i, u] − x[n, i]), rows in rising order
  void (*pull_centres)(const Centres<T>& c, const T* e, T factor, T* dw, bool adds);
  /// 1/σ², 2/σ³ and 6/σ⁴ of each of `units`, zero in the padding
  void (*rbf_factors)(std::size_t units, const T* sigma, T* square, T* cube, T* fourth);

  /// Σ x·w over any n and alignment, in float64 on 8 virtual lanes, what is no whole block after it; w null is all
  /// ones.
  double (*weighted_sum)(std::size_t n, const T* x, const T* w);
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
