// Names that columns of row numbers have.
#pragma once

#include <string_view>

namespace ffwd {

/// "id", "Index", "row_number", "house_id", "PassengerId", "customerID", "Unnamed: 0", and "column_3", which the CSV
/// reader calls a nameless column. Not "grid" or "paid".
[[nodiscard]] bool is_identifier_name(std::string_view name);

}  // namespace ffwd
