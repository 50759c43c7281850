// Metrics: what predictions are worth.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ffwd/matrix.h"

namespace ffwd {

enum class Task { kRegression, kBinary, kMulticlass, kMultilabel };

/// "regression", "binary", "multiclass" or "multilabel" (several targets, each 0 or 1).
[[nodiscard]] std::string_view to_string(Task task);

/// What is known of a number beyond one answer.
enum class DistributionKind { kPoint, kGaussian, kLaplace, kPoisson, kQuantiles, kBernoulli };

/// The distributions that were predicted for the rows, in the target's own unit. Poisson's is its mean, the prediction.
/// Those of bernoulli, numbers that are 0 or 1, are measured as classes.
struct Distribution {
  DistributionKind kind = DistributionKind::kPoint;
  std::span<const double> sd;         ///< gaussian, laplace: [rows], standard deviations
  std::span<const double> levels;     ///< quantiles: rising, within (0, 1)
  std::span<const double> quantiles;  ///< quantiles: [rows, levels], row-major
};

struct TargetMetrics;

/// Named figures of one set of rows. A figure that is not defined there (r2 of a constant target, roc_auc of a single
/// class) is NaN, and null in JSON.
struct Metrics {
  struct Value {
    std::string name;
    double value = 0.0;
  };
  std::vector<Value> values;
  /// Classification: counts [true class][predicted class], in the order of the model's classes. Else empty.
  std::vector<std::vector<std::size_t>> confusion;
  /// Several targets: the figures of each, on the rows where it is there; `values` are then their means. Else empty.
  std::vector<TargetMetrics> by_target;

  [[nodiscard]] double operator[](std::string_view name) const;  ///< NaN if there is none of that name
};

struct TargetMetrics {
  std::string target;
  Metrics metrics;
};

/// One metric of the table that evaluation, help and docs walk.
struct MetricRow {
  std::string_view name;     ///< "rmse"
  std::string_view summary;  ///< "root of the mean squared error, in the target's unit"
  bool regression;           ///< for regression; else for classification
  bool lower_is_better;
  bool (*applies)(DistributionKind) = nullptr;  ///< of regression: which predictions it is for; null = all
};
[[nodiscard]] std::span<const MetricRow> metrics();

/// rmse, mae and r2 of `predicted` against `truth`, both in the target's own unit, and what applies to the
/// distribution: nll, the mean negative log-likelihood, or pinball_loss. `weights` empty = all 1.
[[nodiscard]] Metrics regression_metrics(std::span<const double> truth, std::span<const double> predicted,
                                         std::span<const double> weights = {}, const Distribution& distribution = {});

/// accuracy, balanced_accuracy (mean recall over the classes present), log_loss (natural log; probabilities clipped to
/// [1e-15, 1]), roc_auc (two classes: of the second; more: the mean of one-vs-rest over the classes that have both
/// kinds of rows) and the confusion matrix. `truth` holds class numbers, `probabilities` is [rows, classes]. At most
/// `threads` threads are used, 0 = all cores; the figures do not depend on it.
[[nodiscard]] Metrics classification_metrics(std::span<const std::size_t> truth, const Matrix& probabilities,
                                             std::span<const double> weights = {}, unsigned threads = 1);

/// The same where every row is given the same `probabilities`, one for each class.
[[nodiscard]] Metrics constant_classification_metrics(std::span<const std::size_t> truth,
                                                      std::span<const double> probabilities,
                                                      std::span<const double> weights = {});

}  // namespace ffwd
