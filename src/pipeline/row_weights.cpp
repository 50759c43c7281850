#include "pipeline/row_weights.h"

#include <cmath>
#include <unordered_map>

#include "core/raise.h"
#include "pipeline/column_faults.h"
#include "pipeline/number_reader.h"

namespace ffwd {

std::vector<double> row_weights(const Table& table, const std::string& name, std::span<const RowIndex> rows) {
  const auto column = table.find(name);
  if (!column) raise_missing_columns(table, std::span(&name, 1));
  require_readable(table, *column, readable_as_number());
  std::vector<double> weights(rows.size());
  NumberReader(table.column(*column)).read(rows, weights);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double w = weights[i];
    if (w >= 0 && !std::isinf(w)) continue;
    raise({.kind = ErrorKind::kData,
           .what = named_column(name) + ": " +
                   (std::isnan(w)   ? "the weight is missing"
                    : std::isinf(w) ? "infinite weight"
                                    : "negative weight"),
           .where = table.where(rows[i], *column),
           .fix = "mend the cell; a weight is a number of at least 0"});
  }
  return weights;
}

std::vector<std::uint32_t> row_groups(const Table& table, std::size_t column, std::span<const RowIndex> rows) {
  const Column& cells = table.column(column);
  std::unordered_map<std::string, std::uint32_t> known;
  std::vector<std::uint32_t> groups;
  std::uint32_t next = 0;
  for (const RowIndex row : rows) {
    if (cells.is_missing(row)) {
      groups.push_back(next++);
      continue;
    }
    const auto [found, is_new] = known.try_emplace(cells.cell(row), next);
    if (is_new) ++next;
    groups.push_back(found->second);
  }
  return groups;
}

}  // namespace ffwd
