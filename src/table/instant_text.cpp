#include "table/instant_text.h"

#include <cassert>
#include <cstddef>

namespace ffwd {

namespace {

constexpr std::int64_t kFirstDay = -719162;  // 0001-01-01
constexpr std::int64_t kLastDay = 2932896;   // 9999-12-31
constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
constexpr std::size_t kMostBytes = 32;  // "2024-02-29 13:05:00.123456789Z" takes 30

/// Digits into a buffer, zeros first. By hand, because a column may hold a million times.
char* put(char* at, std::int64_t value, int n_digits) {
  for (int k = n_digits; k-- > 0; value /= 10) at[k] = static_cast<char>('0' + value % 10);
  return at + n_digits;
}

char* put_after(char mark, char* at, std::int64_t value, int n_digits) {
  *at = mark;
  return put(at + 1, value, n_digits);
}

char* put_date(char* at, std::int64_t days) {
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
  at = put(at, year, 4);
  at = put_after('-', at, month, 2);
  return put_after('-', at, day, 2);
}

}  // namespace

bool is_calendar_day(std::int64_t days) { return days >= kFirstDay && days <= kLastDay; }

std::string date_text(std::int64_t days) {
  assert(is_calendar_day(days));
  char text[kMostBytes];
  return {text, put_date(text, days)};
}

std::string timestamp_text(std::int64_t days, std::int64_t nanos_of_day, bool utc) {
  assert(is_calendar_day(days));
  const std::int64_t seconds = nanos_of_day / kNanosPerSecond;
  const std::int64_t nanos = nanos_of_day % kNanosPerSecond;
  char text[kMostBytes];
  char* at = put_date(text, days);
  at = put_after(' ', at, seconds / 3600, 2);
  at = put_after(':', at, seconds / 60 % 60, 2);
  at = put_after(':', at, seconds % 60, 2);
  if (nanos > 0) {
    at = put_after('.', at, nanos, 9);
    while (at[-1] == '0') --at;
  }
  if (utc) *at++ = 'Z';
  return {text, at};
}

}  // namespace ffwd
