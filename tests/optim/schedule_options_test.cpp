#include "optim/schedule_options.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "optim/schedule.h"

namespace ffwd {
namespace {

TEST(ScheduleOptions, AreEachUsedByARowAndHaveADefaultThere) {
  for (const ScheduleOption* option : schedule_options()) {
    SCOPED_TRACE(option->name);
    EXPECT_TRUE(option->name.starts_with("schedule_"));
    EXPECT_NE(option->number == nullptr, option->flag == nullptr);
    EXPECT_TRUE(std::ranges::any_of(schedules(), [&](const auto* row) { return find_used(*row, *option); }));
  }
  for (const ScheduleRow* row : schedules()) {
    for (const UsedBySchedule& used : row->options) {
      SCOPED_TRACE(std::string(row->name) + " " + std::string(used.option->name));
      EXPECT_TRUE(std::ranges::find(schedule_options(), used.option) != schedule_options().end());
      EXPECT_EQ(used.value.has_value() || !used.text.empty(), used.option->number != nullptr);
    }
  }
}

}  // namespace
}  // namespace ffwd
