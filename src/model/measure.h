// Metrics of predictions, and of the trivial model that a network must beat.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ffwd/matrix.h"
#include "ffwd/metrics.h"
#include "model/answers.h"

namespace ffwd {

/// `truth` as Targets::truth gives it, `predicted` as decode() (model/answers.h), whose columns of numbers `layout`
/// tells; `targets` are their names; `weights` empty = all 1. Of several targets, each is measured on the rows where it
/// is there, and the figures are the means of theirs. They do not depend on `threads`, 0 = all cores.
[[nodiscard]] Metrics measure(Task task, std::span<const std::string> targets, const Matrix& truth,
                              const Matrix& predicted, std::span<const double> weights, unsigned threads,
                              const AnswerLayout& layout = {});

/// What the trivial model answers for every row, fitted on the (weighted) training rows: the shares of the classes; or
/// of each column of `train_truth` the mean and what else `layout` asks for: the standard deviation; for laplace the
/// median and the deviation of the scale that fits it; the quantiles.
[[nodiscard]] std::vector<double> trivial_prediction(Task task, const Matrix& train_truth,
                                                     std::span<const double> train_weights, std::size_t n_classes,
                                                     const AnswerLayout& layout = {});

/// measure() where every row is given the `trivial` prediction.
[[nodiscard]] Metrics measure_trivial(Task task, std::span<const std::string> targets, const Matrix& truth,
                                      std::span<const double> trivial, std::span<const double> weights,
                                      const AnswerLayout& layout = {});

}  // namespace ffwd
