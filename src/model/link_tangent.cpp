#include "model/link_tangent.h"

#include <algorithm>

#include "kernels/kernels.h"

namespace ffwd {
namespace {

// p = softmax(y): ṗ = p ∘ (ẏ − ⟨p, ẏ⟩)
void softmax_tangent(std::span<const double> p, std::span<double> y_dot) {
  double mean = 0;
  for (std::size_t k = 0; k < p.size(); ++k) mean += p[k] * y_dot[k];
  for (std::size_t k = 0; k < p.size(); ++k) y_dot[k] = p[k] * (y_dot[k] - mean);
}

// Quantiles that cannot cross are sums of softplus, whose slope is the sigmoid.
void increments_tangent(std::size_t n_levels, std::span<const double> y, std::span<double> y_dot) {
  for (std::size_t first = 0; first < y.size(); first += n_levels) {
    for (std::size_t q = 1; q < n_levels; ++q) {
      double slope = y[first + q];
      kernels<double>().sigmoid({.rows = 1, .outputs = 1, .y = &slope, .ldy = 1});
      y_dot[first + q] = y_dot[first + q - 1] + slope * y_dot[first + q];
    }
  }
}

}  // namespace

void link_tangent(const Loss& loss, std::span<const double> y, std::span<const double> linked,
                  std::span<double> y_dot) {
  const LossRow& row = loss.row();
  switch (row.targets) {
    case LossTargets::kClasses:
      return softmax_tangent(linked, y_dot);
    case LossTargets::kTwoClasses:
      for (std::size_t k = 0; k < y_dot.size(); ++k) y_dot[k] *= linked[k] * (1 - linked[k]);
      return;
    case LossTargets::kCounts:
      for (std::size_t k = 0; k < y_dot.size(); ++k) y_dot[k] *= linked[k];
      return;
    case LossTargets::kNumbers:
      break;
  }
  if (row.outputs == LossOutputs::kLevels && row.link_f64 != nullptr) {
    increments_tangent(loss.options().levels.size(), y, y_dot);
  } else if (row.outputs == LossOutputs::kLocationScale) {  // from the logarithm of a variance, or of a scale
    const double power = row.distribution == DistributionKind::kGaussian ? 0.5 : 1;
    for (std::size_t k = y.size() / 2; k < y.size(); ++k) y_dot[k] *= power * linked[k];
  }
}

}  // namespace ffwd
