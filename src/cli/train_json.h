// The JSON of `ffwd train --json`.
#pragma once

#include <span>
#include <string>

#include "core/json.h"
#include "ffwd/model.h"

namespace ffwd {

/// What fit() does not know of a run.
struct RunFacts {
  std::string model;  ///< path of the model file
  double read_seconds = 0.0;
  double save_seconds = 0.0;
  std::span<const std::string> warnings;
};

/// {"task", "targets", "rows", "network", "epochs", "best_epoch", "history", "metrics", "baseline", "seconds", "model",
/// "warnings"}, of an ensemble "members" too; a part without rows is null, and so is a figure that is not defined.
[[nodiscard]] Json train_json(const FitResult& result, const RunFacts& run);

}  // namespace ffwd
