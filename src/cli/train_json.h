// The JSON of `ffwd train --json`.
#pragma once

#include <span>
#include <string>

#include "core/json.h"
#include "ffwd/select.h"

namespace ffwd {

/// What fit() does not know of a run.
struct RunFacts {
  std::string model;  ///< path of the model file
  double read_seconds = 0.0;
  double save_seconds = 0.0;
  std::span<const std::string> warnings;
  bool replaces = false;  ///< whether the file was a model before
};

/// {"task", "targets", "rows", "network", "epochs", "best_epoch", "history", "metrics", "baseline", "seconds", "model",
/// "warnings"}, of an ensemble "members" too, and "cross_validation" or
/// "penalty_path" where they were asked for; a part without rows is null, and so is a figure that is not defined.
[[nodiscard]] Json train_json(const SelectResult& selected, const RunFacts& run);

}  // namespace ffwd
