#include "table/number_text.h"

#include <fast_float/fast_float.h>

#include <charconv>
#include <limits>

#include "table/ascii.h"

namespace ffwd {

namespace {

const char* skip_digits(const char* at, const char* end) {
  while (at != end && is_digit(*at)) ++at;
  return at;
}

const char* skip_sign(const char* at, const char* end) { return at != end && (*at == '+' || *at == '-') ? at + 1 : at; }

bool is_exponent(const char* at, const char* end) {
  if (at == end || (*at != 'e' && *at != 'E')) return false;
  const char* const digits = skip_sign(at + 1, end);
  return digits != end && skip_digits(digits, end) == end;
}

bool is_infinity(const char* at, const char* end) {
  const std::string_view word(at, end);
  return equal_ignoring_case(word, "inf") || equal_ignoring_case(word, "infinity");
}

}  // namespace

NumberForm number_form(std::string_view text) {
  const char* const end = text.data() + text.size();
  const char* const start = skip_sign(text.data(), end);
  const char* at = skip_digits(start, end);
  const bool whole = at != start;
  if (at == end) return whole ? NumberForm::kInteger : NumberForm::kNone;
  bool fraction = false;
  if (*at == '.') {
    const char* const digits = at + 1;
    at = skip_digits(digits, end);
    fraction = at != digits;
  } else if (*at == ',') {
    return whole && at + 1 != end && skip_digits(at + 1, end) == end ? NumberForm::kDecimalComma : NumberForm::kNone;
  } else if (!whole) {
    return is_infinity(start, end) ? NumberForm::kInfinity : NumberForm::kNone;
  }
  const bool digits = whole || fraction;
  return digits && (at == end || is_exponent(at, end)) ? NumberForm::kDecimal : NumberForm::kNone;
}

std::optional<std::int64_t> integer_value(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc()) return std::nullopt;
  return value;
}

double number_value(std::string_view text, char decimal_point) {
  // Both signs are taken off here: the library refuses '+'.
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  double value = std::numeric_limits<double>::infinity();
  if (text.front() != 'i' && text.front() != 'I') {
    const fast_float::parse_options how(fast_float::chars_format::general, decimal_point);
    fast_float::from_chars_advanced(text.data(), text.data() + text.size(), value, how);
  }
  return negative ? -value : value;
}

}  // namespace ffwd
