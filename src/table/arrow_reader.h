// A table from a stream of Arrow arrays, wherever they come from: a file by way of the plugin, or a program in memory.
#pragma once

#include <string>

#include "ffwd/table.h"
#include "table/arrow_c_data.h"

namespace ffwd {

/// Reads `stream` to its end and releases it. A null and a NaN are missing, and nothing else is; columns of types that
/// ffwd has no word for are left out with a warning. `options.types` as for read_table; what is for texts alone
/// (delimiter, missing marks, spelling) has no effect but a warning. Rules: docs/parquet.md.
/// @throws Error(kData): the arrays are damaged, or a cell cannot be read, at "SOURCE: row N".
[[nodiscard]] Table read_arrow(ArrowArrayStream& stream, const std::string& source, const ReadOptions& options = {});

}  // namespace ffwd
