#include "table/cell_reading.h"

#include <cmath>

#include "table/ascii.h"
#include "table/instant.h"
#include "table/number_text.h"
#include "table/short_number.h"

namespace ffwd {

namespace {

constexpr CellReadings kReadingsOfInteger = kReadsAsInteger | kReadsAsNumber | kReadsAsDecimalComma;

constexpr CellReadings leading_zeros(std::string_view cell) { return has_leading_zeros(cell) ? kHasLeadingZeros : 0; }

CellReading read_long_integer(std::string_view cell) {
  CellReading reading{kReadingsOfInteger | leading_zeros(cell)};
  if (!integer_value(cell)) reading.readings |= kBeyond64Bits;
  return reading;
}

CellReading read_decimal(std::string_view cell) {
  CellReading reading{kReadsAsNumber};
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

CellReading read_long_cell(std::string_view cell) {
  switch (number_form(cell)) {
    case NumberForm::kNone:
      break;
    case NumberForm::kInteger:
      return read_long_integer(cell);
    case NumberForm::kDecimal:
      return read_decimal(cell);
    case NumberForm::kInfinity:
      return {kReadsAsNumber};
    case NumberForm::kDecimalComma:
      return {kReadsAsDecimalComma | kHasDecimalComma};
  }
  if (equal_ignoring_case(cell, "true") || equal_ignoring_case(cell, "false")) return {kReadsAsBoolean};
  return read_instant(cell);
}

}  // namespace

CellReading read_cell(std::string_view cell) {
  const ShortNumber number = read_short_number(cell);
  if (!number.valid || number.mantissa > kExactMantissa) return read_long_cell(cell);
  const double value = to_double(number);
  if (number.has_point) return {kReadsAsNumber, value};
  return {kReadingsOfInteger | leading_zeros(cell), value};
}

}  // namespace ffwd
