// Which texts are numbers, and their values. Independent of the locale; correctly rounded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ffwd {

enum class NumberForm : std::uint8_t {
  kNone,          ///< not a number
  kInteger,       ///< optional sign, digits
  kDecimal,       ///< optional sign, digits with a point ("5." and ".5" too), optional exponent; or digits, exponent
  kInfinity,      ///< "inf" or "infinity" in any letter case, optional sign
  kDecimalComma,  ///< optional sign, digits, comma, digits: a number where the comma is not the delimiter
};

[[nodiscard]] NumberForm number_form(std::string_view text);

/// Whether an integer's text starts like a code, not like a quantity: "007", "-01". "0" and "-0" do not.
[[nodiscard]] constexpr bool has_leading_zeros(std::string_view integer) {
  const std::size_t first = integer.starts_with('+') || integer.starts_with('-') ? 1 : 0;
  return integer.size() > first + 1 && integer[first] == '0';
}

/// Value of a text of the form kInteger; nothing if it is beyond 64 bits.
[[nodiscard]] std::optional<std::int64_t> integer_value(std::string_view text);

/// Value of a text of any form but kNone, rounded to the nearest float64: 0 where it underflows, an infinity where it
/// is beyond float64.
[[nodiscard]] double number_value(std::string_view text, char decimal_point = '.');

}  // namespace ffwd
