#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "core/rows.h"
#include "optim/schedule.h"

namespace ffwd {
namespace {

TEST(CosineSchedule, IsHalfACosineOverAllSteps) {
  const auto schedule = make_schedule(*find_row(schedules(), "cosine"), {});
  for (std::size_t step = 0; step <= 50; ++step) {
    const double expected = (1 + std::cos(std::numbers::pi * static_cast<double>(step) / 50)) / 2;
    EXPECT_NEAR(schedule->factor({.step = step, .steps = 50}), expected, 1e-15);
  }
  EXPECT_EQ(schedule->factor({.step = 25, .steps = 50}), 0.5);
  EXPECT_EQ(schedule->factor({.step = 50, .steps = 50}), 0);
}

TEST(CosineSchedule, LeavesTheShareOfTheRateThatItIsTold) {
  const auto schedule = make_schedule(*find_row(schedules(), "cosine"), {.final = 0.2});
  EXPECT_EQ(schedule->factor({.step = 0, .steps = 50}), 1);
  EXPECT_NEAR(schedule->factor({.step = 25, .steps = 50}), 0.6, 1e-15);
  EXPECT_NEAR(schedule->factor({.step = 50, .steps = 50}), 0.2, 1e-15);
}

}  // namespace
}  // namespace ffwd
