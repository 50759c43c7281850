// Which task a target column asks for.
#include <algorithm>
#include <numeric>

#include "core/names.h"
#include "core/raise.h"
#include "pipeline/target.h"
#include "pipeline/target_faults.h"

namespace ffwd {

namespace {

constexpr std::string_view kAuto = "auto", kRegression = "regression", kClassification = "classification";

bool is_classification(const Column& column, std::string_view choice) {
  if (choice != kAuto) return choice == kClassification;
  return column.type == ColumnType::kText || is_zero_or_one(column);
}

}  // namespace

bool is_zero_or_one(const Column& column) {
  if (column.type == ColumnType::kBoolean) return true;
  if (column.type != ColumnType::kInteger) return false;
  return std::ranges::all_of(column.integers, [](std::int64_t x) { return x == 0 || x == 1; });  // 0 where missing
}

Task resolve_task(const Table& table, std::size_t column, std::string_view choice) {
  const Column& cells = table.column(column);
  const std::vector<std::string> choices{std::string(kAuto), std::string(kRegression), std::string(kClassification)};
  if (std::ranges::find(choices, choice) == choices.end())
    raise({.kind = ErrorKind::kUsage, .what = unknown_name("task", choice, choices)});
  if (cells.n_missing() == cells.n_rows)
    raise({.kind = ErrorKind::kData,
           .what = named_target(cells.name) + " has no value: all its cells are missing",
           .where = table.source,
           .fix = "choose another column with --target"});
  if (!is_classification(cells, choice)) {
    require_numeric_target(table, column);
    return Task::kRegression;
  }
  std::vector<RowIndex> rows(cells.n_rows);
  std::iota(rows.begin(), rows.end(), RowIndex{0});
  const Classes classes = collect_classes(cells, rows);
  require_two_classes(table, column, classes);
  return classes.values.size() == 2 ? Task::kBinary : Task::kMulticlass;
}

}  // namespace ffwd
