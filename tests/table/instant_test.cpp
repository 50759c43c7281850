#include "table/instant.h"

#include <gtest/gtest.h>

#include "ffwd/table.h"

namespace ffwd {
namespace {

TEST(Instant, TellsDatesAndTimestampsFromOtherTexts) {
  for (const char* text : {"2024-02-29", "1999-12-31", "0001-01-01", "9999-12-31", "2000-02-29"})
    EXPECT_EQ(instant_form(text), InstantForm::kDate) << text;
  for (const char* text :
       {"2024-02-29 23:59", "2024-03-01 00:00:00.5", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00+05:30",
        "2024-01-01T00:00-0530", "2024-01-01 10:20:30.123456789", "2024-01-01 00:00+14:59"})
    EXPECT_EQ(instant_form(text), InstantForm::kTimestamp) << text;
  for (const char* text : {"",
                           "2023-02-29",
                           "1900-02-29",
                           "2024-13-01",
                           "2024-00-01",
                           "2024-01-00",
                           "2024-04-31",
                           "0000-01-01",
                           "24-01-01",
                           "2024-1-01",
                           "2024/01/01",
                           "2024-01-01x",
                           "2024-01-01 ",
                           " 2024-01-01",
                           "2024-01-01 24:00",
                           "2024-01-01 23:60",
                           "2024-01-01 23:59:60",
                           "2024-01-01 10",
                           "2024-01-01 10:20:30.",
                           "2024-01-01 10:20:30.1234567890",
                           "2024-01-01  10:20",
                           "2024-01-01t10:20",
                           "2024-01-01 10:20z",
                           "2024-01-01 10:20+15:00",
                           "2024-01-01 10:20+05",
                           "2024-01-01 10:20+05:60",
                           "2024-01-01 10:20 PM",
                           "2024-01-01 10:20\n",
                           "20240101"})
    EXPECT_EQ(instant_form(text), InstantForm::kNone) << text;
}

void expect_instant(const char* text, std::int64_t days, double seconds) {
  const auto instant = parse_instant(text);
  ASSERT_TRUE(instant) << text;
  EXPECT_EQ(instant->days, days) << text;
  EXPECT_EQ(instant->seconds, seconds) << text;
}

TEST(Instant, CountsDaysFrom1970) {
  expect_instant("1970-01-01", 0, 0.0);
  expect_instant("1969-12-31", -1, 0.0);
  expect_instant("2000-02-29", 11016, 0.0);
  expect_instant("2000-03-01", 11017, 0.0);
  expect_instant("2024-12-31", 20088, 0.0);
  expect_instant("0001-01-01", -719162, 0.0);
  expect_instant("9999-12-31", 2932896, 0.0);
}

TEST(Instant, EveryDayFollowsTheOneBefore) {
  const int last[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  std::int64_t wanted = parse_instant("1899-01-01")->days;
  for (int year = 1899; year <= 2101; ++year)
    for (int month = 1; month <= 12; ++month) {
      const bool leap = month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
      for (int day = 1; day <= last[month - 1] + (leap ? 1 : 0); ++day, ++wanted) {
        char text[32];
        std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
        ASSERT_EQ(parse_instant(text)->days, wanted) << text;
      }
    }
}

TEST(Instant, CountsSecondsAndAppliesTheZone) {
  expect_instant("1970-01-02 01:02:03.25", 1, 3723.25);
  expect_instant("1970-01-01 00:00:00.123456789", 0, 0.123456789);
  expect_instant("1970-01-01 23:59", 0, 86340.0);
  expect_instant("1970-01-01T05:30:00+05:30", 0, 0.0);
  expect_instant("1970-01-01T00:00:00+00:01", -1, 86340.0);
  expect_instant("1970-01-01T23:00:00-02:00", 1, 3600.0);
  expect_instant("1970-01-01T12:00Z", 0, 43200.0);
}

TEST(Instant, OtherTextsGiveNothing) {
  EXPECT_FALSE(parse_instant(""));
  EXPECT_FALSE(parse_instant("2023-02-29"));
  EXPECT_FALSE(parse_instant("03/04/2021"));
}

}  // namespace
}  // namespace ffwd
