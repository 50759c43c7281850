#include "pipeline/class_value.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "pipeline/level_counter.h"
#include "table/ascii.h"
#include "table/number_text.h"
#include "table/spelling.h"

namespace ffwd {

namespace {

struct Precedes {
  bool operator()(const ClassValue& a, const ClassValue& b) const { return precedes(a, b); }
};

double as_number(const ClassValue& value) {
  const auto* integer = std::get_if<std::int64_t>(&value);
  return integer != nullptr ? static_cast<double>(*integer) : std::get<double>(value);
}

/// A text column where the target was numeric: one odd cell makes a column text, the others still are their numbers.
ClassValue class_of_text(const std::string& text) {
  const std::string_view cell = trimmed(text);
  const NumberForm form = number_form(cell);
  if (form == NumberForm::kNone || form == NumberForm::kDecimalComma) return text;
  if (form == NumberForm::kInteger)
    if (const auto integer = integer_value(cell)) return *integer;
  return class_value(number_value(cell));
}

std::string name_of(const ClassValue& value, ColumnType type) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (type == ColumnType::kBoolean) return as_number(value) > 0.0 ? "true" : "false";
  const auto* integer = std::get_if<std::int64_t>(&value);
  return integer != nullptr ? std::to_string(*integer) : number_spelling(std::get<double>(value));
}

std::int32_t index_of(const std::optional<ClassValue>& value, std::span<const ClassValue> values) {
  if (!value) return -1;
  const auto at = std::lower_bound(values.begin(), values.end(), *value, Precedes());
  if (at == values.end() || precedes(*value, *at)) return -1;
  return static_cast<std::int32_t>(at - values.begin());
}

}  // namespace

ClassValue class_value(double number) {
  // 2^63 is a float64, and the first whole number that is too large.
  const bool fits = std::abs(number) < 9223372036854775808.0 && number == std::floor(number);
  if (fits) return static_cast<std::int64_t>(number);
  return number;
}

bool precedes(const ClassValue& a, const ClassValue& b) {
  const auto *text_a = std::get_if<std::string>(&a), *text_b = std::get_if<std::string>(&b);
  if (text_a != nullptr || text_b != nullptr) return text_a == nullptr || (text_b != nullptr && *text_a < *text_b);
  const auto *integer_a = std::get_if<std::int64_t>(&a), *integer_b = std::get_if<std::int64_t>(&b);
  if (integer_a != nullptr && integer_b != nullptr) return *integer_a < *integer_b;
  return as_number(a) < as_number(b);
}

bool has_numeric_classes(ColumnType type) {
  return type == ColumnType::kInteger || type == ColumnType::kNumber || type == ColumnType::kBoolean;
}

std::optional<ClassValue> class_in(const Column& column, std::size_t row, ColumnType as) {
  if (column.is_missing(row)) return std::nullopt;
  if (!has_numeric_classes(as))
    return has_codes(column) ? column.text.levels[static_cast<std::size_t>(column.text.codes[row])] : column.cell(row);
  if (column.type == ColumnType::kInteger) return column.integers[row];
  if (has_numeric_classes(column.type)) return class_value(column.number(row));
  return class_of_text(column.text.levels[static_cast<std::size_t>(column.text.codes[row])]);
}

Classes collect_classes(const Column& column, std::span<const RowIndex> rows) {
  std::set<ClassValue, Precedes> values;
  std::vector<bool> is_known(column.text.levels.size(), false);
  for (const RowIndex row : rows) {
    if (has_codes(column) && column.text.codes[row] >= 0) {
      const auto level = static_cast<std::size_t>(column.text.codes[row]);
      if (is_known[level]) continue;
      is_known[level] = true;
    }
    if (auto value = class_in(column, row, column.type)) values.insert(std::move(*value));
  }
  Classes classes;
  for (const ClassValue& value : values) {
    classes.values.push_back(value);
    classes.names.push_back(name_of(value, column.type));
  }
  return classes;
}

std::vector<std::int32_t> find_classes(const Column& column, std::span<const RowIndex> rows, ColumnType as,
                                       std::span<const ClassValue> values) {
  constexpr std::int32_t kUnknownYet = -2;
  std::vector<std::int32_t> classes(rows.size());
  std::vector<std::int32_t> of_code(column.text.levels.size(), kUnknownYet);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!has_codes(column) || column.text.codes[rows[i]] < 0) {
      classes[i] = index_of(class_in(column, rows[i], as), values);
      continue;
    }
    std::int32_t& known = of_code[static_cast<std::size_t>(column.text.codes[rows[i]])];
    if (known == kUnknownYet) known = index_of(class_in(column, rows[i], as), values);
    classes[i] = known;
  }
  return classes;
}

}  // namespace ffwd
