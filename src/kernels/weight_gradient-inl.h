// The gradient of a layer's weights and biases: a product whose left side is read by columns.
#if defined(FFWD_KERNELS_WEIGHT_GRADIENT_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef FFWD_KERNELS_WEIGHT_GRADIENT_INL_H
#undef FFWD_KERNELS_WEIGHT_GRADIENT_INL_H
#else
#define FFWD_KERNELS_WEIGHT_GRADIENT_INL_H
#endif

#include <cstddef>

#include "kernels/block-inl.h"
#include "kernels/kernels.h"
#include "kernels/product-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ffwd {
namespace HWY_NAMESPACE {

inline constexpr auto kNothingToFinish = [](std::size_t, std::size_t) {};

template <class T>
void weight_gradient(const WeightGradient<T>& w) {
  const T* const start = w.adds ? w.g : nullptr;
  multiply(Multiply<T>{w.depth, w.rows, w.columns, w.a, 1, w.lda, w.d, w.ldd, start, w.ldg, w.g, w.ldg},
           kNothingToFinish);
  if (!w.g_bias) return;
  // The bias is the weight of an input that is always one; fma(1, d, sum) rounds as sum + d does.
  static constexpr T kOne = 1;
  multiply(Multiply<T>{1, w.rows, w.columns, &kOne, 0, 0, w.d, w.ldd, nullptr, 0, w.g_bias, padded<T>(w.columns)},
           kNothingToFinish);
}

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#endif
