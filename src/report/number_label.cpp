#include "report/number_label.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/text.h"

namespace ffwd {

namespace {

/// floor(log10 |value|), of 1e-3 too, whose logarithm may come out a little below -3.
int exponent_of(double value) { return static_cast<int>(std::floor(std::log10(std::abs(value)) + 1e-9)); }

std::string superscript(int number) {
  constexpr std::string_view kDigits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text;
  for (const char c : std::to_string(number)) text += c == '-' ? "⁻" : kDigits[c - '0'];
  return text;
}

std::string scientific(double value, int decimals) {
  const std::string text = fmt::format("{:.{}e}", value, decimals);  // "2.5e-06"
  const std::size_t e = text.find('e');
  const std::string digits = text.substr(0, e);
  return (digits == "1" ? "" : digits + "×") + "10" + superscript(std::stoi(text.substr(e + 1)));
}

std::string whole(double value) {
  const std::string digits = with_thousands(static_cast<unsigned long long>(std::llround(std::abs(value))));
  return value < 0.0 ? "-" + digits : digits;
}

}  // namespace

std::string number_label(double value, double step) {
  if (std::abs(value) < 1e-6 * step) return "0";
  const int exponent = exponent_of(value), step_exponent = exponent_of(step);
  if (exponent >= 6 || step_exponent < -5) return scientific(value, std::clamp(exponent - step_exponent, 0, 15));
  return step_exponent >= 0 ? whole(value) : fmt::format("{:.{}f}", value, -step_exponent);
}

std::string power_label(double value) { return scientific(value, 0); }

std::string rounded_label(double value) {
  if (value == 0.0) return "0";
  const int exponent = exponent_of(value);
  if (exponent < -4 || exponent >= 6) return scientific(value, 3);
  return exponent >= 3 ? whole(value) : fmt::format("{:.4g}", value);
}

}  // namespace ffwd
