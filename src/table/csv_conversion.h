// The second pass over a CSV text: the columns that the first one could not finish.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "table/column_builder.h"
#include "table/csv_job.h"
#include "table/csv_range.h"

namespace ffwd {

/// A column that the first pass could not finish.
struct PendingColumn {
  std::size_t place = 0;  ///< among the columns
  ColumnBuilder::Plan plan{};
};

/// The columns, in the order of `pending`; `ranges` are all rows of the text.
/// @throws Error(kData) at the first cell of the text that does not fit its column.
[[nodiscard]] std::vector<Column> convert(const CsvJob& job, std::span<const CsvRange> ranges,
                                          std::span<const PendingColumn> pending);

}  // namespace ffwd
