#include "table/arrow_column.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <utility>

#include "core/names.h"
#include "core/raise.h"
#include "core/utf8.h"
#include "table/arrow_number.h"
#include "table/instant.h"
#include "table/instant_text.h"
#include "table/number_text.h"

namespace ffwd {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::int64_t kNanosPerDay = 86'400'000'000'000;
constexpr std::size_t kMostReserved = std::size_t{1} << 25;  // a damaged file may say any number

ColumnType type_of(const ArrowType& type) {
  switch (type.kind) {
    case ArrowKind::kBoolean:
      return ColumnType::kBoolean;
    case ArrowKind::kInteger:
      return ColumnType::kInteger;
    case ArrowKind::kFloat:
      return ColumnType::kNumber;
    case ArrowKind::kDecimal:
      return type.scale == 0 ? ColumnType::kInteger : ColumnType::kNumber;
    case ArrowKind::kText:
    case ArrowKind::kTextView:
      return ColumnType::kText;
    case ArrowKind::kDate:
      return ColumnType::kDate;
    case ArrowKind::kTimestamp:
      return ColumnType::kTimestamp;
    case ArrowKind::kNull:
    case ArrowKind::kOther:
      break;
  }
  return ColumnType::kMissing;
}

/// Calls `call` with a value of the C++ type of such integers.
template <class Call>
auto with_integer(const ArrowType& type, Call call) {
  switch (type.bits) {
    case 8:
      return type.is_signed ? call(std::int8_t{}) : call(std::uint8_t{});
    case 16:
      return type.is_signed ? call(std::int16_t{}) : call(std::uint16_t{});
    case 32:
      return type.is_signed ? call(std::int32_t{}) : call(std::uint32_t{});
    default:
      return type.is_signed ? call(std::int64_t{}) : call(std::uint64_t{});
  }
}

bool is_number_text(std::string_view text) {
  const NumberForm form = number_form(text);
  return form == NumberForm::kInteger || form == NumberForm::kDecimal;
}

}  // namespace

/// The rows of one array, each of which points to a value: its own, or one of the dictionary's.
struct ArrowColumn::Rows {
  const ArrowPlace& place;
  const ArrowType& key_type;
  ArrowView keys;
  ArrowView values;
  bool coded;
  std::size_t first_row;  ///< in the table, for messages

  /// Place of the row's value among `values`, -1 if it is missing.
  [[nodiscard]] std::int64_t at(std::int64_t row) const {
    if (keys.is_missing(row)) return -1;
    if (!coded) return row;
    const std::int64_t key = with_integer(key_type, [&](auto zero) -> std::int64_t {
      const auto value = keys.value<decltype(zero)>(row);
      return std::in_range<std::int64_t>(value) ? static_cast<std::int64_t>(value) : -1;
    });
    if (key < 0 || key >= values.n_rows())
      place.refuse_damaged(fmt::format("row {} has no entry in the dictionary",
                                       place.first_row + first_row + static_cast<std::size_t>(row) + 1));
    return values.is_missing(key) ? -1 : key;
  }
};

ArrowColumn::ArrowColumn(ArrowPlace place, const ArrowSchema& field)
    : place_(std::move(place)), values_(parse_arrow_type(field.format)), keys_(values_) {
  if (const ArrowSchema* const dictionary = field.dictionary; dictionary != nullptr) {
    coded_ = true;
    const bool plain = keys_.kind == ArrowKind::kInteger && dictionary->dictionary == nullptr;
    values_ = plain ? parse_arrow_type(dictionary->format)
                    : ArrowType{.name = "in a dictionary of dictionaries, or of keys that are no integers"};
  }
  column_.name = place_.column;
  column_.type = type_of(values_);
}

bool ArrowColumn::is_settled() const {
  switch (values_.kind) {
    case ArrowKind::kBoolean:
      return texts_.n_levels() > 0;
    case ArrowKind::kDate:
      return instants_.n_levels() > 0;
    case ArrowKind::kInteger:
      return any_ && (values_.is_signed || values_.bits < 64 || beyond_64_bits_);
    case ArrowKind::kFloat:
      return any_;
    case ArrowKind::kDecimal:
      return any_ && (values_.scale != 0 || beyond_64_bits_);
    case ArrowKind::kText:  // may be all dates
    case ArrowKind::kTextView:
    case ArrowKind::kTimestamp:  // may be all midnight
    case ArrowKind::kNull:
    case ArrowKind::kOther:
      break;
  }
  return false;
}

