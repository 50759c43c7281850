// What the first pass over a file learns about one column: what its cells have in common and their values, as numbers
// while all of them are, or coded as texts if the first one is no number. Few columns then need a second pass: those
// that begin with numbers and turn out to be something else.
//
// Ranges of a file are scanned side by side: each goes on as the rows before the range told, and is then appended.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "ffwd/table.h"
#include "table/cell_reading.h"
#include "table/short_number.h"
#include "table/text_coder.h"

namespace ffwd {

/// How the cells of a column become values.
struct ColumnFormat {
  ColumnType type = ColumnType::kMissing;
  bool decimal_comma = false;  ///< numbers only
};

class ColumnScan {
 public:
  ColumnScan() = default;
  /// Of a column that the caller decided to be text: coded from its first cell on.
  [[nodiscard]] static ColumnScan of_texts();

  /// Forgets its rows; those to be added follow the rows of `before` at some distance.
  void restart_after(const ColumnScan& before);
  /// The rows of `next`, which restart_after() has seen this scan or its beginning, follow.
  void append(const ColumnScan& next);

  void add_missing() {
    if (keeps_ == Keeps::kNumbers) values_.push_back(std::numeric_limits<double>::quiet_NaN());
    if (keeps_ == Keeps::kTexts) text_.add_missing();
  }

  /// `text` is what the field says, and `cell`, as for read_cell, is that without blanks around it.
  void add(std::string_view cell, std::string_view text) {
    if (keeps_ != Keeps::kNumbers) return keeps_ == Keeps::kTexts ? add_text(cell, text) : note_cell(cell);
    const ShortNumber number = read_short_number(cell);
    if (!number.is_exact()) [[unlikely]]
      return add_other(cell, text);
    if (const CellReadings readings = readings_of(number, cell); readings != noted_) note(readings);
    values_.push_back(to_double(number));
  }

  /// Makes room for the values of `n_rows` rows in all, if any are kept.
  void reserve(std::size_t n_rows);

  /// The narrowest type that fits every cell. `comma_is_free`: the comma is not the delimiter, so numbers may have it.
  [[nodiscard]] ColumnFormat infer(bool comma_is_free) const;
  /// The format of a column whose type the caller decides; the cells may turn out not to fit it. The comma is the
  /// decimal point if the first cell with either has it.
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
  enum class Keeps : std::uint8_t { kNumbers, kTexts, kNothing };

  [[nodiscard]] bool all_read_as(CellReadings reading) const { return (common_ & reading) != 0; }
  [[nodiscard]] bool some_have(CellReadings fact) const { return (facts_ & fact) != 0; }
  void note(CellReadings readings) {
    noted_ = readings;
    any_ = true;
    common_ &= readings;
    add_facts(readings);
  }
  void note_cell(std::string_view cell) {
    if (common_ != 0) note(read_cell(cell).readings);
  }
  /// Which of point and comma decides is told by the first cell that has one.
  void add_facts(CellReadings facts) {
    constexpr CellReadings kMarks = kHasDecimalPoint | kHasDecimalComma;
    facts_ |= (facts_ & kMarks) != 0 ? facts & ~kMarks : facts;
  }
  void add_text(std::string_view cell, std::string_view text) {
    const std::size_t n_known = text_.n_levels();
    text_.add(text);
    if (text_.n_levels() == n_known) return;  // what it reads as is known too
    note_cell(cell);
    has_blanks_ = has_blanks_ || text.size() != cell.size();
  }
  void add_other(std::string_view cell, std::string_view text);
  void append_kept(const ColumnScan& next);
  void start_coding();
  void keep_nothing();

  std::vector<double> values_;  ///< NaN where missing
  TextCoder text_;
  CellReadings common_ = kAnyReading;
  CellReadings facts_ = 0;
  CellReadings noted_ = 0;  ///< of the last cell looked at
  bool any_ = false;
  Keeps keeps_ = Keeps::kNumbers;  ///< numbers in values_, texts in text_
  bool has_blanks_ = false;        ///< around some coded text, within its quotes
};

}  // namespace ffwd
