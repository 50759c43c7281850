// What the first pass over a file learns about one column: what its cells have in common and, as long as all of them
// are numbers, their values. A table of numbers then needs no second pass.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <string_view>
#include <vector>

#include "ffwd/table.h"
#include "table/cell_reading.h"

namespace ffwd {

/// How the cells of a column become values.
struct ColumnFormat {
  ColumnType type = ColumnType::kMissing;
  bool decimal_comma = false;  ///< numbers only
};

class ColumnScan {
 public:
  /// Text for sure: further cells change nothing and need not be added.
  [[nodiscard]] bool is_settled() const { return common_ == 0; }

  void add_missing() {
    if (collecting_) values_.push_back(std::numeric_limits<double>::quiet_NaN());
  }

  /// `cell` as for read_cell.
  void add(std::string_view cell) {
    const CellReading reading = read_cell(cell);
    any_ = true;
    common_ &= reading.readings;
    facts_ |= reading.readings;
    if (!collecting_) return;
    if (std::isnan(reading.value))
      stop_collecting();
    else
      values_.push_back(reading.value);
  }

  /// Makes room for the values of `n_rows` rows in all, if values are collected.
  void reserve(std::size_t n_rows) {
    if (collecting_) values_.reserve(n_rows);
  }

  /// The narrowest type that fits every cell. `comma_is_free`: the comma is not the delimiter, so numbers may have it.
  [[nodiscard]] ColumnFormat infer(bool comma_is_free) const;
  /// The format of a column whose type the caller decides; the cells may turn out not to fit it.
  [[nodiscard]] ColumnFormat force(ColumnType type, bool comma_is_free) const;

  /// Whether take() has the column: every cell was missing, or a number that float64 holds as well as the column will.
  [[nodiscard]] bool has_values(const ColumnFormat& format) const {
    const bool numeric = format.type == ColumnType::kInteger || format.type == ColumnType::kNumber;
    return collecting_ && (numeric || (format.type == ColumnType::kMissing && !any_));
  }
  /// The column, of type integer, number or missing. Only if has_values().
  [[nodiscard]] Column take(std::string name, ColumnType type) &&;

  /// Text because of integers such as 007, though every cell is a number.
  [[nodiscard]] bool is_code() const;
  /// Numbers because of integers beyond 64 bits, though every cell is an integer.
  [[nodiscard]] bool is_beyond_64_bits() const;

 private:
  [[nodiscard]] bool all_read_as(CellReadings reading) const { return (common_ & reading) != 0; }
  [[nodiscard]] bool some_have(CellReadings fact) const { return (facts_ & fact) != 0; }
  void stop_collecting();

  std::vector<double> values_;  ///< NaN where missing
  CellReadings common_ = kAnyReading;
  CellReadings facts_ = 0;
  bool any_ = false;
  bool collecting_ = true;
};

}  // namespace ffwd
