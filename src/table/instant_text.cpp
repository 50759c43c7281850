#include "table/instant_text.h"

#include <fmt/format.h>

#include <cassert>

namespace ffwd {

namespace {

constexpr std::int64_t kFirstDay = -719162;  // 0001-01-01
constexpr std::int64_t kLastDay = 2932896;   // 9999-12-31
constexpr std::int64_t kNanosPerSecond = 1'000'000'000;

}  // namespace

bool is_calendar_day(std::int64_t days) { return days >= kFirstDay && days <= kLastDay; }

std::string date_text(std::int64_t days) {
  assert(is_calendar_day(days));
  // instant.cpp's way to days, walked back: years begin in March, so that the leap day is the last.
  const std::int64_t since_march_0 = days + 719468;
  const std::int64_t era = since_march_0 / 146097;
  const std::int64_t day_of_era = since_march_0 % 146097;
  const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t march_month = (5 * day_of_year + 2) / 153;
  const std::int64_t day = day_of_year - (153 * march_month + 2) / 5 + 1;
  const std::int64_t month = march_month < 10 ? march_month + 3 : march_month - 9;
  const std::int64_t year = era * 400 + year_of_era + (month <= 2 ? 1 : 0);
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

std::string timestamp_text(std::int64_t days, std::int64_t nanos_of_day, bool utc) {
  const std::int64_t seconds = nanos_of_day / kNanosPerSecond;
  const std::int64_t nanos = nanos_of_day % kNanosPerSecond;
  std::string text =
      date_text(days) + fmt::format(" {:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  if (nanos > 0) {
    text += fmt::format(".{:09}", nanos);
    text.erase(text.find_last_not_of('0') + 1);
  }
  return utc ? text + 'Z' : text;
}

}  // namespace ffwd
