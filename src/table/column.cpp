// Column: how its values are asked for, whatever they are stored as.
#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "core/text.h"
#include "ffwd/table.h"

namespace ffwd {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

const std::string& coded_cell(const Coded& coded, std::size_t row) {
  static const std::string missing;
  const std::int32_t code = coded.codes[row];
  return code < 0 ? missing : coded.levels[static_cast<std::size_t>(code)];
}

/// Booleans are kept as they were written: true, True, FALSE ...
bool is_true(const std::string& level) { return level.starts_with('t') || level.starts_with('T'); }

}  // namespace

std::string_view to_string(ColumnType type) {
  switch (type) {
    case ColumnType::kMissing:
      return "missing";
    case ColumnType::kInteger:
      return "integer";
    case ColumnType::kNumber:
      return "number";
    case ColumnType::kText:
      return "text";
    case ColumnType::kBoolean:
      return "boolean";
    case ColumnType::kDate:
      return "date";
    case ColumnType::kTimestamp:
      return "timestamp";
  }
  return "";
}

bool Column::is_missing(std::size_t row) const {
  switch (type) {
    case ColumnType::kMissing:
      return true;
    case ColumnType::kInteger:
      return !missing.empty() && missing[row];
    case ColumnType::kNumber:
      return std::isnan(numbers[row]);
    default:
      return text.codes[row] < 0;
  }
}

std::size_t Column::n_missing() const {
  std::ptrdiff_t n = 0;
  switch (type) {
    case ColumnType::kMissing:
      return n_rows;
    case ColumnType::kInteger:
      n = std::count(missing.begin(), missing.end(), true);
      break;
    case ColumnType::kNumber:
      n = std::count_if(numbers.begin(), numbers.end(), [](double x) { return std::isnan(x); });
      break;
    default:
      n = std::count(text.codes.begin(), text.codes.end(), -1);
  }
  return static_cast<std::size_t>(n);
}

std::string Column::cell(std::size_t row) const {
  if (spelling) return coded_cell(*spelling, row);
  if (is_missing(row)) return {};
  switch (type) {
    case ColumnType::kInteger:
      return std::to_string(integers[row]);
    case ColumnType::kNumber:
      return shortest(numbers[row]);
    default:
      return coded_cell(text, row);
  }
}

double Column::number(std::size_t row) const {
  assert(type != ColumnType::kText && type != ColumnType::kDate && type != ColumnType::kTimestamp);
  if (type == ColumnType::kNumber) return numbers[row];
  if (is_missing(row)) return kNaN;
  if (type == ColumnType::kInteger) return static_cast<double>(integers[row]);
  return is_true(coded_cell(text, row)) ? 1.0 : 0.0;
}

}  // namespace ffwd
