#include <gtest/gtest.h>

#include <cmath>

#include "core/rows.h"
#include "optim/schedule.h"

namespace ffwd {
namespace {

TEST(ExponentialSchedule, FallsByTheFactorAfterEachEpoch) {
  const auto schedule = make_schedule(*find_row(schedules(), "exponential"), {.factor = 0.9});
  for (std::size_t step = 0; step < 40; ++step) {
    const SchedulePoint at{.step = step, .steps = 40, .steps_per_epoch = 4};
    EXPECT_NEAR(schedule->factor(at), std::pow(0.9, static_cast<double>(step / 4)), 1e-15);
  }
}

TEST(ExponentialSchedule, LeavesAHundredthAtTheEndWhenItIsToldNothing) {
  const auto schedule = make_schedule(*find_row(schedules(), "exponential"), {});
  EXPECT_EQ(schedule->factor({.step = 0, .steps = 50}), 1);
  EXPECT_NEAR(schedule->factor({.step = 50, .steps = 50}), 0.01, 1e-15);
}

}  // namespace
}  // namespace ffwd
