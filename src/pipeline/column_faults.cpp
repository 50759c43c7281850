#include "pipeline/column_faults.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/names.h"
#include "core/raise.h"
#include "table/column_store.h"
#include "table/number_text.h"

namespace ffwd {

namespace {

// Near names are looked for this many times only: each costs a walk over all columns of the table.
constexpr std::size_t kMostNamed = 10;

constexpr ColumnType kNumericTypes[] = {ColumnType::kInteger, ColumnType::kNumber, ColumnType::kBoolean};
constexpr Readable kNumbers{.types = kNumericTypes, .expected = "a number", .fits = [](const std::string& cell) {
                              return number_form(cell) != NumberForm::kNone;
                            }};

}  // namespace

std::string named_column(std::string_view name) { return "column '" + shorten(name) + "'"; }

void raise_missing_columns(const Table& table, std::span<const std::string> names) {
  const std::vector<std::string> known = table.names();
  std::vector<std::string> named;
  for (const std::string& name : names) {
    const std::string near = named.size() < kMostNamed ? nearest_name(name, known) : std::string();
    named.push_back("'" + shorten(name) + "'");
    if (!near.empty()) named.back() += " (did you mean '" + shorten(near) + "'?)";
  }
  raise({.kind = ErrorKind::kData,
         .what = (names.size() == 1 ? "there is no column " : "there are no columns ") +
                 join_names(named, "and", kMostNamed),
         .where = table.source,
         .fix = "columns are found by their exact names, in any order; add or rename what is missing"});
}

void raise_first_infinite(const Table& table, std::span<const std::size_t> columns, std::span<const RowIndex> rows) {
  std::size_t first_row = std::numeric_limits<std::size_t>::max();
  std::size_t first_column = first_row;
  for (const std::size_t k : columns) {
    if (table.column(k).type != ColumnType::kNumber) continue;
    const ColumnCells cells(table, k);
    const Column& column = cells.table().column(cells.column());
    for (const RowIndex row : rows) {
      if (!std::isinf(column.numbers[row])) continue;
      if (row < first_row || (row == first_row && k < first_column)) {
        first_row = row;
        first_column = k;
      }
    }
  }
  const std::string& name = table.column(first_column).name;
  raise({.kind = ErrorKind::kData,
         .what = named_column(name) + ": infinite number",
         .where = table.where(first_row, first_column),
         .fix = "mend the cell, or leave the row out; in training --drop " + shorten(name) + " leaves the column out"});
}

void raise_unreadable_cell(const Table& table, std::size_t column, std::size_t row, std::string_view expected) {
  const Column& cells = table.column(column);
  raise({.kind = ErrorKind::kData,
         .what = named_column(cells.name) + ": '" + shorten(cells.cell(row)) + "' is not " + std::string(expected),
         .where = table.where(row, column),
         .fix = "write the cell the way this column was written in training"});
}

const Readable& readable_as_number() { return kNumbers; }

std::optional<std::size_t> first_unreadable(const Column& column, const Readable& readable) {
  std::optional<std::size_t> first;
  for (std::size_t row = 0; row < column.n_rows; ++row) {
    if (column.is_missing(row)) continue;
    if (!readable.fits(column.cell(row))) return row;
    if (!first) first = row;
  }
  return first;
}

std::optional<std::size_t> unreadable_row(const Table& table, std::size_t column, const Readable& readable) {
  const Column& cells = table.column(column);
  if (cells.type == ColumnType::kMissing || std::ranges::find(readable.types, cells.type) != readable.types.end())
    return std::nullopt;
  return first_unreadable(cells, readable);
}

void require_readable(const Table& table, std::size_t column, const Readable& readable) {
  if (const auto row = unreadable_row(table, column, readable))
    raise_unreadable_cell(table, column, *row, readable.expected);
}

}  // namespace ffwd
