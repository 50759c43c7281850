#include <gtest/gtest.h>

#include <algorithm>

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

TEST(Schedules, AllReachTheBaseRateAndStayWithinIt) {
  for (const ScheduleRow* row : schedules()) {
    SCOPED_TRACE(row->name);
    const auto schedule = row->make();
    double highest = 0;
    for (std::size_t step = 0; step < 100; ++step) {
      const double factor = schedule->factor(step, 100);
      EXPECT_GT(factor, 0);
      EXPECT_LE(factor, 1);
      if (step == 0) {
        EXPECT_EQ(factor < 1, row->warms_up);
      }
      highest = std::max(highest, factor);
    }
    EXPECT_EQ(highest, 1);
  }
}

}  // namespace
}  // namespace ffwd
