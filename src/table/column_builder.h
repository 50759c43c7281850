// The second pass over a CSV text, for one column: cells become values.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "ffwd/table.h"
#include "table/column_scan.h"
#include "table/missing_marks.h"
#include "table/text_coder.h"

namespace ffwd {

class ColumnBuilder {
 public:
  struct Plan {
    std::string name;
    ColumnFormat format;
    bool forced = false;         ///< the type was decided without looking at the cells: look now
    bool keep_spelling = false;  ///< see Column::spelling
  };

  /// Of a column of `n_rows` rows.
  ColumnBuilder(Plan plan, std::size_t n_rows);

  /// Takes the cell of the next row; `text` is what the field says, with as many
  /// readable bytes around it as PaddedBytes has. False if it does not fit the column's type: then
  /// explain() says why, and the builder is of no more use.
  [[nodiscard]] bool add(std::string_view text, bool quoted, const MissingMarks& marks);
  /// The next row has no value, whatever its text was.
  void add_missing();

  /// The rows of `next`, a builder with the same plan, follow.
  void append(const ColumnBuilder& next);

  /// "number '1e400' is out of range", "column 'age': 'x' is not a number".
  [[nodiscard]] std::string explain(std::string_view text) const;

  [[nodiscard]] Column take() &&;

 private:
  [[nodiscard]] bool add_value(std::string_view text, std::string_view cell);
  [[nodiscard]] bool add_integer(std::string_view cell);
  [[nodiscard]] bool add_number(std::string_view cell);
  [[nodiscard]] bool fits(std::string_view cell) const;

  Plan plan_;
  std::size_t n_rows_;
  Column column_;
  TextCoder text_;
  TextCoder spelling_;
};

}  // namespace ffwd
