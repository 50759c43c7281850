// Ranges of a CSV text, to be read side by side.
//
// Where a record starts can only be known from the beginning of the text on: any line end may stand within quotes.
// So each range is guessed to start after a line end and is read; when the ranges before it have been read too, the
// guess has proved right or wrong, and a range with a wrong one is read again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "table/csv_records.h"

namespace ffwd {

/// Whole records of a text.
struct CsvRange {
  std::string_view text;
  std::uint64_t first_line = 1;  ///< physical, of the text's beginning
  std::size_t first_row = 0;
  std::size_t n_rows = 0;
};

/// Cuts `text` into ranges of about `range_bytes`, from front to back.
class RangeCutter {
 public:
  RangeCutter(std::string_view text, std::size_t range_bytes) : left_(text), range_bytes_(range_bytes) {}

  /// At most `n_most` further ranges that together leave nothing out; none at the end of the text. All but the last of
  /// the text end after a line end.
  [[nodiscard]] std::vector<std::string_view> next(std::size_t n_most);

 private:
  std::string_view left_;
  std::size_t range_bytes_;
};

/// How many ranges to read before what was read is put together: some for each thread, so that none waits long.
[[nodiscard]] std::size_t ranges_at_once(unsigned threads);

}  // namespace ffwd
