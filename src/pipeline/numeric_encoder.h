// NumericEncoder: a column of numbers through one of the numeric_steps(); missing cells take the median and are marked.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/column_encoder.h"
#include "pipeline/column_faults.h"
#include "pipeline/imputer.h"
#include "pipeline/numeric_step.h"
#include "pipeline/value_range.h"

namespace ffwd {

/// What encoding a column needs to know. Also stands for booleans, as 0 and 1.
struct NumericState {
  std::unique_ptr<const NumericStep> step;  ///< fitted on the training rows' cells that are not missing
  Imputer imputer;
  std::optional<ValueRange> range;  ///< not of booleans, nor of models that were saved before there was one
};

class NumericEncoder final : public ColumnEncoder {
 public:
  NumericEncoder(const EncoderRow& row, std::string column, ColumnType type, NumericState state)
      : ColumnEncoder(row, std::move(column), type), state_(std::move(state)) {}

  [[nodiscard]] std::string encoding() const override { return std::string(state_.step->row().name); }
  [[nodiscard]] bool has_slopes() const override { return true; }
  [[nodiscard]] const ValueRange* range() const override { return state_.range ? &*state_.range : nullptr; }
  [[nodiscard]] std::size_t n_features() const override;
  [[nodiscard]] std::vector<std::string> feature_names() const override;
  [[nodiscard]] std::unique_ptr<BoundColumn> bind(const Table& table, std::size_t k, std::size_t n_rows) const override;
  void write(Json& json, NamedArrays& arrays) const override;

  static std::unique_ptr<ColumnFitter> fitter(ColumnToFit column);
  static std::unique_ptr<ColumnEncoder> read(const EncoderRow& row, const SavedColumn& saved);

 private:
  NumericState state_;
};

}  // namespace ffwd
