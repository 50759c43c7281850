#include "table/column_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/names.h"
#include "table/ascii.h"
#include "table/number_text.h"
#include "table/short_number.h"

namespace ffwd {

namespace {

bool is_coded(ColumnType type) {
  return type != ColumnType::kMissing && type != ColumnType::kInteger && type != ColumnType::kNumber;
}

CellReadings reading_wanted(const ColumnFormat& format) {
  switch (format.type) {
    case ColumnType::kMissing:
      return 0;
    case ColumnType::kInteger:
      return kReadsAsInteger;
    case ColumnType::kNumber:
      return format.decimal_comma ? kReadsAsDecimalComma : kReadsAsNumber;
    case ColumnType::kText:
      return kAnyReading;
    case ColumnType::kBoolean:
      return kReadsAsBoolean;
    case ColumnType::kDate:
      return kReadsAsDate;
    case ColumnType::kTimestamp:
      return kReadsAsTimestamp;
  }
  return 0;
}

std::string_view in_words(ColumnType type) {
  switch (type) {
    case ColumnType::kMissing:
      return "missing, as every cell of this column must be";
    case ColumnType::kInteger:
    case ColumnType::kNumber:
      return "a number";
    case ColumnType::kText:
      return "text";
    case ColumnType::kBoolean:
      return "true or false";
    case ColumnType::kDate:
      return "a date (YYYY-MM-DD)";
    case ColumnType::kTimestamp:
      return "a timestamp (YYYY-MM-DD HH:MM:SS)";
  }
  return "";
}

}  // namespace

ColumnBuilder::ColumnBuilder(Plan plan, std::size_t n_rows)
    : plan_(std::move(plan)),
      n_rows_(n_rows),
      text_(is_coded(plan_.format.type) ? n_rows : 0),
      spelling_(plan_.keep_spelling ? n_rows : 0) {
  column_.name = plan_.name;
  column_.type = plan_.format.type;
  column_.n_rows = n_rows;
  if (column_.type == ColumnType::kInteger) column_.integers.reserve(n_rows);
  if (column_.type == ColumnType::kNumber) column_.numbers.reserve(n_rows);
}

bool ColumnBuilder::add(std::string_view text, bool quoted, const MissingMarks& marks) {
  if (plan_.keep_spelling) spelling_.add(text);
  const std::string_view cell = quoted ? trimmed(text) : text;
  if (!marks.contains(cell)) return add_value(text, cell);
  add_missing();
  return true;
}

void ColumnBuilder::add_missing() {
  switch (column_.type) {
    case ColumnType::kMissing:
      return;
    case ColumnType::kInteger:
      if (column_.missing.empty()) column_.missing.resize(n_rows_);
      column_.missing[column_.integers.size()] = true;
      column_.integers.push_back(0);
      return;
    case ColumnType::kNumber:
      column_.numbers.push_back(std::numeric_limits<double>::quiet_NaN());
      return;
    default:
      text_.add_missing();
  }
}

bool ColumnBuilder::add_value(std::string_view text, std::string_view cell) {
  if (plan_.forced && !fits(cell)) return false;
  switch (column_.type) {
    case ColumnType::kMissing:
      return false;
    case ColumnType::kInteger:
      return add_integer(cell);
    case ColumnType::kNumber:
      return add_number(cell);
    case ColumnType::kText:
      text_.add(text);
      return true;
    default:
      text_.add(cell);
      return true;
  }
}

bool ColumnBuilder::add_integer(std::string_view cell) {
  if (const ShortNumber number = read_short_number(cell); number.valid) {
    const auto value = static_cast<std::int64_t>(number.mantissa);
    column_.integers.push_back(number.negative ? -value : value);
    return true;
  }
  const auto value = integer_value(cell);
  if (value) column_.integers.push_back(*value);
  return value.has_value();
}

bool ColumnBuilder::add_number(std::string_view cell) {
  const double value = number_value(cell, plan_.format.decimal_comma ? ',' : '.');
  column_.numbers.push_back(value);
  return std::isfinite(value) || number_form(cell) == NumberForm::kInfinity;
}

bool ColumnBuilder::fits(std::string_view cell) const {
  return column_.type == ColumnType::kText || (read_cell(cell).readings & reading_wanted(plan_.format)) != 0;
}

void ColumnBuilder::append(const ColumnBuilder& next) {
  const Column& more = next.column_;
  const std::size_t before = column_.integers.size();
  column_.integers.insert(column_.integers.end(), more.integers.begin(), more.integers.end());
  if (!more.missing.empty()) {
    column_.missing.resize(n_rows_);
    std::copy(more.missing.begin(), more.missing.end(), column_.missing.begin() + static_cast<std::ptrdiff_t>(before));
  }
  column_.numbers.insert(column_.numbers.end(), more.numbers.begin(), more.numbers.end());
  text_.append(next.text_);
  spelling_.append(next.spelling_);
}

std::string ColumnBuilder::explain(std::string_view text) const {
  const std::string_view cell = trimmed(text);
  if (column_.type == ColumnType::kNumber && fits(cell))
    return fmt::format("column '{}': number '{}' is out of the range of float64", shorten(plan_.name), shorten(cell));
  return fmt::format("column '{}': '{}' is not {}", shorten(plan_.name), shorten(cell), in_words(column_.type));
}

Column ColumnBuilder::take() && {
  if (is_coded(column_.type)) column_.text = std::move(text_).take();
  if (plan_.keep_spelling) column_.spelling = std::move(spelling_).take();
  return std::move(column_);
}

}  // namespace ffwd
