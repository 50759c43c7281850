// Metrics of predictions, and of the trivial model that a network must beat.
#pragma once

#include <span>

#include "ffwd/matrix.h"
#include "ffwd/metrics.h"

namespace ffwd {

/// `truth` as Target::truth gives it, `predicted` as Target::decode.
[[nodiscard]] Metrics measure(Task task, std::span<const double> truth, const Matrix& predicted);

/// What the trivial model predicts for `rows` rows: the mean of `train_truth`, or the shares of its classes.
[[nodiscard]] Matrix trivial_prediction(Task task, std::span<const double> train_truth, std::size_t n_classes,
                                        std::size_t rows);

}  // namespace ffwd
