#include "table/declared_type.h"

#include <utility>
#include <vector>

#include "core/raise.h"
#include "table/column_builder.h"
#include "table/column_scan.h"
#include "table/padded_bytes.h"
#include "table/spelling.h"

namespace ffwd {

namespace {

bool is_numeric(ColumnType type) {
  return type == ColumnType::kInteger || type == ColumnType::kNumber || type == ColumnType::kBoolean;
}

bool stands_for(ColumnType type, ColumnType declared) {
  if (type == declared || type == ColumnType::kMissing || declared == ColumnType::kMissing) return true;
  if (is_numeric(type)) return is_numeric(declared);
  return type == ColumnType::kDate && declared == ColumnType::kTimestamp;
}

/// Numbers as where they are told apart by their text.
std::string cell_text(const Column& column, std::size_t row) {
  return column.type == ColumnType::kNumber ? number_spelling(column.numbers[row]) : column.cell(row);
}

/// Whether such cells are integers or numbers is seen from all of them.
ColumnFormat format_of(const Column& column, ColumnType declared) {
  ColumnScan scan;
  for (std::size_t row = 0; row < column.n_rows; ++row) {
    if (column.is_missing(row)) continue;
    const PaddedBytes cell(cell_text(column, row));
    scan.add(cell.view(), cell.view());
  }
  return scan.force(declared, false);
}

}  // namespace

Column as_declared(Column column, ColumnType declared, const ArrowPlace& place) {
  if (stands_for(column.type, declared)) return column;
  ColumnBuilder builder({.name = column.name, .format = format_of(column, declared), .forced = true}, column.n_rows);
  const MissingMarks marks{std::vector<std::string>{}};  // none: what is missing is known
  for (std::size_t row = 0; row < column.n_rows; ++row) {
    if (column.is_missing(row)) {
      builder.add_missing();
      continue;
    }
    const PaddedBytes cell(cell_text(column, row));
    if (builder.add(cell.view(), false, marks)) continue;
    raise({.kind = ErrorKind::kData,
           .what = builder.explain(cell.view()),
           .where = place.row(row),
           .fix = "mend the cell"});
  }
  return std::move(builder).take();
}

}  // namespace ffwd
