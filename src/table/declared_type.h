// A column without the texts of a CSV file, brought to the type that the caller decided.
#pragma once

#include "ffwd/table.h"
#include "table/arrow_view.h"

namespace ffwd {

/// `column` with the type of ReadOptions::types, as reading its cells from a CSV file would give it. What stands for
/// each other in a model stays as it is: integers, numbers and booleans; a date where a timestamp was; no values at
/// all.
/// @throws Error(kData) a cell that cannot be read as its type, with its row.
[[nodiscard]] Column as_declared(Column column, ColumnType declared, const ArrowPlace& place);

}  // namespace ffwd
