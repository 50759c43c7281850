// A table as a stream of Arrow arrays, for a file by way of the plugin or for a program in memory.
#pragma once

#include "ffwd/table.h"
#include "table/arrow_c_data.h"

namespace ffwd {

/// Gives a copy of `table` as one batch: integers as int64, numbers as float64, text as utf8, booleans, dates as
/// date32, timestamps as microseconds, or nanoseconds where the texts have that many digits (UTC if a zone was written
/// in any of them), a column of no values as null. Missing cells are null. Whoever has the stream releases it; what it
/// gives may outlive it.
void write_arrow(const Table& table, ArrowArrayStream& out);

}  // namespace ffwd
