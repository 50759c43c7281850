#include "pipeline/row_weights.h"

#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "core/names.h"
#include "core/raise.h"
#include "pipeline/column_faults.h"
#include "pipeline/number_reader.h"

namespace ffwd {

std::vector<double> row_weights(const Table& table, const std::string& name, std::span<const RowIndex> rows) {
  const auto column = table.find(name);
  if (!column) raise_missing_columns(table, std::span(&name, 1));
  if (const auto row = unreadable_row(table, *column, readable_as_number())) {
    raise({.kind = ErrorKind::kData,
           .what = named_column(name) + ": '" + shorten(table.column(*column).cell(*row)) + "' is no weight",
           .where = table.where(*row, *column),
           .fix = "name a column of numbers, or mend the cell"});
  }
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

std::optional<std::string> shared_group(const Table& a, std::span<const RowIndex> rows_of_a, const Table& b,
                                        const std::string& name) {
  const auto column_a = a.find(name), column_b = b.find(name);
  if (!column_a || !column_b) return std::nullopt;
  const Column &cells_a = a.column(*column_a), &cells_b = b.column(*column_b);
  std::unordered_set<std::string> known;
  for (const RowIndex row : rows_of_a) {
    if (!cells_a.is_missing(row)) known.insert(cells_a.cell(row));
  }
  for (std::size_t row = 0; row < b.n_rows(); ++row) {
    if (!cells_b.is_missing(row) && known.contains(cells_b.cell(row))) return cells_b.cell(row);
  }
  return std::nullopt;
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
