#include "table/cell_reading.h"

#include <cmath>

#include "table/ascii.h"
#include "table/instant.h"

namespace ffwd {

namespace {

CellReading read_long_integer(std::string_view cell) {
  CellReading reading{kReadsAsAnyNumber | (has_leading_zeros(cell) ? kHasLeadingZeros : 0)};
  if (!integer_value(cell)) reading.readings |= kBeyond64Bits;
  return reading;
}

CellReading read_decimal(std::string_view cell) {
  CellReading reading{kReadsAsNumber | kHasDecimalPoint};
  const double value = number_value(cell);
  if (std::isfinite(value)) reading.value = value;
  return reading;
}

CellReading read_instant(std::string_view cell) {
  switch (instant_form(cell)) {
    case InstantForm::kNone:
      return {};
    case InstantForm::kDate:
      return {kReadsAsDate | kReadsAsTimestamp};
    case InstantForm::kTimestamp:
      return {kReadsAsTimestamp};
  }
  return {};
}

}  // namespace

CellReading read_long_cell(std::string_view cell) {
  switch (number_form(cell)) {
    case NumberForm::kNone:
      break;
    case NumberForm::kInteger:
      return read_long_integer(cell);
    case NumberForm::kDecimal:
      return read_decimal(cell);
    case NumberForm::kInfinity:
      return {kReadsAsNumber | kHasDecimalPoint};
    case NumberForm::kDecimalComma:
      return {kReadsAsDecimalComma | kHasDecimalComma};
  }
  if (equal_ignoring_case(cell, "true") || equal_ignoring_case(cell, "false")) return {kReadsAsBoolean};
  return read_instant(cell);
}

CellReading read_cell(std::string_view cell) {
  const ShortNumber number = read_short_number(cell);
  if (!number.is_exact()) return read_long_cell(cell);
  return {readings_of(number, cell), to_double(number)};
}

}  // namespace ffwd
