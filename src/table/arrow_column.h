// One column on its way from Arrow arrays, which come batch by batch, to a Column of ffwd.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "ffwd/table.h"
#include "table/arrow_c_data.h"
#include "table/arrow_type.h"
#include "table/arrow_view.h"
#include "table/integer_coder.h"
#include "table/text_coder.h"

namespace ffwd {

class ArrowColumn {
 public:
  /// `field` as the stream's schema describes the column.
  ArrowColumn(ArrowPlace place, const ArrowSchema& field);

  /// Whether ffwd has a type for such values; if not, only refusal() may be asked.
  [[nodiscard]] bool is_readable() const { return values_.kind != ArrowKind::kOther; }
  /// "column 'tags' holds a list in each cell, which …".
  [[nodiscard]] std::string refusal() const;

  [[nodiscard]] const ArrowPlace& place() const { return place_; }

  /// Whether the type of the column is known from the rows so far: no later row can change it.
  [[nodiscard]] bool is_settled() const;
  /// Integers of which some are beyond 64 bits, so that all are numbers.
  [[nodiscard]] bool is_beyond_64_bits() const { return beyond_64_bits_; }
  /// Makes room for so many rows in all, as far as the number can be trusted.
  void reserve(std::size_t n_rows);
  /// Before the first row, of integers: rows of this table that are not among those to come are beyond 64 bits.
  void expect_beyond_64_bits();

  /// The next rows: [start, start + n_rows) of `array`.
  /// @throws Error(kData) naming the row: text that is not UTF-8, a date that no calendar has; or damaged arrays.
  void add(const ArrowArray& array, std::int64_t start, std::int64_t n_rows);

  /// The column; what was odd is added to `warnings`. The type is the narrowest that fits, as in a CSV file: of no
  /// values at all it is missing, of nothing but dates written as text it is date, and of times without a zone that
  /// are all midnight too.
  [[nodiscard]] Column take(std::vector<std::string>& warnings) &&;

 private:
  struct Rows;

  void add_rows(const Rows& rows);
  void add_booleans(const Rows& rows);
  void add_integers(const Rows& rows);
  template <class T>
  void add_integers_of(const Rows& rows);
  void add_floats(const Rows& rows);
  void add_doubles(const Rows& rows);
  void add_decimals(const Rows& rows);
  void add_texts(const Rows& rows);
  void add_instants(const Rows& rows);

  void push_missing();
  void push_integer(std::int64_t value);
  void push_beyond_64_bits(double value);
  void push_number(double value);
  void push_instant(std::int64_t value);
  [[nodiscard]] std::int32_t code_of_text(std::string_view text);
  [[nodiscard]] std::string here() const { return place_.row(column_.n_rows); }

  void narrow_texts(std::vector<std::string>& warnings);
  struct DayAndRest {
    std::int64_t days, rest;  ///< since 1970, and units of the type since midnight
  };
  [[nodiscard]] DayAndRest day_and_rest(std::int64_t value) const;
  /// Of the levels of `instants_`.
  [[nodiscard]] std::vector<std::string> instant_texts() const;

  ArrowPlace place_;
  ArrowType values_;    ///< of the dictionary's values where there is a dictionary
  ArrowType keys_;      ///< of the column's own array
  bool coded_ = false;  ///< there is a dictionary
  Column column_;
  TextCoder texts_;
  IntegerCoder instants_;  ///< dates and times, whose texts are made when all are known
  bool any_ = false;
  bool beyond_64_bits_ = false;
  bool all_midnight_ = true;
};

}  // namespace ffwd
