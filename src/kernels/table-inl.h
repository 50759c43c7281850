// The table of one target and one precision.
#if defined(FFWD_KERNELS_TABLE_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef FFWD_KERNELS_TABLE_INL_H
#undef FFWD_KERNELS_TABLE_INL_H
#else
#define FFWD_KERNELS_TABLE_INL_H
#endif

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include "kernels/block-inl.h"
#include "kernels/class_losses-inl.h"
#include "kernels/elementwise-inl.h"
#include "kernels/erf-inl.h"
#include "kernels/kernels.h"
#include "kernels/losses-inl.h"
#include "kernels/math-inl.h"
#include "kernels/moves-inl.h"
#include "kernels/narrow-inl.h"
#include "kernels/paired_losses-inl.h"
#include "kernels/product-inl.h"
#include "kernels/quantile_losses-inl.h"
#include "kernels/rbf-inl.h"
#include "kernels/small-inl.h"
#include "kernels/sparse-inl.h"
#include "kernels/unit_loops-inl.h"
#include "kernels/units-inl.h"
#include "kernels/updates-inl.h"
#include "kernels/weight_gradient-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ffwd {
namespace HWY_NAMESPACE {

constexpr std::string_view target_name() {
  switch (HWY_TARGET) {
    case HWY_AVX3:
      return "avx512";
    case HWY_AVX2:
      return "avx2";
    case HWY_SSE4:
      return "sse4";
    case HWY_NEON:
      return "neon";
    case HWY_WASM:
      return "wasm";
    default:
      return "scalar";
  }
}

template <class Unit, class T>
constexpr UnitValue<T> value_function() {
  if constexpr (std::is_same_v<Unit, Identity>)
    return nullptr;
  else
    return &apply_unit<Unit, T>;
}
template <class Unit, class T>
constexpr UnitSlope<T> slope_function() {
  if constexpr (std::is_same_v<Unit, Identity>)
    return nullptr;
  else
    return &apply_slope<Unit, T>;
}
template <class Unit, class T>
constexpr UnitCurve<T> curve_function() {
  if constexpr (is_curved<Unit>())
    return &apply_curve<Unit, T>;
  else
    return nullptr;
}

template <class T, class... Unit>
constexpr std::array<UnitValue<T>, sizeof...(Unit)> unit_values(UnitList<Unit...>) {
  return {value_function<Unit, T>()...};
}
template <class T, class... Unit>
constexpr std::array<UnitSlope<T>, sizeof...(Unit)> unit_slopes(UnitList<Unit...>) {
  return {slope_function<Unit, T>()...};
}
template <class T, class... Unit>
constexpr std::array<UnitCurve<T>, sizeof...(Unit)> unit_curves(UnitList<Unit...>) {
  return {curve_function<Unit, T>()...};
}

template <class T>
void exp_of_elements(const T* x, T* y, std::size_t n) {
  map_elements(x, y, n, [](auto v) HWY_ATTR { return exp(Tag<T>(), v); });
}
template <class T>
void log_of_elements(const T* x, T* y, std::size_t n) {
  map_elements(x, y, n, [](auto v) HWY_ATTR { return log(Tag<T>(), v); });
}
template <class T>
void tanh_of_elements(const T* x, T* y, std::size_t n) {
  map_elements(x, y, n, [](auto v) HWY_ATTR { return tanh(Tag<T>(), v); });
}
template <class T>
void erf_of_elements(const T* x, T* y, std::size_t n) {
  map_elements(x, y, n, [](auto v) HWY_ATTR { return erf(Tag<T>(), v); });
}

template <class T>
const Kernels<T>& table() {
  static constexpr auto kValues = unit_values<T>(AllUnits());
  static constexpr auto kSlopes = unit_slopes<T>(AllUnits());
  static constexpr auto kCurves = unit_curves<T>(AllUnits());
  static constexpr Kernels<T> kTable{
      .target = target_name(),
      .vector_lanes = kVectorLanes<T>,
      .product = &product<T>,
      .weight_gradient = &weight_gradient<T>,
      .narrow_forward = &narrow_forward<T>,
      .narrow_gradient = &narrow_gradient<T>,
      .sparse_columns = &sparse_columns<T>,
      .sparse_row = &sparse_row<T>,
      .small_forward = &small_forward<T>,
      .small_backward = &small_backward<T>,
      .small_descent = &small_descent<T>,
      .transpose = &transpose<T>,
      .gather = &gather<T>,
      .unit_value = kValues,
      .unit_slope = kSlopes,
      .unit_curve = kCurves,
      .squared_error = &elementwise_loss<SquaredError, T>,
      .half_squared_error = &elementwise_loss<HalfSquaredError, T>,
      .absolute_error = &elementwise_loss<AbsoluteError, T>,
      .huber = &elementwise_loss<Huber, T>,
      .binary_cross_entropy = &elementwise_loss<BinaryCrossEntropy, T>,
      .perceptron = &elementwise_loss<Perceptron, T>,
      .categorical_cross_entropy = &categorical_cross_entropy<T>,
      .poisson = &elementwise_loss<Poisson, T>,
      .gaussian = &paired_loss<Gaussian, T>,
      .laplace = &paired_loss<Laplace, T>,
      .pinball = &pinball_loss<T>,
      .quantile = &quantile_loss<T>,
      .sigmoid = &sigmoid_of_outputs<T>,
      .softmax = &softmax_of_outputs<T>,
      .exponential = &exponential_of_outputs<T>,
      .threshold = &threshold_of_outputs<T>,
      .gaussian_spread = &spread_of_outputs<Gaussian, T>,
      .laplace_spread = &spread_of_outputs<Laplace, T>,
      .quantile_levels = &levels_of_outputs<T>,
      .adam = &adam<T>,
      .sgd = &sgd<T>,
      .adagrad = &adagrad<T>,
      .rmsprop = &rmsprop<T>,
      .add_scaled = &add_scaled<T>,
      .scale = &scale<T>,
      .move_towards = &move_towards<T>,
      .add_sign = &add_sign<T>,
      .multiply = &multiply_elements<T>,
      .choose = &choose<T>,
      .scale_columns = &scale_columns<T>,
      .add_to_columns = &add_to_columns<T>,
      .sum_columns = &sum_columns<T>,
      .row_dots = &row_dots<T>,
      .scale_rows = &scale_rows<T>,
      .project = &project<T>,
      .copy_columns = &copy_columns<T>,
      .standardise_rows = &standardise_rows<T>,
      .distances = &distances<T>,
      .pull_rows = &pull_rows<T>,
      .pull_centres = &pull_centres<T>,
      .rbf_factors = &rbf_factors<T>,
      .weighted_sum = &weighted_sum<T>,
      .sum_of_squares = &sum_of_squares<T>,
      .sum_of_magnitudes = &sum_of_magnitudes<T>,
      .dot = &dot<T>,
      .exp = &exp_of_elements<T>,
      .log = &log_of_elements<T>,
      .tanh = &tanh_of_elements<T>,
      .erf = &erf_of_elements<T>,
  };
  return kTable;
}

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#endif
