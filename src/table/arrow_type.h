// Types of Arrow columns, as the C data interface writes them: "l" is int64, "tsu:UTC" a timestamp in microseconds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ffwd {

enum class ArrowKind : std::uint8_t {
  kNull,
  kBoolean,
  kInteger,
  kFloat,
  kDecimal,
  kText,
  kTextView,
  kDate,
  kTimestamp,
  kOther,  ///< nothing that a column of ffwd could hold
};

struct ArrowType {
  ArrowKind kind = ArrowKind::kOther;
  int bits = 0;  ///< of a value; of an offset where the kind is kText
  bool is_signed = true;
  int scale = 0;                   ///< decimals: digits after the point, may be negative
  std::int64_t units_per_day = 0;  ///< dates and timestamps
  bool zoned = false;              ///< timestamps: moments, in UTC; else as a clock on the wall shows them
  std::string_view name = "of an unknown type";  ///< of kOther, in words: "a list"
};

/// The type that `format` names; kOther for what ffwd does not read and for what is no format. `format` may be null.
[[nodiscard]] ArrowType parse_arrow_type(const char* format);

}  // namespace ffwd
