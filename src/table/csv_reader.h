// A CSV text to a Table, in steps: read_csv and read_table are both of them.
#pragma once

#include <string>
#include <string_view>

#include "ffwd/table.h"
#include "table/csv_job.h"

namespace ffwd {

/// What there is to do with `text` (of PaddedBytes).
/// @throws Error(kData, kUsage) it is no CSV text, or empty; a delimiter that cannot be one.
[[nodiscard]] CsvJob csv_job(std::string_view text, std::string source, const ReadOptions& options);

/// @throws Error(kData) at SOURCE:LINE:COLUMN.
[[nodiscard]] Table read_job(const CsvJob& job);

}  // namespace ffwd
