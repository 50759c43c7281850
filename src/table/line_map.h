// Where the rows and fields of a text file start, in far less memory than one number per row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ffwd {

/// Filled row by row by a reader, then only asked. Rows that follow one another on consecutive lines cost nothing.
class LineMap {
 public:
  /// The next row starts on physical line `line` (from 1).
  void add_row(std::uint64_t line);
  /// Fields of the last row from `column` (from 0) on start `lines` lines after its first one: there was a line end
  /// inside an earlier field. Columns of a row must come in order.
  void add_shift(std::uint32_t column, std::uint32_t lines);
  /// The rows of `next` follow; its line 1 is line `first_line` here.
  void append(const LineMap& next, std::uint64_t first_line);
  /// Forgets all rows, but not the room they took.
  void clear();

  [[nodiscard]] std::size_t n_rows() const { return n_rows_; }
  /// The physical line, from 1, on which the field starts. `row` < n_rows().
  [[nodiscard]] std::uint64_t line(std::size_t row, std::size_t column) const;

 private:
  struct Run {
    std::size_t row;
    std::uint64_t line;
  };
  struct Shift {
    std::size_t row;
    std::uint32_t column;
    std::uint32_t lines;
  };

  std::size_t n_rows_ = 0;
  std::uint64_t next_line_ = 0;
  std::vector<Run> runs_;      ///< rows at which the line is not the one after the row before; the first is row 0
  std::vector<Shift> shifts_;  ///< by row, then column
};

}  // namespace ffwd
