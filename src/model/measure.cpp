#include "model/measure.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace ffwd {
namespace {

/// Of a target that is 0 or 1; `probabilities` of 1.
Metrics measure_bits(std::span<const double> truth, std::span<const double> probabilities,
                     std::span<const double> weights) {
  Matrix both(truth.size(), 2);
  for (std::size_t i = 0; i < truth.size(); ++i) {
    both(i, 0) = 1 - probabilities[i];
    both(i, 1) = probabilities[i];
  }
  const std::vector<std::size_t> classes(truth.begin(), truth.end());
  return classification_metrics(classes, both, weights, 1);
}

/// Target k of both, where the truth is there.
Metrics measure_target(const Matrix& truth, const Matrix& predicted, std::span<const double> weights, std::size_t k,
                       const AnswerLayout& layout) {
  std::vector<double> t, p, w, second, quantiles;
  for (std::size_t i = 0; i < truth.rows(); ++i) {
    if (std::isnan(truth(i, k))) continue;
    const auto answers = predicted.row(i).subspan(k * layout.per_target(), layout.per_target());
    t.push_back(truth(i, k));
    p.push_back(answers[0]);
    if (layout.has_sd() || layout.has_probability()) second.push_back(answers[1]);
    if (layout.has_quantiles()) quantiles.insert(quantiles.end(), answers.begin() + 1, answers.end());
    if (!weights.empty()) w.push_back(weights[i]);
  }
  if (layout.has_probability()) return measure_bits(t, second, w);
  return regression_metrics(t, p, w,
                            {.kind = layout.kind, .sd = second, .levels = layout.levels, .quantiles = quantiles});
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

/// Whether the one target is a class, else targets are numbers.
bool is_of_classes(Task task) { return task == Task::kBinary || task == Task::kMulticlass; }

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

/// What counts of a column of numbers, with its weights.
struct Weighed {
  double value, weight;
};

std::vector<Weighed> weighed_column(const Matrix& truth, std::span<const double> weights, std::size_t k) {
  std::vector<Weighed> column;
  for (std::size_t i = 0; i < truth.rows(); ++i) {
    const double weight = weights.empty() ? 1 : weights[i];
    if (!std::isnan(truth(i, k)) && weight > 0) column.push_back({truth(i, k), weight});
  }
  return column;
}

/// The weighted mean of f.
template <class F>
double mean_over(std::span<const Weighed> column, F f) {
  double sum = 0, total = 0;
  for (const Weighed& cell : column) {
    sum += cell.weight * f(cell.value);
    total += cell.weight;
  }
  return sum / total;
}

/// The smallest value that has at least this share of the weight at or below it; `rising` by value.
double quantile_of(std::span<const Weighed> rising, double level) {
  double total = 0, below = 0;
  for (const Weighed& cell : rising) total += cell.weight;
  for (const Weighed& cell : rising) {
    below += cell.weight;
    if (below >= level * total) return cell.value;
  }
  return rising.back().value;
}

/// What the trivial model answers for a column.
std::vector<double> trivial_answers(std::vector<Weighed> column, const AnswerLayout& layout) {
  if (column.empty()) {  // a target that is there only in rows that weigh nothing
    return std::vector<double>(layout.per_target(), std::numeric_limits<double>::quiet_NaN());
  }
  const double mean = mean_over(column, [](double t) { return t; });
  if (layout.kind == DistributionKind::kGaussian) {
    return {mean, std::sqrt(mean_over(column, [mean](double t) { return (t - mean) * (t - mean); }))};
  }
  if (layout.has_probability()) return {mean > 0.5 ? 1.0 : 0.0, mean};
  if (!layout.has_sd() && !layout.has_quantiles()) return {mean};
  std::ranges::sort(column, {}, &Weighed::value);
  if (layout.has_sd()) {
    const double median = quantile_of(column, 0.5);
    const double scale = mean_over(column, [median](double t) { return std::abs(t - median); });
    return {median, scale * std::sqrt(2.0)};
  }
  std::vector<double> quantiles;
  for (const double level : layout.levels) quantiles.push_back(quantile_of(column, level));
  quantiles.insert(quantiles.begin(), middle(layout.levels, quantiles));
  return quantiles;
}

}  // namespace

Metrics measure(Task task, std::span<const std::string> targets, const Matrix& truth, const Matrix& predicted,
                std::span<const double> weights, unsigned threads, const AnswerLayout& layout) {
  if (is_of_classes(task)) return classification_metrics(class_numbers(truth), predicted, weights, threads);
  if (targets.size() == 1) return measure_target(truth, predicted, weights, 0, layout);
  std::vector<TargetMetrics> by_target;
  for (std::size_t k = 0; k < targets.size(); ++k) {
    by_target.push_back({.target = targets[k], .metrics = measure_target(truth, predicted, weights, k, layout)});
  }
  Metrics metrics = mean_of(by_target);
  metrics.by_target = std::move(by_target);
  return metrics;
}

std::vector<double> trivial_prediction(Task task, const Matrix& train_truth, std::span<const double> train_weights,
                                       std::size_t n_classes, const AnswerLayout& layout) {
  if (is_of_classes(task)) return class_shares(train_truth, train_weights, n_classes);
  std::vector<double> all;
  for (std::size_t k = 0; k < train_truth.columns(); ++k) {
    const std::vector<double> answers = trivial_answers(weighed_column(train_truth, train_weights, k), layout);
    all.insert(all.end(), answers.begin(), answers.end());
  }
  return all;
}

Metrics measure_trivial(Task task, std::span<const std::string> targets, const Matrix& truth,
                        std::span<const double> trivial, std::span<const double> weights, const AnswerLayout& layout) {
  if (is_of_classes(task)) return constant_classification_metrics(class_numbers(truth), trivial, weights);
  Matrix predicted(truth.rows(), trivial.size());
  for (std::size_t i = 0; i < truth.rows(); ++i) std::ranges::copy(trivial, predicted.row(i).begin());
  return measure(task, targets, truth, predicted, weights, 1, layout);
}

}  // namespace ffwd
