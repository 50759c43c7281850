// What a user should know about how a column was read.
#pragma once

#include <string>
#include <vector>

#include "ffwd/table.h"
#include "table/column_scan.h"

namespace ffwd {

/// Warnings about column `k` of a table whose `lines` are known and whose type was inferred: text because of leading
/// zeros, text though some cells are numbers or most look like dates, numbers because of integers beyond 64 bits.
void warn_about_column(const Table& table, std::size_t k, const ColumnScan& scan, std::vector<std::string>& warnings);

}  // namespace ffwd
