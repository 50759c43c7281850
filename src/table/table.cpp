#include "ffwd/table.h"

#include "core/names.h"
#include "core/raise.h"
#include "table/line_map.h"
#include "table/text_coder.h"

namespace ffwd {

namespace {

/// Values held for a column, whatever its type.
std::size_t n_held(const Column& column) {
  if (column.is_stored) return column.n_rows;
  switch (column.type) {
    case ColumnType::kMissing:
      return column.n_rows;
    case ColumnType::kInteger:
      return column.integers.size();
    case ColumnType::kNumber:
      return column.numbers.size();
    default:
      return column.text.codes.size();
  }
}

}  // namespace

std::optional<std::size_t> Table::find(std::string_view name) const {
  const auto at = index_.find(name);
  if (at == index_.end()) return std::nullopt;
  return at->second;
}

std::vector<std::string> Table::names() const {
  std::vector<std::string> all;
  all.reserve(columns_.size());
  for (const Column& column : columns_) all.push_back(column.name);
  return all;
}

void Table::add(Column column) {
  const std::string named = "column '" + shorten(column.name) + "'";
  if (n_held(column) != column.n_rows)
    raise({.kind = ErrorKind::kData,
           .what = named + " says it has " + std::to_string(column.n_rows) + " rows, but holds " +
                   std::to_string(n_held(column)),
           .where = source});
  const bool first = columns_.empty() && n_rows_ == 0;
  if (!first && column.n_rows != n_rows_)
    raise({.kind = ErrorKind::kData,
           .what = named + " has " + std::to_string(column.n_rows) + " rows, the table has " + std::to_string(n_rows_),
           .where = source,
           .fix = "give every column the same length"});
  if (!index_.try_emplace(column.name, columns_.size()).second)
    raise({.kind = ErrorKind::kData,
           .what = "duplicate column name '" + shorten(column.name) + "'",
           .where = source,
           .fix = "give each column a name of its own"});
  n_rows_ = column.n_rows;
  columns_.push_back(std::move(column));
}

void Table::add_numbers(std::string name, std::vector<double> values) {
  Column column;
  column.name = std::move(name);
  column.type = ColumnType::kNumber;
  column.n_rows = values.size();
  column.numbers = std::move(values);
  add(std::move(column));
}

void Table::add_integers(std::string name, std::vector<std::int64_t> values) {
  Column column;
  column.name = std::move(name);
  column.type = ColumnType::kInteger;
  column.n_rows = values.size();
  column.integers = std::move(values);
  add(std::move(column));
}

void Table::add_text(std::string name, const std::vector<std::optional<std::string>>& values) {
  Column column;
  column.name = std::move(name);
  column.type = ColumnType::kText;
  column.n_rows = values.size();
  TextCoder coder(values.size());
  for (const auto& value : values) value ? coder.add(*value) : coder.add_missing();
  column.text = std::move(coder).take();
  add(std::move(column));
}

std::string Table::where(std::size_t row, std::size_t column) const {
  if (lines != nullptr)
    return source + ":" + std::to_string(lines->line(row, column)) + ":" + std::to_string(column + 1);
  return source + ": row " + std::to_string(first_row + row + 1);
}

Table Table::with_rows(std::size_t n_rows) {
  Table table;
  table.n_rows_ = n_rows;
  return table;
}

}  // namespace ffwd
