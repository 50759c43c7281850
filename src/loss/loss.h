// Losses: the one table of what training can minimise. Each compares raw outputs with targets and knows the likelihood
// it is the negative logarithm of, and with it the link from raw outputs to predictions.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "ffwd/metrics.h"
#include "kernels/kernels.h"

namespace ffwd {

/// What a loss compares outputs with.
enum class LossTargets {
  kNumbers,     ///< one number or several
  kCounts,      ///< whole numbers from 0 on, one or several
  kTwoClasses,  ///< 0 or 1, one or several
  kClasses,     ///< a class number
};

/// Raw outputs that belong to one target.
enum class LossOutputs {
  kOne,            ///< of several classes: one for each class
  kLocationScale,  ///< two, in columns m_1 … m_K, s_1 … s_K
  kLevels,         ///< one for each level, column k·Q + q
};

/// A kernel, by its place in the table of each precision.
template <class T>
using LossKernel = LossFunction<T> Kernels<T>::*;
template <class T>
using LinkKernel = void (*Kernels<T>::*)(const LinkBatch<T>&);

struct LossRow {
  std::string_view name;        ///< "mse"
  std::string_view summary;     ///< "mean squared error"
  std::string_view likelihood;  ///< "gaussian_mean"
  std::string_view source;
  LossTargets targets;
  LossOutputs outputs = LossOutputs::kOne;
  DistributionKind distribution = DistributionKind::kPoint;  ///< what the answers say of a number
  bool has_delta = false, has_smoothing = false;             ///< which LossOptions it hears
  bool squared = false;  ///< a sum of squared differences between outputs and targets, times a constant
  /// Losses of each row, and their scaled derivatives with respect to the raw outputs.
  LossKernel<float> batch_f32;
  LossKernel<double> batch_f64;
  /// Raw outputs [rows, outputs] to the likelihood's answers, in place; null = they are the answers.
  LinkKernel<float> link_f32 = nullptr;
  LinkKernel<double> link_f64 = nullptr;
};

struct LossOptions {
  double delta = 1;  ///< huber: the size of an error up to which it counts squared, > 0
  double label_smoothing =
      0;  ///< categorical_cross_entropy: of the truth, the part shared out among all classes, [0, 1)
  std::vector<double> levels = {0.1, 0.5, 0.9};  ///< quantile, pinball: rising, within (0, 1), 1 … kMaxLevels of them
  bool sum_outputs = false;                      ///< a row's loss is the sum of its terms; else their mean
  bool full = false;                             ///< gaussian, laplace, poisson: the likelihood's constants are counted
  bool soft_targets = false;  ///< categorical_cross_entropy: targets are the classes' probabilities, a column each

  friend bool operator==(const LossOptions&, const LossOptions&) = default;
};

/// A row of the table with its options. Cheap to copy before training; nothing in it changes afterwards.
class Loss {
 public:
  Loss() = default;  ///< none yet
  explicit Loss(const LossRow& row, LossOptions options = {});

  [[nodiscard]] const LossRow& row() const { return *row_; }
  [[nodiscard]] const LossOptions& options() const { return options_; }
  /// Raw outputs that the network needs for this many targets; of several classes: for this many classes.
  [[nodiscard]] std::size_t n_outputs(std::size_t n_targets) const;

  /// As the kernels ask (LossBatch), but for what LossOptions say, which complete() fills in.
  template <class T>
  void batch(LossBatch<T>&& b) const {
    complete(b);
    kernel<T>()(b);
  }
  template <class T>
  void complete(LossBatch<T>& b) const;
  template <class T>
  [[nodiscard]] LossFunction<T> kernel() const;
  /// Raw outputs [rows, outputs] of stride ld to the likelihood's answers in place: probabilities, rates, quantiles; of
  /// gaussian and laplace the second half becomes standard deviations.
  template <class T>
  void link(T* y, std::size_t ld, std::size_t rows, std::size_t outputs) const;

 private:
  const LossRow* row_ = nullptr;
  LossOptions options_;
  std::vector<float> levels_f32_;
};

/// Written by the build from the files of this folder.
[[nodiscard]] std::span<const LossRow* const> losses();

}  // namespace ffwd
