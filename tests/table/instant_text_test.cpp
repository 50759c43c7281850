#include "table/instant_text.h"

#include <gtest/gtest.h>

#include "ffwd/table.h"

namespace ffwd {
namespace {

TEST(InstantText, EveryDayReadsBackToItself) {
  for (std::int64_t day = -719162; day <= 2932896; day += 1) {
    const auto back = parse_instant(date_text(day));
    ASSERT_TRUE(back && back->days == day) << day << ' ' << date_text(day);
  }
  EXPECT_EQ(date_text(-719162), "0001-01-01");
  EXPECT_EQ(date_text(0), "1970-01-01");
  EXPECT_EQ(date_text(2932896), "9999-12-31");
}

TEST(InstantText, TheCalendarEnds) {
  EXPECT_TRUE(is_calendar_day(-719162));
  EXPECT_FALSE(is_calendar_day(-719163));
  EXPECT_TRUE(is_calendar_day(2932896));
  EXPECT_FALSE(is_calendar_day(2932897));
}

TEST(InstantText, TimesHaveAsManyDigitsAsTheyNeed) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  EXPECT_EQ(timestamp_text(0, 0, false), "1970-01-01 00:00:00");
  EXPECT_EQ(timestamp_text(0, 86399 * kSecond, true), "1970-01-01 23:59:59Z");
  EXPECT_EQ(timestamp_text(0, 3661 * kSecond + 500'000'000, false), "1970-01-01 01:01:01.5");
  EXPECT_EQ(timestamp_text(-1, 1, false), "1969-12-31 00:00:00.000000001");
}

}  // namespace
}  // namespace ffwd
