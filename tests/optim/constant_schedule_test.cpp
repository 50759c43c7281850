#include <gtest/gtest.h>

#include "core/rows.h"
#include "optim/schedule.h"

namespace ffwd {
namespace {

TEST(ConstantSchedule, NeverMoves) {
  const auto schedule = find_row(schedules(), "constant")->make();
  schedule->end_epoch(1);
  EXPECT_EQ(schedule->factor(0, 10), 1);
  EXPECT_EQ(schedule->factor(9, 10), 1);
}

TEST(Schedules, AllStartAtTheBaseRateAndStayWithinIt) {
  for (const ScheduleRow* row : schedules()) {
    SCOPED_TRACE(row->name);
    const auto schedule = row->make();
    EXPECT_EQ(schedule->factor(0, 100), 1);
    for (std::size_t step = 0; step < 100; ++step) {
      EXPECT_GE(schedule->factor(step, 100), 0);
      EXPECT_LE(schedule->factor(step, 100), 1);
    }
  }
}

}  // namespace
}  // namespace ffwd
