#include "table/foreign_date.h"

#include <algorithm>
#include <array>
#include <optional>

#include "table/ascii.h"

namespace ffwd {

namespace {

constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                      "may",       "june",     "july",     "august",
                                                      "september", "october",  "november", "december"};

struct Part {
  std::string_view text;
  char after = 0;  ///< what ends it; 0 at the end of the text
};

constexpr bool is_separator(char c) { return c == '/' || c == '.' || c == '-' || c == ' ' || c == ','; }

/// The first three parts of the text, if it has as many and only a time follows them.
std::optional<std::array<Part, 3>> first_parts(std::string_view text) {
  std::array<Part, 3> parts;
  for (std::size_t k = 0; k < parts.size(); ++k) {
    std::size_t end = 0;
    while (end < text.size() && !is_separator(text[end]) && (k != 2 || text[end] != 'T')) ++end;
    parts[k] = {text.substr(0, end), end < text.size() ? text[end] : '\0'};
    text.remove_prefix(std::min(text.size(), end + 1));
    if (k < 2) text = trimmed(text);  // "March 12, 2021"
    if (parts[k].text.empty() || (k < 2 && text.empty())) return std::nullopt;
  }
  const char after = parts[2].after;
  const bool time = (after == ' ' || after == 'T' || after == ',') && text.find(':') != std::string_view::npos;
  if (after != 0 && !time) return std::nullopt;
  return parts;
}

/// The number that one to four digits write, or -1.
int small_number(std::string_view text) {
  if (text.empty() || text.size() > 4 || !std::all_of(text.begin(), text.end(), is_digit)) return -1;
  int value = 0;
  for (const char c : text) value = value * 10 + (c - '0');
  return value;
}

bool is_day(std::string_view text) { return text.size() <= 2 && small_number(text) >= 1 && small_number(text) <= 31; }

bool is_month_number(std::string_view text) { return is_day(text) && small_number(text) <= 12; }

bool is_year(std::string_view text) { return (text.size() == 2 || text.size() == 4) && small_number(text) >= 0; }

bool is_month_name(std::string_view text) {
  if (text.size() < 3) return false;
  return std::any_of(kMonths.begin(), kMonths.end(), [&](std::string_view month) {
    return text.size() <= month.size() && equal_ignoring_case(text, month.substr(0, text.size()));
  });
}

bool is_day_and_month(std::string_view a, std::string_view b) {
  return (is_day(a) && is_month_number(b)) || (is_month_number(a) && is_day(b));
}

bool is_numeric_date(const std::array<Part, 3>& parts) {
  const auto& [a, b, c] = parts;
  if (a.after != b.after || a.after == ' ' || a.after == ',') return false;
  if (a.text.size() == 4) return is_year(a.text) && is_day_and_month(b.text, c.text);
  if (!is_day_and_month(a.text, b.text) || !is_year(c.text)) return false;
  // "1.10.12" is more often a version than a date: a short year wants two digits everywhere.
  return c.text.size() == 4 || a.after == '/' || (a.text.size() == 2 && b.text.size() == 2);
}

bool is_named_date(const std::array<Part, 3>& parts) {
  const auto& [a, b, c] = parts;
  if (is_month_name(a.text)) return is_day(b.text) && is_year(c.text);
  return is_month_name(b.text) && ((is_day(a.text) && is_year(c.text)) || (is_year(a.text) && is_day(c.text)));
}

}  // namespace

bool looks_like_date(std::string_view text) {
  constexpr std::size_t kLongest = 60;  // "September 12, 2021 10:15:30.123456789 +05:30" and room for a zone's name
  if (text.size() > kLongest) return false;
  const auto parts = first_parts(text);
  return parts && (is_numeric_date(*parts) || is_named_date(*parts));
}

}  // namespace ffwd
