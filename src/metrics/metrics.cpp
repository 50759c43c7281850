// The metrics and their one table. Definitions are scikit-learn's; sums run over the rows in their order.
#include "ffwd/metrics.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <limits>

#include "core/raise.h"
#include "core/thread_pool.h"
#include "kernels/kernels.h"
#include "metrics/roc_auc.h"

namespace ffwd {

namespace {

constexpr double kNotDefined = std::numeric_limits<double>::quiet_NaN();

struct Rows {
  std::size_t n_rows = 0;
  std::span<const double> weights;  ///< empty = all 1
  [[nodiscard]] double weight(std::size_t row) const { return weights.empty() ? 1.0 : weights[row]; }
};

/// Σ w f(row) over the rows. A row of weight 0 is as if it were not there.
template <class F>
double weighted_sum(const Rows& rows, F f) {
  double sum = 0.0;
  for (std::size_t row = 0; row < rows.n_rows; ++row)
    if (rows.weight(row) > 0.0) sum += rows.weight(row) * f(row);
  return sum;
}

double total_weight(const Rows& rows) {
  return weighted_sum(rows, [](std::size_t) { return 1.0; });
}

struct Regression : Rows {
  std::span<const double> truth, predicted;
  Distribution distribution;
  [[nodiscard]] double error(std::size_t row) const { return predicted[row] - truth[row]; }
};

struct Classification : Rows {
  std::span<const std::size_t> truth;
  std::size_t n_classes;
  const Matrix* probabilities;         ///< [rows, classes]; null where every row is given the same,
  std::span<const double> every_row;   ///< these
  std::vector<std::size_t> predicted;  ///< the most probable class; of equal ones the first
  unsigned threads;

