// What a single cell can be read as.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

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

struct CellReading {
  CellReadings readings = 0;
  /// The value of a finite number, if float64 holds it as exactly as the column will; else NaN.
  double value = std::numeric_limits<double>::quiet_NaN();
};

/// `cell` is not missing and has no blanks around it; at least 8 bytes after it must be readable, as they are after
/// all of PaddedBytes.
[[nodiscard]] CellReading read_cell(std::string_view cell);

}  // namespace ffwd
