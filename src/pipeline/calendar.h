// Calendar: the parts of a date or timestamp that a network can learn from.
#pragma once

#include <span>
#include <string_view>

#include "ffwd/table.h"

namespace ffwd {

/// A moment taken apart. Fractions of a cycle are in [0, 1).
struct Moment {
  double year = 0.0;
  double month = 0.0;        ///< of the year: January 0, July 1/2
  double day_of_year = 0.0;  ///< January 1 is 0; counts the 366 days of a leap year
  double weekday = 0.0;      ///< of the week: Monday 0
  double days = 0.0;         ///< since 1970-01-01, with the part of the day that has gone
  double time_of_day = 0.0;  ///< of the day: noon is 1/2
};

[[nodiscard]] Moment take_apart(const Instant& instant);

/// One part, and how it becomes features.
struct CalendarPart {
  std::string_view name;   ///< in the model file
  std::string_view label;  ///< in the names of features
  bool is_cycle;           ///< sine and cosine of the fraction; else one standardised number
  double Moment::* value;
};

/// All parts, in the order of their features.
[[nodiscard]] std::span<const CalendarPart> calendar_parts();

}  // namespace ffwd
