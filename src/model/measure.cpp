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

}  // namespace

Metrics measure(Task task, std::span<const std::string> targets, const Matrix& truth, const Matrix& predicted,
                std::span<const double> weights) {
  if (task != Task::kRegression) {
    const auto numbers = truth.values();
    const std::vector<std::size_t> classes(numbers.begin(), numbers.end());
    return classification_metrics(classes, predicted, weights);
  }
  if (targets.size() == 1) return regression_metrics(truth.values(), predicted.values(), weights);
  std::vector<TargetMetrics> by_target;
  for (std::size_t k = 0; k < targets.size(); ++k) {
    by_target.push_back({.target = targets[k], .metrics = measure_target(truth, predicted, weights, k)});
  }
  Metrics metrics = mean_of(by_target);
  metrics.by_target = std::move(by_target);
  return metrics;
}

Matrix trivial_prediction(Task task, const Matrix& train_truth, std::span<const double> train_weights,
                          std::size_t n_classes, std::size_t rows) {
  const bool regression = task == Task::kRegression;
  std::vector<double> row(regression ? train_truth.columns() : n_classes), total(row.size());
  for (std::size_t i = 0; i < train_truth.rows(); ++i) {
    const double weight = train_weights.empty() ? 1 : train_weights[i];
    if (!regression) {
      row[static_cast<std::size_t>(train_truth(i, 0))] += weight;
      for (double& sum : total) sum += weight;
      continue;
    }
    for (std::size_t k = 0; k < row.size(); ++k) {
      if (std::isnan(train_truth(i, k))) continue;
      row[k] += weight * train_truth(i, k);
      total[k] += weight;
    }
  }
  for (std::size_t k = 0; k < row.size(); ++k) row[k] /= total[k];
  Matrix prediction(rows, row.size());
  for (std::size_t i = 0; i < rows; ++i) std::ranges::copy(row, prediction.row(i).begin());
  return prediction;
}

}  // namespace ffwd
