#include "pipeline/target.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/names.h"
#include "core/raise.h"
#include "core/text.h"
#include "pipeline/column_faults.h"
#include "pipeline/number_reader.h"
#include "pipeline/target_faults.h"

namespace ffwd {

namespace {

/// The cells as numbers; the first that is missing (unless it may be) or infinite is an error.
std::vector<double> finite_numbers(const Table& table, std::size_t column, std::span<const RowIndex> rows, Holes holes,
                                   Values values, bool may_drop) {
  std::vector<double> numbers(rows.size());
  NumberReader(table.column(column)).read(rows, numbers);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (holes == Holes::kRefused && std::isnan(numbers[i])) raise_missing_target(table, column, rows[i], may_drop);
    if (std::isinf(numbers[i])) raise_infinite_target(table, column, rows[i]);
    const bool is_count = std::isnan(numbers[i]) || (numbers[i] >= 0 && std::floor(numbers[i]) == numbers[i]);
    if (values == Values::kCounts && !is_count) raise_no_count(table, column, rows[i]);
    if (values == Values::kBits && (!is_count || numbers[i] > 1)) raise_no_bit(table, column, rows[i]);
  }
  return numbers;
}

/// Numbers may be infinite, anything may be missing.
void require_cells(const Table& table, std::size_t column, std::span<const RowIndex> rows, bool may_drop) {
  const Column& cells = table.column(column);
  for (const RowIndex row : rows) {
    if (cells.is_missing(row)) raise_missing_target(table, column, row, may_drop);
    if (cells.type == ColumnType::kNumber && std::isinf(cells.numbers[row])) raise_infinite_target(table, column, row);
  }
}

std::vector<RowIndex> in_order(std::span<const RowIndex> rows) {
  std::vector<RowIndex> sorted(rows.begin(), rows.end());
  if (!std::ranges::is_sorted(sorted)) std::ranges::sort(sorted);
  return sorted;
}

void warn_of_many_classes(const Column& cells, std::size_t n_classes, std::size_t n_rows,
                          std::vector<std::string>& warnings) {
  constexpr std::size_t kFewClasses = 10;  // which a small table may well have
  if (n_classes <= kFewClasses || n_classes * 2 <= n_rows) return;
  const bool is_text = cells.type == ColumnType::kText;
  warnings.push_back(named_target(cells.name) + " has " + with_thousands(n_classes) + " classes in " +
                     with_thousands(n_rows) + " rows; " +
                     (is_text ? "is it a name or an identifier?" : "a quantity is predicted with --task regression"));
}

void warn_of_untrained_classes(const Column& cells, const Classes& classes, std::span<const RowIndex> train_rows,
                               std::vector<std::string>& warnings) {
  std::vector<bool> is_trained(classes.values.size(), false);
  for (const std::int32_t found : find_classes(cells, train_rows, cells.type, classes.values))
    if (found >= 0) is_trained[static_cast<std::size_t>(found)] = true;
  std::vector<std::string> untrained;
  for (std::size_t k = 0; k < is_trained.size(); ++k)
    if (!is_trained[k]) untrained.push_back("'" + shorten(classes.names[k]) + "'");
  if (untrained.empty()) return;
  warnings.push_back(named_target(cells.name) + ": no training row is of class " + join_names(untrained, "or", 10) +
                     ", so it cannot be learnt");
}

}  // namespace

Target Target::fit(const Table& table, std::size_t column, Task task, std::span<const RowIndex> rows,
                   std::span<const RowIndex> train_rows, std::vector<std::string>& warnings, Holes holes,
                   Values values) {
  const Column& cells = table.column(column);
  const std::vector<RowIndex> all = in_order(rows);
  Target target;
  target.name_ = cells.name;
  target.type_ = cells.type;
  if (task == Task::kRegression) {
    require_numeric_target(table, column, holes == Holes::kRefused);
    finite_numbers(table, column, all, holes, values, true);
    std::vector<double> trained = finite_numbers(table, column, in_order(train_rows), holes, values, true);
    std::erase_if(trained, [](double t) { return std::isnan(t); });
    if (trained.empty()) raise_no_target(table, column);
    target.kind_ = values;
    const Scale scale = measure(trained);
    // Counts keep their zero: of t and rate divided by the same number, Poisson's likelihood stays what it is.
    target.scale_ = values == Values::kNumbers  ? scale
                    : values == Values::kCounts ? Scale{.mean = 0.0, .sd = scale.mean}
                                                : Scale{};
    if (scale.sd == 0.0) {
      if (values == Values::kNumbers || scale.mean == 0.0) target.scale_.sd = 1.0;
      warnings.push_back(named_target(cells.name) + " is constant (" + shortest(scale.mean) +
                         ") in the training rows: there is nothing to learn");
    }
    return target;
  }
  require_cells(table, column, all, true);
  Classes classes = collect_classes(cells, all);
  require_two_classes(table, column, classes);
  warn_of_many_classes(cells, classes.values.size(), all.size(), warnings);
  warn_of_untrained_classes(cells, classes, train_rows, warnings);
  target.task_ = classes.values.size() == 2 ? Task::kBinary : Task::kMulticlass;
  target.values_ = std::move(classes.values);
  target.classes_ = std::move(classes.names);
  return target;
}

std::vector<double> Target::truth(const Table& table, std::span<const RowIndex> rows, Holes holes) const {
  const auto column = table.find(name_);
  if (!column) raise_missing_columns(table, std::span(&name_, 1));
  if (task_ == Task::kRegression) {
    require_readable(table, *column, readable_as_number());
    return finite_numbers(table, *column, rows, holes, kind_, false);
  }
  const Column& cells = table.column(*column);
  const std::vector<std::int32_t> found = find_classes(cells, rows, type_, values_);
  std::vector<std::string> known;
  for (const std::string& name : classes_) known.push_back("'" + shorten(name) + "'");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (found[i] >= 0) continue;
    require_cells(table, *column, rows.subspan(i, 1), false);
    raise({.kind = ErrorKind::kData,
           .what = named_target(name_) + ": '" + shorten(cells.cell(rows[i])) + "' is no class of the model",
           .where = table.where(rows[i], *column),
           .fix = "its classes are " + join_names(known, "and") + "; mend the cell, or remove the row"});
  }
  return {found.begin(), found.end()};
}

double Target::decode_spread(double standardised) const {
  return std::min(standardised * scale_.sd, std::numeric_limits<double>::max());
}

double Target::encode(double truth) const {
  return task_ == Task::kRegression && !std::isnan(truth) ? scale_.standardise(truth) : truth;
}

}  // namespace ffwd