void ArrowColumn::reserve(std::size_t n_rows) {
  n_rows = std::min(n_rows, kMostReserved);
  switch (column_.type) {
    case ColumnType::kInteger:
      return column_.integers.reserve(n_rows);
    case ColumnType::kNumber:
      return column_.numbers.reserve(n_rows);
    case ColumnType::kMissing:
      return;
    default:
      texts_.reserve(n_rows);
  }
}

void ArrowColumn::expect_beyond_64_bits() {
  beyond_64_bits_ = true;
  column_.type = ColumnType::kNumber;
}

std::string ArrowColumn::refusal() const {
  return fmt::format(
      "column '{}': each cell is {}, which is not read; left out (store it as numbers, text or dates, "
      "in columns of their own, to have it read)",
      shorten(place_.column), values_.name);
}

void ArrowColumn::add(const ArrowArray& array, std::int64_t start, std::int64_t n_rows) {
  const ArrowView keys(array, keys_, start, n_rows, place_);
  if (!coded_) return add_rows({place_, keys_, keys, keys, false, column_.n_rows});
  if (array.dictionary == nullptr) place_.refuse_damaged("its dictionary is not there");
  const ArrowArray& dictionary = *array.dictionary;
  add_rows({place_, keys_, keys, ArrowView(dictionary, values_, 0, dictionary.length, place_), true, column_.n_rows});
}

void ArrowColumn::add_rows(const Rows& rows) {
  switch (values_.kind) {
    case ArrowKind::kBoolean:
      return add_booleans(rows);
    case ArrowKind::kInteger:
      return add_integers(rows);
    case ArrowKind::kFloat:
      return add_floats(rows);
    case ArrowKind::kDecimal:
      return add_decimals(rows);
    case ArrowKind::kText:
    case ArrowKind::kTextView:
      return add_texts(rows);
    case ArrowKind::kDate:
    case ArrowKind::kTimestamp:
      return add_instants(rows);
    case ArrowKind::kNull:
    case ArrowKind::kOther:
      column_.n_rows += static_cast<std::size_t>(rows.keys.n_rows());
  }
}

void ArrowColumn::add_booleans(const Rows& rows) {
  for (std::int64_t row = 0; row < rows.keys.n_rows(); ++row, ++column_.n_rows) {
    const std::int64_t at = rows.at(row);
    if (at < 0)
      push_missing();
    else
      texts_.add(rows.values.boolean(at) ? "true" : "false");
  }
}

void ArrowColumn::add_integers(const Rows& rows) {
  with_integer(values_, [&](auto zero) { add_integers_of<decltype(zero)>(rows); });
}

template <class T>
void ArrowColumn::add_integers_of(const Rows& rows) {
  for (std::int64_t row = 0; row < rows.keys.n_rows(); ++row, ++column_.n_rows) {
    const std::int64_t at = rows.at(row);
    if (at < 0) {
      push_missing();
      continue;
    }
    const T value = rows.values.value<T>(at);
    if (std::in_range<std::int64_t>(value))
      push_integer(static_cast<std::int64_t>(value));
    else
      push_beyond_64_bits(static_cast<double>(value));
  }
}

void ArrowColumn::add_floats(const Rows& rows) {
  if (!coded_ && values_.bits == 64) return add_doubles(rows);
  for (std::int64_t row = 0; row < rows.keys.n_rows(); ++row, ++column_.n_rows) {
    const std::int64_t at = rows.at(row);
    if (at < 0)
      push_missing();
    else if (values_.bits == 16)
      push_number(half_value(rows.values.value<std::uint16_t>(at)));
    else if (values_.bits == 32)
      push_number(static_cast<double>(rows.values.value<float>(at)));
    else
      push_number(rows.values.value<double>(at));
  }
}

