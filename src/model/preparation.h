// Preparation: from a table and options to everything that training needs but the numbers themselves.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "dataset/split.h"
#include "ffwd/model.h"
#include "loss/loss.h"
#include "pipeline/pipeline.h"
#include "pipeline/targets.h"

namespace ffwd {

struct Preparation {
  Task task = Task::kRegression;
  Split split;  ///< rows of the data table
  Pipeline pipeline;
  Targets targets;
  Loss loss;
  NetworkSpec network;
  std::vector<std::string> notes, warnings;
};

/// Finds the targets, decides the task, cuts the rows and fits the preprocessing on the training rows.
/// @throws Error(kUsage, kData)
[[nodiscard]] Preparation prepare(const Table& data, const Table* valid, const Table* test, const FitOptions& options);

}  // namespace ffwd
