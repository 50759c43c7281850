// RowEncoder: a fitted pipeline on one row at a time, whose cells are set one by one. Once made it allocates nothing,
// but for texts longer than any before.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "ffwd/table.h"
#include "pipeline/column_encoder.h"
#include "pipeline/pipeline.h"

namespace ffwd {

class RowEncoder {
 public:
  /// Holds on to `pipeline`. All cells are missing.
  explicit RowEncoder(const Pipeline& pipeline);
  RowEncoder(const RowEncoder&) = delete;
  RowEncoder& operator=(const RowEncoder&) = delete;

  /// Cells by their place in Pipeline::columns().
  [[nodiscard]] std::size_t n_columns() const { return bound_.size(); }
  /// Whether the column holds texts, dates or timestamps; else numbers.
  [[nodiscard]] bool takes_text(std::size_t column) const { return kinds_[column] == Kind::kText; }
  /// NaN is missing; of a column that was of booleans 0 or 1.
  void set_number(std::size_t column, double value) {
    (kinds_[column] == Kind::kNumber ? numbers_[column] : row_.edit(column).numbers[0]) = value;
  }
  /// As it would stand in a file.
  void set_text(std::size_t column, std::string_view value);
  void set_missing(std::size_t column);

  /// The row's features, until the next call.
  /// @throws Error(kData) an infinite number, or a cell that cannot be read as what its column was in training.
  [[nodiscard]] std::span<const double> encode();

 private:
  Table row_;
  std::vector<std::unique_ptr<BoundColumn>> bound_;
  std::vector<std::size_t> first_feature_;
  /// Most numbers go straight to their encoder, as a table of one row would take longer than they do; others stand in
  /// that table, for encoders that want more of it.
  enum class Kind : unsigned char { kText, kNumber, kNumberOfTable };
  std::vector<Kind> kinds_;
  std::vector<double> numbers_;
  std::vector<double> features_;
  Unseen unseen_;
};

}  // namespace ffwd
