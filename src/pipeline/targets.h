// Targets: all columns that the network is to predict. One of any kind, or several numbers side by side.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/json_reader.h"
#include "ffwd/matrix.h"
#include "ffwd/table.h"
#include "pipeline/target.h"

namespace ffwd {

class Targets {
 public:
  /// `columns`: at least one. Several are regression or multilabel, and their cells may be missing.
  /// @throws Error(kData) whatever Target::fit refuses.
  static Targets fit(const Table& table, std::span<const std::size_t> columns, Task task,
                     std::span<const RowIndex> rows, std::span<const RowIndex> train_rows,
                     std::vector<std::string>& warnings, Values values = Values::kNumbers);

  [[nodiscard]] Task task() const {
    return targets_[0].values() == Values::kBits ? Task::kMultilabel : targets_[0].task();
  }
  [[nodiscard]] std::size_t size() const { return targets_.size(); }
  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] std::span<const Target> each() const { return targets_; }
  [[nodiscard]] const std::vector<std::string>& classes() const { return targets_[0].classes(); }

  /// [rows, targets]: what to compare predictions with, see Target::truth. NaN where a cell of several is missing.
  [[nodiscard]] Matrix truth(const Table& table, std::span<const RowIndex> rows) const;

  /// What the loss compares with, of what truth() gave, into rows of stride `ld`.
  template <class T>
  void encode(const Matrix& truth, T* out, std::size_t ld) const;

  [[nodiscard]] Json to_json() const;
  /// `model`: the object whose key "targets" to_json wrote.
  /// @throws Error(kModel) anything that to_json would not have written.
  static Targets from_json(const JsonReader& model, Task task, Values values = Values::kNumbers);

 private:
  [[nodiscard]] Holes holes() const { return size() > 1 ? Holes::kAllowed : Holes::kRefused; }

  std::vector<Target> targets_;
};

}  // namespace ffwd
