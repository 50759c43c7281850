#include "pipeline/calendar.h"

#include <gtest/gtest.h>

namespace ffwd {
namespace {

Moment moment(std::string_view text) { return take_apart(*parse_instant(text)); }

TEST(Calendar, TakesADateApart) {
  const Moment day = moment("2024-07-01");  // a Monday of a leap year
  EXPECT_EQ(day.year, 2024.0);
  EXPECT_EQ(day.month, 0.5);
  EXPECT_EQ(day.day_of_year, 182.0 / 366.0);
  EXPECT_EQ(day.weekday, 0.0);
  EXPECT_EQ(day.days, 19905.0);
  EXPECT_EQ(day.time_of_day, 0.0);
}

TEST(Calendar, TakesATimestampApart) {
  const Moment noon = moment("1999-12-31 12:00");
  EXPECT_EQ(noon.time_of_day, 0.5);
  EXPECT_EQ(noon.days, 10956.5);
  EXPECT_EQ(noon.day_of_year, 364.0 / 365.0);
  EXPECT_EQ(noon.weekday, 4.0 / 7.0);
}

TEST(Calendar, ReachesBeforeTheEpochAndToTheEndOfItsYears) {
  EXPECT_EQ(moment("1969-12-31 18:00").days, -0.25);
  EXPECT_EQ(moment("0001-01-01").year, 1.0);
  EXPECT_EQ(moment("9999-12-31").day_of_year, 364.0 / 365.0);
}

TEST(Calendar, PartsHaveNamesOfTheirOwn) {
  for (const CalendarPart& a : calendar_parts())
    for (const CalendarPart& b : calendar_parts()) EXPECT_EQ(a.name == b.name, &a == &b);
}

}  // namespace
}  // namespace ffwd
