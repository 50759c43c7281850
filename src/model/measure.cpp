#include "model/measure.h"

#include <algorithm>
#include <vector>

namespace ffwd {

Metrics measure(Task task, std::span<const double> truth, const Matrix& predicted) {
  if (task == Task::kRegression) return regression_metrics(truth, predicted.values());
  const std::vector<std::size_t> classes(truth.begin(), truth.end());
  return classification_metrics(classes, predicted);
}

Matrix trivial_prediction(Task task, std::span<const double> train_truth, std::size_t n_classes, std::size_t rows) {
  const bool regression = task == Task::kRegression;
  std::vector<double> row(regression ? 1 : n_classes);
  for (const double t : train_truth) row[regression ? 0 : static_cast<std::size_t>(t)] += regression ? t : 1;
  for (double& sum : row) sum /= static_cast<double>(train_truth.size());
  Matrix prediction(rows, row.size());
  for (std::size_t i = 0; i < rows; ++i) std::copy(row.begin(), row.end(), prediction.row(i).begin());
  return prediction;
}

}  // namespace ffwd
