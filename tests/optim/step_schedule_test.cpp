#include <gtest/gtest.h>

#include "core/rows.h"
#include "optim/schedule.h"

namespace ffwd {
namespace {

TEST(StepSchedule, FallsToATenthAfterEachThirdOfTheEpochs) {
  const auto schedule = make_schedule(*find_row(schedules(), "step"), {});
  const auto factor = [&](std::size_t step) {
    return schedule->factor({.step = step, .steps = 90, .steps_per_epoch = 3});
  };
  EXPECT_EQ(factor(29), 1);
  EXPECT_NEAR(factor(30), 0.1, 1e-15);
  EXPECT_NEAR(factor(89), 0.01, 1e-15);
}

TEST(StepSchedule, FallsByTheFactorAfterTheEpochsThatItIsTold) {
  const auto schedule = make_schedule(*find_row(schedules(), "step"), {.factor = 0.5, .every = 2});
  for (std::size_t epoch = 0; epoch < 8; ++epoch) {
    EXPECT_EQ(schedule->factor({.step = epoch, .steps = 8}), 1 / static_cast<double>(1u << epoch / 2));
  }
}

}  // namespace
}  // namespace ffwd
