#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "core/rows.h"
#include "optim/schedule.h"

namespace ffwd {
namespace {

TEST(CosineSchedule, IsHalfACosineOverAllSteps) {
  const auto schedule = find_row(schedules(), "cosine")->make();
  for (std::size_t step = 0; step <= 50; ++step) {
    const double expected = (1 + std::cos(std::numbers::pi * static_cast<double>(step) / 50)) / 2;
    EXPECT_NEAR(schedule->factor(step, 50), expected, 1e-15);
  }
  EXPECT_EQ(schedule->factor(25, 50), 0.5);
  EXPECT_EQ(schedule->factor(50, 50), 0);
}

}  // namespace
}  // namespace ffwd
