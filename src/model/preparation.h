// Preparation: from a table and options to everything that training needs but the numbers themselves.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "dataset/split.h"
#include "ffwd/model.h"
#include "loss/loss.h"
#include "pipeline/pipeline.h"
#include "pipeline/targets.h"

namespace ffwd {

/// Shares of all rows that are kept to validate and to test on if nothing is said; of a table of fewer rows none are.
inline constexpr double kUsualValidShare = 0.1, kUsualTestShare = 0.2;
inline constexpr std::size_t kFewRows = 100;

struct Preparation {
  Task task = Task::kRegression;
  Split split;                               ///< rows of the data table
  std::shared_ptr<const Pipeline> pipeline;  ///< of every model that is trained on it
  Targets targets;
  Loss loss;
  NetworkSpec network;
  std::vector<std::string> notes, warnings;
};

/// Rows of the data table, each list in rising order, that a fit is to use in place of all: of a cross-validation.
struct FoldRows {
  std::span<const RowIndex> rows;      ///< to train on, and to validate on unless there is a table for that
  std::span<const RowIndex> held_out;  ///< the test rows
};

/// Finds the targets, decides the task, cuts the rows and fits the preprocessing on the training rows.
/// @throws Error(kUsage, kData)
[[nodiscard]] Preparation prepare(const Table& data, const Table* valid, const Table* test, const FitOptions& options,
                                  const FoldRows* fold = nullptr);

/// The class of each of `rows`, by which cuts keep the classes' shares; empty where the target has none.
[[nodiscard]] std::vector<std::uint32_t> strata(const Targets& targets, const Table& data,
                                                std::span<const RowIndex> rows);

}  // namespace ffwd
