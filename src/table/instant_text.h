// Days and times as the texts that parse_instant reads.
#pragma once

#include <cstdint>
#include <string>

namespace ffwd {

/// Whether days since 1970-01-01 lie in the years 0001 to 9999, which a date's text can say.
[[nodiscard]] bool is_calendar_day(std::int64_t days);

/// "2024-02-29". `days` must be a calendar day.
[[nodiscard]] std::string date_text(std::int64_t days);

/// "2024-02-29 13:05:00", with as many digits of a fraction as there are, and a Z where `utc`.
[[nodiscard]] std::string timestamp_text(std::int64_t days, std::int64_t nanos_of_day, bool utc);

}  // namespace ffwd
