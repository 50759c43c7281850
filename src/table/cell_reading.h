// What a single cell can be read as.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

#include "table/number_text.h"
#include "table/short_number.h"

namespace ffwd {

/// A set of bits.
using CellReadings = std::uint32_t;
constexpr CellReadings kReadsAsBoolean = 1;
constexpr CellReadings kReadsAsInteger = 2;
constexpr CellReadings kReadsAsNumber = 4;        ///< integers too
constexpr CellReadings kReadsAsDecimalComma = 8;  ///< integers too
constexpr CellReadings kReadsAsDate = 16;
constexpr CellReadings kReadsAsTimestamp = 32;  ///< dates too
constexpr CellReadings kAnyReading = 63;
constexpr CellReadings kReadsAsAnyNumber = kReadsAsInteger | kReadsAsNumber | kReadsAsDecimalComma;
// Facts about a number that decide on its whole column.
constexpr CellReadings kHasLeadingZeros = 64;
constexpr CellReadings kBeyond64Bits = 128;
constexpr CellReadings kHasDecimalComma = 256;
constexpr CellReadings kHasDecimalPoint = 512;  ///< all numbers that are neither integers nor have a comma

struct CellReading {
  CellReadings readings = 0;
  /// The value of a finite number, if float64 holds it as exactly as the column will; else NaN.
  double value = std::numeric_limits<double>::quiet_NaN();
};

/// What `cell` can be read as, of which read_short_number said that it is `number`.
[[nodiscard]] inline CellReadings readings_of(const ShortNumber& number, std::string_view cell) {
  if (number.has_point) return kReadsAsNumber | kHasDecimalPoint;
  return kReadsAsAnyNumber | (has_leading_zeros(cell) ? kHasLeadingZeros : 0);
}

/// What read_cell says where the cell is no exact short number.
[[nodiscard]] CellReading read_long_cell(std::string_view cell);

/// `cell` is not missing and has no blanks around it; at least 16 bytes before its end and one after it must be
/// readable, as they are in all of PaddedBytes.
[[nodiscard]] CellReading read_cell(std::string_view cell);

}  // namespace ffwd
