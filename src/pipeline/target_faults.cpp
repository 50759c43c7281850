#include "pipeline/target_faults.h"

#include "core/names.h"
#include "core/raise.h"
#include "pipeline/column_faults.h"

namespace ffwd {

std::string named_target(const std::string& name) { return "target '" + shorten(name) + "'"; }

void require_numeric_target(const Table& table, std::size_t column, bool is_alone) {
  const Column& cells = table.column(column);
  if (cells.type == ColumnType::kMissing || has_numeric_classes(cells.type)) return;
  const auto row = first_unreadable(cells, readable_as_number());
  if (!row) return;
  raise({.kind = ErrorKind::kData,
         .what = named_target(cells.name) + " is of type " + std::string(to_string(cells.type)) + " ('" +
                 shorten(cells.cell(*row)) + "'), regression needs a number",
         .where = table.where(*row, column),
         .fix = cells.type != ColumnType::kText ? "turn it into a number, such as days since a fixed date"
                : is_alone                      ? "mend the cell, or predict classes with --task classification"
                           : "mend the cell, or leave the column out of --target: several targets must be numbers"});
}

void require_two_classes(const Table& table, std::size_t column, const Classes& classes) {
  if (classes.values.size() >= 2) return;
  const std::string only = classes.names.empty() ? "no class" : "one class only: '" + shorten(classes.names[0]) + "'";
  raise({.kind = ErrorKind::kData,
         .what = named_target(table.column(column).name) + " has " + only,
         .where = table.source,
         .fix = has_numeric_classes(table.column(column).type)
                    ? "classification needs rows of at least two classes; numbers are predicted with --task regression"
                    : "classification needs rows of at least two classes"});
}

void raise_missing_target(const Table& table, std::size_t column, std::size_t row, bool may_drop) {
  raise({.kind = ErrorKind::kData,
         .what = named_target(table.column(column).name) + " is missing",
         .where = table.where(row, column),
         .fix = may_drop ? "fill the cell in, or leave out all rows without a target with --drop-missing-target"
                         : "fill the cell in, or remove the row"});
}

void raise_no_target(const Table& table, std::size_t column) {
  raise({.kind = ErrorKind::kData,
         .what = named_target(table.column(column).name) + " has no value in the training rows",
         .where = table.source,
         .fix = "leave it out of --target, or give more rows"});
}

void raise_no_count(const Table& table, std::size_t column, std::size_t row) {
  raise({.kind = ErrorKind::kData,
         .what = named_target(table.column(column).name) + ": '" + shorten(table.column(column).cell(row)) +
                 "' is no count",
         .where = table.where(row, column),
         .fix = "--likelihood poisson needs whole numbers of at least 0; mend the cell, or choose another likelihood"});
}

void raise_no_bit(const Table& table, std::size_t column, std::size_t row) {
  raise({.kind = ErrorKind::kData,
         .what = named_target(table.column(column).name) + ": '" + shorten(table.column(column).cell(row)) +
                 "' is neither 0 nor 1",
         .where = table.where(row, column),
         .fix = "several targets that are classes have two each, 0 and 1; mend the cell, or remove the row"});
}

void raise_infinite_target(const Table& table, std::size_t column, std::size_t row) {
  raise({.kind = ErrorKind::kData,
         .what = named_target(table.column(column).name) + ": infinite number",
         .where = table.where(row, column),
         .fix = "mend the cell, or remove the row"});
}

}  // namespace ffwd
