// Target: one column that the network is to predict, as numbers, and the way back to its unit and class names.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/json_reader.h"
#include "ffwd/matrix.h"
#include "ffwd/metrics.h"
#include "ffwd/table.h"
#include "pipeline/class_value.h"
#include "pipeline/pipeline.h"
#include "pipeline/scale.h"

namespace ffwd {

/// The task that `choice` ("auto", "regression", "classification") means for this column: with auto, text and boolean
/// are classification, integers that are only 0 and 1 are binary, all else is regression.
/// @throws Error(kData) a text or date target in regression, a target without any value, one class only (named).
[[nodiscard]] Task resolve_task(const Table& table, std::size_t column, std::string_view choice);

/// Whether the cells that are there are false and true, or integers 0 and 1, and nothing else.
[[nodiscard]] bool is_zero_or_one(const Column& column);

/// Whether cells may be missing: where a row has several targets, some of them may.
enum class Holes : bool { kRefused, kAllowed };

/// What the numbers of a target may be: any, standardised for the network; whole ones from 0 on, divided by their mean;
/// or 0 and 1, as they are.
enum class Values { kNumbers, kCounts, kBits };

class Target {
 public:
  /// Classes come from all rows of `rows`, names as collect_classes() gives them, in order: numbers rising, false
  /// before true, text by bytes. Mean and population standard deviation of a regression target come from `train_rows`.
  /// @throws Error(kData) a missing (unless `holes`) or infinite cell, or none of `values`, with its place; one class
  /// only; no value at all.
  static Target fit(const Table& table, std::size_t column, Task task, std::span<const RowIndex> rows,
                    std::span<const RowIndex> train_rows, std::vector<std::string>& warnings,
                    Holes holes = Holes::kRefused, Values values = Values::kNumbers);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] Task task() const { return task_; }
  [[nodiscard]] Values values() const { return kind_; }
  [[nodiscard]] ColumnType type() const { return type_; }
  [[nodiscard]] const std::vector<std::string>& classes() const { return classes_; }
  /// The target cells of `rows` in `table` (found by name), as the truth to compare with: regression in the column's
  /// own unit, classification as class numbers; a hole is NaN.
  /// @throws Error(kData) no such column, a missing (unless `holes`) or infinite cell, a class that is not known, each
  /// with its place.
  [[nodiscard]] std::vector<double> truth(const Table& table, std::span<const RowIndex> rows,
                                          Holes holes = Holes::kRefused) const;

  /// What the loss compares with, of a value that truth() gave: regression (t − mean) / sd, classification unchanged;
  /// NaN stays NaN.
  [[nodiscard]] double encode(double truth) const;

  /// The way back of a regression target: a standardised value in the target's unit.
  [[nodiscard]] double decode(double standardised) const { return scale_.restore(standardised); }
  /// The same of a standard deviation.
  [[nodiscard]] double decode_spread(double standardised) const;

  /// d decode(z) / dz: the standard deviation; 1 for classes, whose answers are probabilities.
  [[nodiscard]] double decode_slope() const { return task_ == Task::kRegression ? scale_.sd : 1.0; }

  [[nodiscard]] Json to_json() const;
  /// @throws Error(kModel) anything that to_json would not have written.
  static Target from_json(const JsonReader& saved, Task task, Values values = Values::kNumbers);

 private:
  std::string name_;
  Task task_ = Task::kRegression;
  ColumnType type_ = ColumnType::kNumber;
  std::vector<std::string> classes_;
  std::vector<ClassValue> values_;  ///< of the classes, rising
  Scale scale_;                     ///< of a regression target
  Values kind_ = Values::kNumbers;  ///< of a regression target
};

}  // namespace ffwd
