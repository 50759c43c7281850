#include "pipeline/calendar.h"

#include <chrono>

namespace ffwd {

namespace {

constexpr double kSecondsPerDay = 86400.0;

constexpr CalendarPart kParts[] = {
    {"year", "year", false, &Moment::year},
    {"month", "month", true, &Moment::month},
    {"day_of_year", "day of year", true, &Moment::day_of_year},
    {"weekday", "weekday", true, &Moment::weekday},
    {"days", "days", false, &Moment::days},
    {"time_of_day", "time of day", true, &Moment::time_of_day},
};

}  // namespace

Moment take_apart(const Instant& instant) {
  namespace chrono = std::chrono;
  const chrono::sys_days day{chrono::days{instant.days}};
  const chrono::year_month_day date{day};
  const chrono::sys_days new_year{date.year() / chrono::January / 1};
  const double days_in_year = date.year().is_leap() ? 366.0 : 365.0;
  Moment moment;
  moment.year = static_cast<double>(static_cast<int>(date.year()));
  moment.month = static_cast<double>(static_cast<unsigned>(date.month()) - 1) / 12.0;
  moment.day_of_year = static_cast<double>((day - new_year).count()) / days_in_year;
  moment.weekday = static_cast<double>(chrono::weekday{day}.iso_encoding() - 1) / 7.0;
  moment.time_of_day = instant.seconds / kSecondsPerDay;
  moment.days = static_cast<double>(instant.days) + moment.time_of_day;
  return moment;
}

std::span<const CalendarPart> calendar_parts() { return kParts; }

}  // namespace ffwd
