#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "core/rows.h"
#include "optim/schedule.h"

namespace ffwd {
namespace {

TEST(OneCycleSchedule, RisesInAStraightLineAndFallsAlongHalfACosine) {
  const auto schedule = make_schedule(*find_row(schedules(), "one_cycle"), {});
  EXPECT_NEAR(schedule->factor({.step = 0, .steps = 100}), 0.04, 1e-15);
  EXPECT_NEAR(schedule->factor({.step = 15, .steps = 100}), 0.52, 1e-15);
  for (std::size_t step = 30; step <= 100; ++step) {
    const double expected = (1 + std::cos(std::numbers::pi * static_cast<double>(step - 30) / 70)) / 2;
    EXPECT_NEAR(schedule->factor({.step = step, .steps = 100}), expected, 1e-15) << step;
  }
  EXPECT_EQ(schedule->factor({.step = 100, .steps = 100}), 0);
}

TEST(OneCycleSchedule, RisesForAsLongAndFromAndToWhatItIsTold) {
  const auto schedule = make_schedule(*find_row(schedules(), "one_cycle"), {.rise = 0.5, .start = 0.1, .final = 0.3});
  EXPECT_NEAR(schedule->factor({.step = 0, .steps = 100}), 0.1, 1e-15);
  EXPECT_NEAR(schedule->factor({.step = 25, .steps = 100}), 0.55, 1e-15);
  EXPECT_NEAR(schedule->factor({.step = 50, .steps = 100}), 1, 1e-15);
  EXPECT_NEAR(schedule->factor({.step = 75, .steps = 100}), 0.65, 1e-15);
  EXPECT_NEAR(schedule->factor({.step = 100, .steps = 100}), 0.3, 1e-15);
}

TEST(OneCycleSchedule, WorksForRunsOfAStepOrTwo) {
  const auto schedule = make_schedule(*find_row(schedules(), "one_cycle"), {});
  EXPECT_NEAR(schedule->factor({.step = 0, .steps = 1}), 0.04, 1e-15);
  EXPECT_GT(schedule->factor({.step = 1, .steps = 2}), 0.8);
}

}  // namespace
}  // namespace ffwd
