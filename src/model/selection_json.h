// What a model file keeps of the cross-validation, or of the choice of a penalty, that went before its training.
#pragma once

#include "core/json.h"
#include "core/json_reader.h"
#include "ffwd/select.h"

namespace ffwd {

/// {"folds", "metrics": {name: {"mean", "sd", "all"}}}; what is not defined is null.
[[nodiscard]] Json cross_validation_json(const CrossValidation& cv);

/// {"penalty", "rule", "folds", "points": [{"lambda", "mean", "standard_error"}], "best", "chosen"}; numbers of points
/// count from 0, a mean that is not finite is null.
[[nodiscard]] Json penalty_path_json(const PenaltyPath& path);

/// Raises Error(kModel) unless "cross_validation" and "penalty_path" of `training`, which may be absent, are what these
/// write for a model with these metrics.
void check_selection(const JsonReader& training, const std::vector<std::string>& metrics);

}  // namespace ffwd
