// The names of a table's columns, from the header of a CSV file.
#pragma once

#include <string>
#include <vector>

#include "table/csv_structure.h"

namespace ffwd {

/// The names in order, with names made up for nameless columns, and without a nameless last column that is empty;
/// what was odd is added to `warnings`.
/// @throws Error(kData) at the second of two equal names.
[[nodiscard]] std::vector<std::string> name_columns(const CsvStructure& structure, const std::string& source,
                                                    std::vector<std::string>& warnings);

}  // namespace ffwd
