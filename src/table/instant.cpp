#include "table/instant.h"

#include <array>
#include <optional>

#include "ffwd/table.h"
#include "table/ascii.h"

namespace ffwd {

namespace {

constexpr std::int64_t kSecondsPerDay = 86400;
constexpr std::int64_t kNanosPerSecond = 1'000'000'000;

struct Parts {
  int year = 0, month = 0, day = 0;
  bool has_time = false;
  int hour = 0, minute = 0, second = 0;
  std::int64_t nanos = 0;
  int zone_minutes = 0;  ///< east of UTC
};

/// Takes pieces off the front of a text; each step says whether the piece was there.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  /// Exactly `n` digits of a number in [low, high].
  bool number(std::size_t n, int low, int high, int& value) {
    if (rest_.size() < n) return false;
    value = 0;
    for (const char c : rest_.substr(0, n)) {
      if (!is_digit(c)) return false;
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(n);
    return value >= low && value <= high;
  }

  /// One to nine digits after the point.
  bool fraction(std::int64_t& nanos) {
    std::int64_t unit = kNanosPerSecond;
    while (unit > 1 && !rest_.empty() && is_digit(rest_.front())) {
      unit /= 10;
      nanos += unit * (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    return unit < kNanosPerSecond;
  }

 private:
  std::string_view rest_;
};

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

bool read_date(Scanner& text, Parts& parts) {
  return text.number(4, 1, 9999, parts.year) && text.take('-') && text.number(2, 1, 12, parts.month) &&
         text.take('-') && text.number(2, 1, days_in_month(parts.year, parts.month), parts.day);
}

bool read_zone(Scanner& text, Parts& parts) {
  if (text.at_end() || text.take('Z')) return true;
  const bool west = text.take('-');
  if (!west && !text.take('+')) return false;
  int hours = 0;
  int minutes = 0;
  if (!text.number(2, 0, 14, hours)) return false;
  text.take(':');  // +0530 is as clear as +05:30, and many programs write it so
  if (!text.number(2, 0, 59, minutes)) return false;
  parts.zone_minutes = (west ? -1 : 1) * (hours * 60 + minutes);
  return true;
}

bool read_time(Scanner& text, Parts& parts) {
  parts.has_time = true;
  if (!text.number(2, 0, 23, parts.hour) || !text.take(':') || !text.number(2, 0, 59, parts.minute)) return false;
  if (text.take(':')) {
    if (!text.number(2, 0, 59, parts.second)) return false;
    if (text.take('.') && !text.fraction(parts.nanos)) return false;
  }
  return read_zone(text, parts);
}

std::optional<Parts> parse(std::string_view text) {
  Scanner scanner(text);
  Parts parts;
  if (!read_date(scanner, parts)) return std::nullopt;
  if (scanner.take('T') || scanner.take(' '))
    if (!read_time(scanner, parts)) return std::nullopt;
  if (!scanner.at_end()) return std::nullopt;
  return parts;
}

/// Days since 1970-01-01. The year starts in March here, so that the leap day is its last; 400 years have 146097 days.
std::int64_t days_from_civil(const Parts& parts) {
  const std::int64_t year = parts.month <= 2 ? parts.year - 1 : parts.year;
  const std::int64_t era = year / 400;  // year >= 0: no rounding towards zero to mind
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t month = (parts.month + 9) % 12;
  const std::int64_t day_of_year = (153 * month + 2) / 5 + parts.day - 1;
  const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

}  // namespace

InstantForm instant_form(std::string_view text) {
  // Most cells are told apart by two bytes.
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return InstantForm::kNone;
  const std::optional<Parts> parts = parse(text);
  if (!parts) return InstantForm::kNone;
  return parts->has_time ? InstantForm::kTimestamp : InstantForm::kDate;
}

std::optional<Instant> parse_instant(std::string_view text) {
  const std::optional<Parts> parts = parse(text);
  if (!parts) return std::nullopt;
  std::int64_t days = days_from_civil(*parts);
  std::int64_t seconds = (parts->hour * 60 + parts->minute - parts->zone_minutes) * std::int64_t{60} + parts->second;
  if (seconds < 0) {
    seconds += kSecondsPerDay;
    --days;
  } else if (seconds >= kSecondsPerDay) {
    seconds -= kSecondsPerDay;
    ++days;
  }
  // One division, of integers below 2^53, rounds once.
  const double nanos = static_cast<double>(seconds * kNanosPerSecond + parts->nanos);
  return Instant{days, nanos / static_cast<double>(kNanosPerSecond)};
}

}  // namespace ffwd
