// Losses: the one table of what training can minimise. Each compares raw outputs with targets and knows the likelihood
// it is the negative logarithm of, and with it the link from raw outputs to predictions.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "kernels/kernels.h"

namespace ffwd {

/// What a loss compares outputs with.
enum class LossTargets {
  kNumbers,     ///< one number or several, one output each
  kTwoClasses,  ///< 0 or 1, one output
  kClasses,     ///< a class number, one output for each class
};

struct LossRow {
  std::string_view name;        ///< "mse"
  std::string_view summary;     ///< "mean squared error"
  std::string_view likelihood;  ///< "gaussian_mean"
  std::string_view source;
  LossTargets targets;
  /// Losses of each row, and their scaled derivatives with respect to the raw outputs.
  void (*batch_f32)(const LossBatch<float>& batch);
  void (*batch_f64)(const LossBatch<double>& batch);
  /// Raw outputs [rows, outputs] to the likelihood's point prediction, in place.
  void (*link_f32)(float* y, std::size_t ld, std::size_t rows, std::size_t outputs);
  void (*link_f64)(double* y, std::size_t ld, std::size_t rows, std::size_t outputs);

  void batch(const LossBatch<float>& b) const { batch_f32(b); }
  void batch(const LossBatch<double>& b) const { batch_f64(b); }
  void link(float* y, std::size_t ld, std::size_t rows, std::size_t outputs) const { link_f32(y, ld, rows, outputs); }
  void link(double* y, std::size_t ld, std::size_t rows, std::size_t outputs) const { link_f64(y, ld, rows, outputs); }
};

/// Written by the build from the files of this folder.
[[nodiscard]] std::span<const LossRow* const> losses();

}  // namespace ffwd
