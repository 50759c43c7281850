// A table as JSON: what was read, column by column.
#pragma once

#include "core/json.h"
#include "ffwd/table.h"

namespace ffwd {

/// {"rows", "delimiter" (null if none), "warnings", "columns": [{"name", "type", "missing", …}]}. Text columns add
/// "distinct"; integers and numbers "min", "max" and "mean", null where there is none. `values` adds "values" to
/// each column: null where missing, infinities as "inf" and "-inf", dates and timestamps as written.
[[nodiscard]] Json table_json(const Table& table, bool values);

}  // namespace ffwd
