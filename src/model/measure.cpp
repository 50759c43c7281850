#include "model/measure.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace ffwd {
namespace {

/// Column k of both, where the truth is there.
Metrics measure_target(const Matrix& truth, const Matrix& predicted, std::span<const double> weights, std::size_t k) {
  std::vector<double> t, p, w;
  for (std::size_t i = 0; i < truth.rows(); ++i) {
    if (std::isnan(truth(i, k))) continue;
    t.push_back(truth(i, k));
    p.push_back(predicted(i, k));
    if (!weights.empty()) w.push_back(weights[i]);
  }
  return regression_metrics(t, p, w);
}

/// The plain mean over the targets for which a figure is defined.
Metrics mean_of(const std::vector<TargetMetrics>& by_target) {
  Metrics mean;
  for (const Metrics::Value& metric : by_target.front().metrics.values) {
    double sum = 0, n = 0;
    for (const TargetMetrics& target : by_target) {
      const double value = target.metrics[metric.name];
      if (std::isnan(value)) continue;
      sum += value;
      ++n;
    }
    mean.values.push_back({metric.name, sum / n});
  }
  return mean;
}

std::vector<std::size_t> class_numbers(const Matrix& truth) {
  const auto numbers = truth.values();
  return {numbers.begin(), numbers.end()};
}

/// The share of each class in the weight of all rows.
std::vector<double> class_shares(const Matrix& truth, std::span<const double> weights, std::size_t n_classes) {
  std::vector<double> shares(n_classes);
  double total = 0;
  for (std::size_t i = 0; i < truth.rows(); ++i) {
    const double weight = weights.empty() ? 1 : weights[i];
    shares[static_cast<std::size_t>(truth(i, 0))] += weight;
    total += weight;
  }
  for (double& share : shares) share /= total;
  return shares;
}

}  // namespace

Metrics measure(Task task, std::span<const std::string> targets, const Matrix& truth, const Matrix& predicted,
                std::span<const double> weights, unsigned threads) {
  if (task != Task::kRegression) return classification_metrics(class_numbers(truth), predicted, weights, threads);
  if (targets.size() == 1) return regression_metrics(truth.values(), predicted.values(), weights);
  std::vector<TargetMetrics> by_target;
  for (std::size_t k = 0; k < targets.size(); ++k) {
    by_target.push_back({.target = targets[k], .metrics = measure_target(truth, predicted, weights, k)});
  }
  Metrics metrics = mean_of(by_target);
  metrics.by_target = std::move(by_target);
  return metrics;
}

std::vector<double> trivial_prediction(Task task, const Matrix& train_truth, std::span<const double> train_weights,
                                       std::size_t n_classes) {
  if (task != Task::kRegression) return class_shares(train_truth, train_weights, n_classes);
  std::vector<double> mean(train_truth.columns()), total(mean.size());
  for (std::size_t i = 0; i < train_truth.rows(); ++i) {
    const double weight = train_weights.empty() ? 1 : train_weights[i];
    for (std::size_t k = 0; k < mean.size(); ++k) {
      if (std::isnan(train_truth(i, k))) continue;
      mean[k] += weight * train_truth(i, k);
      total[k] += weight;
    }
  }
  for (std::size_t k = 0; k < mean.size(); ++k) mean[k] /= total[k];
  return mean;
}

Metrics measure_trivial(Task task, std::span<const std::string> targets, const Matrix& truth,
                        std::span<const double> trivial, std::span<const double> weights) {
  if (task != Task::kRegression) return constant_classification_metrics(class_numbers(truth), trivial, weights);
  Matrix predicted(truth.rows(), trivial.size());
  for (std::size_t i = 0; i < truth.rows(); ++i) std::ranges::copy(trivial, predicted.row(i).begin());
  return measure(task, targets, truth, predicted, weights, 1);
}

}  // namespace ffwd