/// As they stand; then the rows without a value are made so.
void ArrowColumn::add_doubles(const Rows& rows) {
  const auto n = static_cast<std::size_t>(rows.keys.n_rows());
  if (n == 0) return;
  column_.numbers.resize(column_.n_rows + n);
  double* const added = column_.numbers.data() + column_.n_rows;
  std::memcpy(added, rows.values.bytes(0, sizeof(double)), n * sizeof(double));
  for (std::size_t i = 0; i < n; ++i) {
    if (rows.keys.is_missing(static_cast<std::int64_t>(i))) added[i] = kNaN;
    any_ = any_ || !std::isnan(added[i]);
  }
  column_.n_rows += n;
}

/// By way of their digits, so that they come out as the same digits of a CSV file do.
void ArrowColumn::add_decimals(const Rows& rows) {
  const auto n_bytes = static_cast<std::size_t>(values_.bits / 8);
  const std::string exponent = "e" + std::to_string(-std::int64_t{values_.scale});
  for (std::int64_t row = 0; row < rows.keys.n_rows(); ++row, ++column_.n_rows) {
    const std::int64_t at = rows.at(row);
    if (at < 0) {
      push_missing();
      continue;
    }
    const std::string digits = integer_digits({rows.values.bytes(at, n_bytes), n_bytes});
    if (values_.scale != 0) {
      push_number(number_value(digits + exponent));
      continue;
    }
    if (const std::optional<std::int64_t> value = integer_value(digits))
      push_integer(*value);
    else
      push_beyond_64_bits(number_value(digits));
  }
}

void ArrowColumn::add_texts(const Rows& rows) {
  constexpr std::int32_t kNotMet = -1;
  // Each text of a dictionary is coded once; one with more texts than the batch has rows would cost more than it saves.
  const bool by_place = coded_ && rows.values.n_rows() <= rows.keys.n_rows();
  std::vector<std::int32_t> met(by_place ? static_cast<std::size_t>(rows.values.n_rows()) : 0, kNotMet);
  for (std::int64_t row = 0; row < rows.keys.n_rows(); ++row, ++column_.n_rows) {
    const std::int64_t at = rows.at(row);
    if (at < 0) {
      push_missing();
      continue;
    }
    if (!by_place) {
      texts_.add_code(code_of_text(rows.values.text(at)));
      continue;
    }
    std::int32_t& code = met[static_cast<std::size_t>(at)];
    if (code == kNotMet) code = code_of_text(rows.values.text(at));
    texts_.add_code(code);
  }
}

void ArrowColumn::add_instants(const Rows& rows) {
  for (std::int64_t row = 0; row < rows.keys.n_rows(); ++row, ++column_.n_rows) {
    const std::int64_t at = rows.at(row);
    if (at < 0)
      push_missing();
    else
      push_instant(values_.bits == 32 ? rows.values.value<std::int32_t>(at) : rows.values.value<std::int64_t>(at));
  }
}

void ArrowColumn::push_missing() {
  switch (column_.type) {
    case ColumnType::kInteger:
      column_.missing.resize(column_.n_rows);  // false for the rows before
      column_.missing.push_back(true);
      column_.integers.push_back(0);
      return;
    case ColumnType::kNumber:
      column_.numbers.push_back(kNaN);
      return;
    default:
      texts_.add_missing();
  }
}

void ArrowColumn::push_integer(std::int64_t value) {
  any_ = true;
  if (beyond_64_bits_)
    column_.numbers.push_back(static_cast<double>(value));
  else
    column_.integers.push_back(value);
}

void ArrowColumn::push_beyond_64_bits(double value) {
  if (!beyond_64_bits_) {
    column_.type = ColumnType::kNumber;
    column_.missing.resize(column_.n_rows);
    for (std::size_t row = 0; row < column_.n_rows; ++row)
      column_.numbers.push_back(column_.missing[row] ? kNaN : static_cast<double>(column_.integers[row]));
    column_.integers = {};
    column_.missing = {};
    beyond_64_bits_ = true;
  }
  push_number(value);
}

void ArrowColumn::push_number(double value) {
  any_ = any_ || !std::isnan(value);
  column_.numbers.push_back(value);
}

