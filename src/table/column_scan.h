// What the first pass over a file learns about one column: what its cells have in common and their values, as numbers
// while all of them are, or coded as texts if the first one is no number. Few columns then need a second pass: those
// that begin with numbers and turn out to be something else.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <string_view>
#include <vector>

#include "ffwd/table.h"
#include "table/cell_reading.h"
#include "table/text_coder.h"

namespace ffwd {

/// How the cells of a column become values.
struct ColumnFormat {
  ColumnType type = ColumnType::kMissing;
  bool decimal_comma = false;  ///< numbers only
};

class ColumnScan {
 public:
  /// Text for sure, and not coded: further cells change nothing and need not be added.
  [[nodiscard]] bool is_settled() const { return common_ == 0 && !coding_; }

  void add_missing() {
    if (collecting_) values_.push_back(std::numeric_limits<double>::quiet_NaN());
    if (coding_) text_.add_missing();
  }

  /// `text` is what the field says, and `cell`, as for read_cell, is that without blanks around it.
  void add(std::string_view cell, std::string_view text) {
    if (coding_) {
      add_text(cell, text);
      return;
    }
    const CellReading reading = read_cell(cell);
    const bool is_first = !any_;
    note(reading);
    if (!collecting_) return;
    if (!std::isnan(reading.value)) {
      values_.push_back(reading.value);
      return;
    }
    if (is_first && (reading.readings & kReadsAsAnyNumber) == 0) start_coding(cell, text);
    stop_collecting();
  }

  /// Makes room for the values of `n_rows` rows in all, if values are collected.
  void reserve(std::size_t n_rows) {
    if (collecting_) values_.reserve(n_rows);
    if (coding_) text_.reserve(n_rows);
  }

  /// The narrowest type that fits every cell. `comma_is_free`: the comma is not the delimiter, so numbers may have it.
  [[nodiscard]] ColumnFormat infer(bool comma_is_free) const;
  /// The format of a column whose type the caller decides; the cells may turn out not to fit it.
  [[nodiscard]] ColumnFormat force(ColumnType type, bool comma_is_free) const;

  /// Whether take() has the column in a format that infer() or force() gave: every cell was missing, or a number that
  /// float64 holds as well as the column will, or was coded and is one of the kind.
  [[nodiscard]] bool has_values(const ColumnFormat& format) const;
  /// The column. Only if has_values().
  [[nodiscard]] Column take(std::string name, ColumnType type) &&;

  /// Text because of integers such as 007, though every cell is a number.
  [[nodiscard]] bool is_code() const;
  /// Numbers because of integers beyond 64 bits, though every cell is an integer.
  [[nodiscard]] bool is_beyond_64_bits() const;

 private:
  [[nodiscard]] bool all_read_as(CellReadings reading) const { return (common_ & reading) != 0; }
  [[nodiscard]] bool some_have(CellReadings fact) const { return (facts_ & fact) != 0; }
  void note(const CellReading& reading) {
    any_ = true;
    common_ &= reading.readings;
    facts_ |= reading.readings;
  }
  void add_text(std::string_view cell, std::string_view text) {
    const std::size_t n_known = text_.n_levels();
    text_.add(text);
    if (text_.n_levels() == n_known) return;  // what it reads as is known too
    if (common_ != 0) note(read_cell(cell));
    has_blanks_ = has_blanks_ || text.size() != cell.size();
  }
  void start_coding(std::string_view cell, std::string_view text);
  void stop_collecting();

  std::vector<double> values_;  ///< NaN where missing
  TextCoder text_;
  CellReadings common_ = kAnyReading;
  CellReadings facts_ = 0;
  bool any_ = false;
  bool collecting_ = true;   ///< numbers in values_
  bool coding_ = false;      ///< texts in text_
  bool has_blanks_ = false;  ///< around some coded text, within its quotes
};

}  // namespace ffwd
