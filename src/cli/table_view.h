// A data file as `ffwd inspect` shows it: what was inferred of each column.
#pragma once

#include "cli/console.h"
#include "ffwd/table.h"

namespace ffwd {

/// One line per column: name, type, missing cells, and the range, or the most frequent values with their counts.
void print_columns(const Console& console, const Table& table);

}  // namespace ffwd
