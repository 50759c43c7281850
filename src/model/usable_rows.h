// Which rows of a table can be learnt from or measured on: those with a target. One rule for all tables.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "ffwd/table.h"
#include "pipeline/pipeline.h"

namespace ffwd {

struct UsableRows {
  std::vector<RowIndex> rows;
  std::size_t n_holes = 0;  ///< missing target cells in them: of several targets, some may be missing, but not all
};

/// Rows without any target are left out if `drop`.
/// @throws Error(kData) a row has no target, and is not to be left out.
[[nodiscard]] UsableRows usable_rows(const Table& table, std::span<const std::size_t> targets, bool drop);

/// The same, the targets found by their names.
/// @throws Error(kData) also if the table lacks one of them.
[[nodiscard]] UsableRows usable_rows(const Table& table, std::span<const std::string> targets, bool drop);

}  // namespace ffwd
