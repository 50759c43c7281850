// A CSV text to be read, and how.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "ffwd/table.h"
#include "table/missing_marks.h"

namespace ffwd {

/// Bytes that a thread reads at a time: enough that starting costs nothing, few enough that a file of some megabytes
/// is shared out evenly and that what is read stays in the caches until it is put together.
constexpr std::size_t kRangeBytes = std::size_t{1} << 18;

/// What is read depends neither on `threads` nor on `range_bytes`.
struct CsvJob {
  std::string_view text;  ///< as for CsvRecords; without byte order mark
  std::string source{};   ///< its name in messages
  char delimiter = ',';   ///< found, where the options leave it open
  ReadOptions options{};  ///< what else they say
  MissingMarks marks{options.missing};
  unsigned threads = 1;  ///< at least 1
  std::size_t range_bytes = kRangeBytes;
};

}  // namespace ffwd
