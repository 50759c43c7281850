#include "loss/loss.h"

#include <cassert>
#include <type_traits>
#include <utility>

namespace ffwd {

Loss::Loss(const LossRow& row, LossOptions options)
    : row_(&row), options_(std::move(options)), levels_f32_(options_.levels.begin(), options_.levels.end()) {
  assert(!options_.levels.empty() && options_.levels.size() <= kMaxLevels);
}

std::size_t Loss::n_outputs(std::size_t n_targets) const {
  switch (row_->outputs) {
    case LossOutputs::kOne:
      break;
    case LossOutputs::kLocationScale:
      return 2 * n_targets;
    case LossOutputs::kLevels:
      return options_.levels.size() * n_targets;
  }
  return n_targets;
}

template <class T>
void Loss::complete(LossBatch<T>& b) const {
  b.delta = static_cast<T>(options_.delta);
  b.smoothing = static_cast<T>(options_.label_smoothing);
  b.sum_outputs = options_.sum_outputs;
  b.full = options_.full;
  b.soft_targets = options_.soft_targets;
  b.n_levels = options_.levels.size();
  if constexpr (std::is_same_v<T, float>) {
    b.levels = levels_f32_.data();
  } else {
    b.levels = options_.levels.data();
  }
}

template <class T>
LossFunction<T> Loss::kernel() const {
  if constexpr (std::is_same_v<T, float>) {
    return kernels<T>().*row_->batch_f32;
  } else {
    return kernels<T>().*row_->batch_f64;
  }
}

template <class T>
void Loss::link(T* y, std::size_t ld, std::size_t rows, std::size_t outputs) const {
  const LinkBatch<T> b{.rows = rows, .outputs = outputs, .y = y, .ldy = ld, .n_levels = options_.levels.size()};
  if constexpr (std::is_same_v<T, float>) {
    if (row_->link_f32) (kernels<T>().*row_->link_f32)(b);
  } else {
    if (row_->link_f64) (kernels<T>().*row_->link_f64)(b);
  }
}

template void Loss::complete(LossBatch<float>&) const;
template void Loss::complete(LossBatch<double>&) const;
template LossFunction<float> Loss::kernel<float>() const;
template LossFunction<double> Loss::kernel<double>() const;
template void Loss::link(float*, std::size_t, std::size_t, std::size_t) const;
template void Loss::link(double*, std::size_t, std::size_t, std::size_t) const;

}  // namespace ffwd
