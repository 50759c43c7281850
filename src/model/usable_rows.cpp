#include "model/usable_rows.h"

#include <algorithm>

#include "pipeline/column_faults.h"
#include "pipeline/target_faults.h"

namespace ffwd {

UsableRows usable_rows(const Table& table, std::span<const std::size_t> targets, bool drop) {
  UsableRows usable;
  usable.rows.reserve(table.n_rows());
  for (std::size_t r = 0; r < table.n_rows(); ++r) {
    const auto missing = static_cast<std::size_t>(
        std::ranges::count_if(targets, [&](std::size_t target) { return table.column(target).is_missing(r); }));
    if (missing == targets.size()) {
      if (drop) continue;
      raise_missing_target(table, targets[0], r, true);
    }
    usable.n_holes += missing;
    usable.rows.push_back(static_cast<RowIndex>(r));
  }
  return usable;
}

UsableRows usable_rows(const Table& table, std::span<const std::string> targets, bool drop) {
  std::vector<std::string> absent;
  std::vector<std::size_t> columns;
  for (const std::string& name : targets) {
    if (const auto column = table.find(name)) {
      columns.push_back(*column);
    } else {
      absent.push_back(name);
    }
  }
  if (!absent.empty()) raise_missing_columns(table, absent);
  return usable_rows(table, columns, drop);
}

}  // namespace ffwd