  [[nodiscard]] std::span<const double> row(std::size_t row) const {
    return probabilities == nullptr ? every_row : probabilities->row(row);
  }
  [[nodiscard]] bool right(std::size_t row) const { return predicted[row] == truth[row]; }
};

/// A power of two not above the largest |f(row)|: dividing by it changes no digit, and keeps the squares of numbers
/// such as 1e-200 and 1e200 from vanishing and overflowing.
template <class F>
double magnitude(const Rows& rows, F f) {
  double largest = 0.0;
  for (std::size_t row = 0; row < rows.n_rows; ++row) largest = std::max(largest, std::abs(f(row)));
  return largest > 0.0 && std::isfinite(largest) ? std::ldexp(1.0, std::ilogb(largest)) : 1.0;
}

double square(double x) { return x * x; }

double rmse(const Regression& rows) {
  const double unit = magnitude(rows, [&](std::size_t row) { return rows.error(row); });
  const double sum = weighted_sum(rows, [&](std::size_t row) { return square(rows.error(row) / unit); });
  return unit * std::sqrt(sum / total_weight(rows));
}

double mae(const Regression& rows) {
  return weighted_sum(rows, [&](std::size_t row) { return std::abs(rows.error(row)); }) / total_weight(rows);
}

double r2(const Regression& rows) {
  double least = std::numeric_limits<double>::infinity();
  double greatest = -least;
  for (std::size_t row = 0; row < rows.n_rows; ++row) {
    if (rows.weight(row) == 0.0) continue;
    least = std::min(least, rows.truth[row]);
    greatest = std::max(greatest, rows.truth[row]);
  }
  // Found here and not by a deviation of 0: the mean of equal numbers may be off by a rounding.
  if (!(least < greatest)) return kNotDefined;
  const double mean = weighted_sum(rows, [&](std::size_t row) { return rows.truth[row]; }) / total_weight(rows);
  const double unit = magnitude(rows, [&](std::size_t row) { return rows.truth[row] - mean; });
  const double left = weighted_sum(rows, [&](std::size_t row) { return square(rows.error(row) / unit); });
  const double all = weighted_sum(rows, [&](std::size_t row) { return square((rows.truth[row] - mean) / unit); });
  return 1.0 - left / all;
}

/// The engine's own, the same on every machine: figures stand in model files too.
double logarithm(double x) {
  double y = 0;
  kernels<double>().log(&x, &y, 1);
  return y;
}

bool has_density(DistributionKind kind) {
  return kind == DistributionKind::kGaussian || kind == DistributionKind::kLaplace ||
         kind == DistributionKind::kPoisson;
}
bool has_quantiles(DistributionKind kind) { return kind == DistributionKind::kQuantiles; }

/// Minus the logarithm of the density of one row, or of its probability.
double negative_log_likelihood(const Regression& rows, std::size_t row) {
  constexpr std::size_t kRoom = 8;  // of a block
  const DistributionKind kind = rows.distribution.kind;
  const Kernels<double>& k = kernels<double>();
  double y[kRoom] = {rows.predicted[row]}, per_row[kRoom];
  const bool is_poisson = kind == DistributionKind::kPoisson, is_gaussian = kind == DistributionKind::kGaussian;
  if (is_poisson) {
    y[0] = logarithm(rows.predicted[row]);
  } else {  // the logarithm of the variance, or of Laplace's scale
    const double spread = logarithm(rows.distribution.sd[row]);
    y[1] = is_gaussian ? 2 * spread : spread - 0.34657359027997264;  // log(2)/2
  }
  const auto loss = is_poisson ? k.poisson : is_gaussian ? k.gaussian : k.laplace;
  loss({.rows = 1,
        .outputs = is_poisson ? std::size_t{1} : std::size_t{2},
        .y = y,
        .ldy = kRoom,
        .t = &rows.truth[row],
        .ldt = 1,
        .per_row = per_row,
        .full = true});
  return per_row[0];
}

double nll(const Regression& rows) {
  return weighted_sum(rows, [&](std::size_t row) { return negative_log_likelihood(rows, row); }) / total_weight(rows);
}

/// The mean over the levels.
double pinball_loss(const Regression& rows) {
  const std::span<const double> levels = rows.distribution.levels;
  const double sum = weighted_sum(rows, [&](std::size_t row) {
    double of_row = 0.0;
    for (std::size_t q = 0; q < levels.size(); ++q) {
      const double short_of = rows.truth[row] - rows.distribution.quantiles[row * levels.size() + q];
      of_row += short_of < 0.0 ? (levels[q] - 1.0) * short_of : levels[q] * short_of;
    }
    return of_row / static_cast<double>(levels.size());
  });
  return sum / total_weight(rows);
}

double accuracy(const Classification& rows) {
  return weighted_sum(rows, [&](std::size_t row) { return rows.right(row) ? 1.0 : 0.0; }) / total_weight(rows);
}

double balanced_accuracy(const Classification& rows) {
  std::vector<double> all(rows.n_classes), right(all.size());
  for (std::size_t row = 0; row < rows.n_rows; ++row) {
    all[rows.truth[row]] += rows.weight(row);
    if (rows.right(row)) right[rows.truth[row]] += rows.weight(row);
  }
  double sum = 0.0;
  double n_present = 0.0;
  for (std::size_t k = 0; k < all.size(); ++k) {
    if (all[k] == 0.0) continue;
    sum += right[k] / all[k];
    ++n_present;
  }
  return sum / n_present;
}

double log_loss(const Classification& rows) {
  const double sum = weighted_sum(
      rows, [&](std::size_t row) { return -logarithm(std::clamp(rows.row(row)[rows.truth[row]], 1e-15, 1.0)); });
  return sum / total_weight(rows);
}

/// Equal answers put no row above another: a half, if there are rows of two classes.
double roc_auc_of_equal_answers(const Classification& rows) {
  std::size_t first = rows.n_classes;
  for (std::size_t row = 0; row < rows.n_rows; ++row) {
    if (rows.weight(row) == 0.0) continue;
    if (first == rows.n_classes) first = rows.truth[row];
    if (rows.truth[row] != first) return 0.5;
  }
  return kNotDefined;
}

double mean_roc_auc(const Classification& rows) {
  if (rows.probabilities == nullptr) return roc_auc_of_equal_answers(rows);
  const std::size_t first_class = rows.n_classes == 2 ? 1 : 0;
  double sum = 0.0;
  double n_defined = 0.0;
  for (const double area : roc_auc(rows.truth, *rows.probabilities, rows.weights, first_class, rows.threads)) {
    if (std::isnan(area)) continue;
    sum += area;
    ++n_defined;
  }
  return sum / n_defined;
}

/// One of the two functions is set: the metric is for that task.
struct Entry {
  std::string_view name, summary;
  bool lower_is_better;
  double (*of_regression)(const Regression&);
  double (*of_classification)(const Classification&);
  bool (*applies)(DistributionKind) = nullptr;
};

constexpr bool kLower = true, kHigher = false;

constexpr Entry kEntries[] = {
    {"rmse", "root of the mean squared error, in the target's unit", kLower, rmse, nullptr},
    {"mae", "mean absolute error, in the target's unit", kLower, mae, nullptr},
    {"r2", "share of the target's variance that is explained; 1 is perfect, 0 is the mean's", kHigher, r2, nullptr},
    {"nll", "mean of -ln of the density, or probability, given to the truth; in the target's unit", kLower, nll,
     nullptr, has_density},
    {"pinball_loss", "mean over rows and levels of the error of a quantile, weighed by its level; in the target's unit",
     kLower, pinball_loss, nullptr, has_quantiles},
    {"accuracy", "share of the rows whose most probable class is right", kHigher, nullptr, accuracy},
    {"balanced_accuracy", "mean over the classes of the share of their rows that is right", kHigher, nullptr,
     balanced_accuracy},
    {"log_loss", "mean of -ln of the probability given to the right class", kLower, nullptr, log_loss},
    {"roc_auc", "probability that a row of the class scores above another; 0.5 is chance (several classes: mean)",
     kHigher, nullptr, mean_roc_auc},
};

/// A figure that overflowed is not known; infinity would say that it is.
double finite_or_nan(double value) { return std::isfinite(value) ? value : kNotDefined; }

[[noreturn]] void refuse(const std::string& what) {
  raise({.kind = ErrorKind::kUsage, .what = "metrics: " + what, .where = {}, .fix = {}});
}

void check(std::size_t n_truth, std::size_t n_predicted, std::span<const double> weights) {
  if (n_truth != n_predicted)
    refuse("truth has " + std::to_string(n_truth) + " rows but the predictions have " + std::to_string(n_predicted));
  if (!weights.empty() && weights.size() != n_truth)
    refuse("truth has " + std::to_string(n_truth) + " rows but there are " + std::to_string(weights.size()) +
           " weights");
  for (const double weight : weights)
    if (!(weight >= 0.0) || std::isinf(weight)) refuse("weights must be finite and not negative");
}

std::size_t most_probable(std::span<const double> probabilities) {
  return static_cast<std::size_t>(std::ranges::max_element(probabilities) - probabilities.begin());
}

bool has_nan(std::span<const double> values) {
  return std::ranges::any_of(values, [](double value) { return std::isnan(value); });
}

/// Fills `predicted` in. False if a probability is NaN.
bool predict_classes(Classification& rows) {
  rows.predicted.resize(rows.n_rows);
  if (rows.probabilities == nullptr) {
    std::ranges::fill(rows.predicted, most_probable(rows.every_row));
    return !has_nan(rows.every_row);
  }
  constexpr std::size_t kRowsPerTask = 1024;
  std::atomic<bool> known = true;
  parallel_for(rows.threads, (rows.n_rows + kRowsPerTask - 1) / kRowsPerTask, [&](std::size_t task, unsigned) {
    const std::size_t end = std::min(rows.n_rows, (task + 1) * kRowsPerTask);
    for (std::size_t row = task * kRowsPerTask; row < end; ++row) {
      rows.predicted[row] = most_probable(rows.row(row));
      if (has_nan(rows.row(row))) known = false;
    }
  });
  return known;
}

Metrics classification_metrics(Classification rows) {
  Metrics result;
  result.confusion.assign(rows.n_classes, std::vector<std::size_t>(rows.n_classes));
  const bool known = predict_classes(rows);
  for (std::size_t row = 0; row < rows.n_rows; ++row) {
    if (rows.truth[row] >= rows.n_classes)
      refuse("row " + std::to_string(row + 1) + " is of class number " + std::to_string(rows.truth[row]) +
             ", but there are " + std::to_string(rows.n_classes) + " classes, counted from 0");
    ++result.confusion[rows.truth[row]][rows.predicted[row]];
  }
  for (const Entry& entry : kEntries)
    if (entry.of_classification != nullptr)
      result.values.push_back(
          {std::string(entry.name), known ? finite_or_nan(entry.of_classification(rows)) : kNotDefined});
  return result;
}

}  // namespace

std::string_view to_string(Task task) {
  constexpr std::array<std::string_view, 4> kNames = {"regression", "binary", "multiclass", "multilabel"};
  return kNames[static_cast<std::size_t>(task)];
}

double Metrics::operator[](std::string_view name) const {
  const auto found = std::ranges::find(values, name, &Value::name);
  return found == values.end() ? kNotDefined : found->value;
}

std::span<const MetricRow> metrics() {
  static constexpr auto kRows = [] {
    std::array<MetricRow, std::size(kEntries)> rows{};
    for (std::size_t i = 0; i < rows.size(); ++i)
      rows[i] = {kEntries[i].name, kEntries[i].summary, kEntries[i].of_regression != nullptr,
                 kEntries[i].lower_is_better, kEntries[i].applies};
    return rows;
  }();
  return kRows;
}

Metrics regression_metrics(std::span<const double> truth, std::span<const double> predicted,
                           std::span<const double> weights, const Distribution& distribution) {
  check(truth.size(), predicted.size(), weights);
  const Regression rows{{truth.size(), weights}, truth, predicted, distribution};
  Metrics result;
  for (const Entry& entry : kEntries)
    if (entry.of_regression != nullptr && (entry.applies == nullptr || entry.applies(distribution.kind)))
      result.values.push_back({std::string(entry.name), finite_or_nan(entry.of_regression(rows))});
  return result;
}

Metrics classification_metrics(std::span<const std::size_t> truth, const Matrix& probabilities,
                               std::span<const double> weights, unsigned threads) {
  check(truth.size(), probabilities.rows(), weights);
  return classification_metrics(Classification{
      {truth.size(), weights}, truth, probabilities.columns(), &probabilities, {}, {}, thread_count(threads)});
}

Metrics constant_classification_metrics(std::span<const std::size_t> truth, std::span<const double> probabilities,
                                        std::span<const double> weights) {
  check(truth.size(), truth.size(), weights);
  return classification_metrics(
      Classification{{truth.size(), weights}, truth, probabilities.size(), nullptr, probabilities, {}, 1});
}

}  // namespace ffwd
