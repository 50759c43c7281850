#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "core/rows.h"
#include "optim/schedule.h"

namespace ffwd {
namespace {

TEST(OneCycleSchedule, RisesInAStraightLineAndFallsAlongHalfACosine) {
  const auto schedule = find_row(schedules(), "one_cycle")->make();
  EXPECT_NEAR(schedule->factor(0, 100), 0.04, 1e-15);
  EXPECT_NEAR(schedule->factor(15, 100), 0.52, 1e-15);
  for (std::size_t step = 30; step <= 100; ++step) {
    const double expected = (1 + std::cos(std::numbers::pi * static_cast<double>(step - 30) / 70)) / 2;
    EXPECT_NEAR(schedule->factor(step, 100), expected, 1e-15) << step;
  }
  EXPECT_EQ(schedule->factor(100, 100), 0);
}

TEST(OneCycleSchedule, WorksForRunsOfAStepOrTwo) {
  const auto schedule = find_row(schedules(), "one_cycle")->make();
  EXPECT_NEAR(schedule->factor(0, 1), 0.04, 1e-15);
  EXPECT_GT(schedule->factor(1, 2), 0.8);
}

}  // namespace
}  // namespace ffwd