std::int32_t ArrowColumn::code_of_text(std::string_view text) {
  const std::size_t known = texts_.n_levels();
  const std::int32_t code = texts_.code_of(text);
  if (texts_.n_levels() == known) return code;
  const bool has_nul = text.find('\0') != std::string_view::npos;
  if (!has_nul && valid_utf8_prefix(text) == text.size()) return code;
  raise({.kind = ErrorKind::kData,
         .what = fmt::format("column '{}': {}", shorten(place_.column),
                             has_nul ? "a NUL byte in a text" : "a text that is not UTF-8"),
         .where = here(),
         .fix = "mend the cell"});
}

void ArrowColumn::push_instant(std::int64_t value) {
  const std::size_t known = instants_.n_levels();
  texts_.add_code(instants_.code_of(value));
  if (instants_.n_levels() == known) return;
  const auto [days, rest] = day_and_rest(value);
  const bool is_date = values_.kind == ArrowKind::kDate;
  if (rest != 0) all_midnight_ = false;
  if (is_calendar_day(days) && (!is_date || rest == 0)) return;
  raise({.kind = ErrorKind::kData,
         .what = fmt::format(
             "column '{}': {}", shorten(place_.column),
             is_calendar_day(days) ? "a date that is no whole day" : "a day outside of the years 1 to 9999"),
         .where = here(),
         .fix = "mend the cell"});
}

ArrowColumn::DayAndRest ArrowColumn::day_and_rest(std::int64_t value) const {
  const std::int64_t days = value / values_.units_per_day, rest = value % values_.units_per_day;
  return rest < 0 ? DayAndRest{days - 1, rest + values_.units_per_day} : DayAndRest{days, rest};
}

std::vector<std::string> ArrowColumn::instant_texts() const {
  const bool is_date = column_.type == ColumnType::kDate;
  const std::int64_t nanos_per_unit = kNanosPerDay / values_.units_per_day;
  std::vector<std::string> texts;
  texts.reserve(instants_.n_levels());
  for (const std::int64_t value : instants_.levels()) {
    const auto [days, rest] = day_and_rest(value);
    texts.push_back(is_date ? date_text(days) : timestamp_text(days, rest * nanos_per_unit, values_.zoned));
  }
  return texts;
}

Column ArrowColumn::take(std::vector<std::string>& warnings) && {
  if (!column_.missing.empty()) column_.missing.resize(column_.n_rows);
  any_ = any_ || texts_.n_levels() > 0 || instants_.n_levels() > 0;
  column_.text = std::move(texts_).take();
  if (!any_) {
    Column missing;
    missing.name = column_.name;
    missing.n_rows = column_.n_rows;
    return missing;
  }
  if (column_.type == ColumnType::kText) narrow_texts(warnings);
  if (column_.type == ColumnType::kTimestamp && values_.kind == ArrowKind::kTimestamp && !values_.zoned &&
      all_midnight_)
    column_.type = ColumnType::kDate;
  if (instants_.n_levels() > 0) column_.text.levels = instant_texts();
  if (beyond_64_bits_)
    warnings.push_back(fmt::format("column '{}': integers beyond 64 bits, read as numbers, which keep about 16 digits",
                                   shorten(column_.name)));
  return std::move(column_);
}

void ArrowColumn::narrow_texts(std::vector<std::string>& warnings) {
  const std::vector<std::string>& levels = column_.text.levels;
  const auto is_date = [](const std::string& text) { return instant_form(text) == InstantForm::kDate; };
  const auto is_instant = [](const std::string& text) { return instant_form(text) != InstantForm::kNone; };
  if (std::ranges::all_of(levels, is_instant)) {
    column_.type = std::ranges::all_of(levels, is_date) ? ColumnType::kDate : ColumnType::kTimestamp;
  } else if (std::ranges::all_of(levels, is_number_text)) {
    warnings.push_back(
        fmt::format("column '{}': every cell is a number, such as '{}', but is stored as text; read as "
                    "text: store numbers to have numbers",
                    shorten(column_.name), shorten(levels.front())));
  }
}

}  // namespace ffwd
