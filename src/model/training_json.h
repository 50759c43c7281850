// The record of a training run that a model file keeps: only what equal runs share.
#pragma once

#include <span>
#include <string>

#include "core/json.h"
#include "core/json_reader.h"
#include "ffwd/model.h"

namespace ffwd {

/// {"rmse": 1.5, …, "confusion_matrix": [[…]]}, and of several targets "targets": {name: {"rmse": 1.5, …}}; undefined
/// figures are null.
[[nodiscard]] Json metrics_json(const Metrics& metrics);

/// {"train", "valid", "test"}: the figures of each part, but for confusion matrices; null for one without rows.
[[nodiscard]] Json parts_json(const FitResult::Part& train, const FitResult::Part& valid, const FitResult::Part& test);

/// Raises Error(kModel) unless `model`'s "training" key is what training_json writes for a model of this task, this
/// kind of predictions, these targets and these features.
void check_training(const JsonReader& model, Task task, DistributionKind kind, std::span<const std::string> targets,
                    std::span<const Feature> features);

/// The file's "training" key: the options, those of the training as settled() leaves them, and the finished run.
[[nodiscard]] Json training_json(const FitOptions& options, const TrainOptions& used, const FitResult& result);

}  // namespace ffwd
