#include "optim/schedule.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/rows.h"

namespace ffwd {
namespace {

TEST(Schedules, AllReachTheBaseRateAndStayWithinIt) {
  for (const ScheduleRow* row : schedules()) {
    SCOPED_TRACE(row->name);
    const auto schedule = make_schedule(*row, {});
    double highest = 0;
    for (std::size_t step = 0; step < 100; ++step) {
      const double factor = schedule->factor({.step = step, .steps = 100, .steps_per_epoch = 5});
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

TEST(Schedules, KnowTheEpochOfAStep) {
  const SchedulePoint at{.step = 14, .steps = 33, .steps_per_epoch = 5};
  EXPECT_EQ(at.epoch(), 2u);
  EXPECT_EQ(at.epochs(), 7u);
}

}  // namespace
}  // namespace ffwd
