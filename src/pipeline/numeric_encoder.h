// NumericEncoder: a column of numbers, standardised; missing cells take the median and are marked.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "pipeline/column_encoder.h"
#include "pipeline/column_faults.h"
#include "pipeline/scale.h"

namespace ffwd {

/// What standardising a column needs to know. Also stands for booleans, as 0 and 1.
struct NumericState {
  Scale scale;                 ///< of the training rows' cells that are not missing
  double median = 0.0;         ///< what a missing cell is taken for
  bool marks_missing = false;  ///< training had missing cells: a second feature is 1 where the cell is missing
};

class NumericEncoder final : public ColumnEncoder {
 public:
  NumericEncoder(const EncoderRow& row, std::string column, ColumnType type, const NumericState& state)
      : ColumnEncoder(row, std::move(column), type), state_(state) {}

  [[nodiscard]] std::size_t n_features() const override { return state_.marks_missing ? 2 : 1; }
  [[nodiscard]] std::vector<std::string> feature_names() const override;
  [[nodiscard]] std::unique_ptr<BoundColumn> bind(const Table& table, std::size_t k, std::size_t n_rows) const override;
  void write(Json& json, NamedArrays& arrays) const override;

  static std::unique_ptr<ColumnFitter> fitter(ColumnToFit column);
  static std::unique_ptr<ColumnEncoder> read(const EncoderRow& row, const SavedColumn& saved);

 private:
  NumericState state_;
};

}  // namespace ffwd
