// Weights and groups of rows: columns that say how rows count, and are no features.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ffwd/table.h"
#include "pipeline/pipeline.h"

namespace ffwd {

/// What the column `name` says each of `rows` counts.
/// @throws Error(kData) no such column, no numbers, a cell that is missing, infinite or negative, with its place.
[[nodiscard]] std::vector<double> row_weights(const Table& table, const std::string& name,
                                              std::span<const RowIndex> rows);

/// A number for each of `rows`, equal where their cells of `column` are written alike, from 0 without gaps. A row whose
/// cell is missing is a group of its own.
[[nodiscard]] std::vector<std::uint32_t> row_groups(const Table& table, std::size_t column,
                                                    std::span<const RowIndex> rows);

/// A group that one of `rows_of_a` and some row of `b` are in, by their columns `name`; nothing if there is none, or
/// one of the tables has no such column.
[[nodiscard]] std::optional<std::string> shared_group(const Table& a, std::span<const RowIndex> rows_of_a,
                                                      const Table& b, const std::string& name);

}  // namespace ffwd
