#include "table/spelling.h"

#include <cmath>
#include <cstdint>

#include "core/text.h"
#include "table/ascii.h"
#include "table/number_text.h"

namespace ffwd {

std::string number_spelling(double value) {
  constexpr double kBeyond64Bits = 9223372036854775808.0;  // 2^63 is a float64, and the first number that is too large
  const bool whole = std::abs(value) < kBeyond64Bits && value == std::floor(value);
  return whole ? std::to_string(static_cast<std::int64_t>(value)) : shortest(value);
}

std::optional<std::string> spelled_as_number(std::string_view cell) {
  cell = trimmed(cell);
  const NumberForm form = number_form(cell);
  if (form == NumberForm::kNone || form == NumberForm::kDecimalComma) return std::nullopt;
  if (form == NumberForm::kInteger) {
    // Codes, and integers that float64 would make one of many.
    const auto integer = has_leading_zeros(cell) ? std::nullopt : integer_value(cell);
    return integer ? std::optional(std::to_string(*integer)) : std::nullopt;
  }
  const double value = number_value(cell);
  if (std::isinf(value) && form != NumberForm::kInfinity) return std::nullopt;  // 1e400 and 1e500 are not the same
  return number_spelling(value);
}

std::optional<std::string> spelled_as_boolean(std::string_view cell) {
  for (const char* const word : {"true", "false"})
    if (equal_ignoring_case(trimmed(cell), word)) return word;
  return std::nullopt;
}

}  // namespace ffwd
