// The first pass over a CSV text: its shape, what its columns can be, and where its rows are. After it nothing can be
// wrong with the text but single values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "table/column_scan.h"
#include "table/csv_job.h"
#include "table/csv_range.h"
#include "table/line_map.h"

namespace ffwd {

struct CsvStructure {
  std::vector<std::string> names;         ///< of the header, as written
  std::vector<std::uint64_t> name_lines;  ///< the physical line of each
  std::vector<ColumnScan> columns;        ///< one per column
  bool last_column_is_empty = true;       ///< nothing in any row, not even blanks in quotes
  std::size_t n_blank = 0;                ///< blank records left out
  LineMap lines;                          ///< of the rows, the header not counted
  std::vector<CsvRange> ranges;           ///< of all rows, in order
};

/// Reads the text of `job`, which holds more than blanks and line ends, to its end.
/// @throws Error(kData) at the first structural fault.
[[nodiscard]] CsvStructure read_structure(const CsvJob& job);

}  // namespace ffwd
