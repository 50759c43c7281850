// A model applied to a file: what predict and evaluate both begin with.
#pragma once

#include <string>
#include <vector>

#include "cli/warnings.h"
#include "ffwd/model.h"
#include "ffwd/table.h"

namespace ffwd {

struct PredictionInput {
  std::string model, data;
  char delimiter = 0;  ///< 0 = found out
  unsigned threads = 0;
};

struct Predicted {
  Model model;
  Table table;
  Prediction prediction;
};

/// Loads the model, reads the table as the model's columns ask for, with the exact texts of `keep` where it has them
/// and of the target, and predicts. What was odd goes to `warnings`.
/// @throws Error(kModel, kData)
[[nodiscard]] Predicted predict_file(const PredictionInput& input, const std::vector<std::string>& keep,
                                     Warnings& warnings);

}  // namespace ffwd
