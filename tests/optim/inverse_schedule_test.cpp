#include <gtest/gtest.h>

#include "core/rows.h"
#include "optim/schedule.h"

namespace ffwd {
namespace {

TEST(InverseSchedule, DividesByTheNumberOfTheEpochOrOfTheUpdate) {
  const auto by_epoch = make_schedule(*find_row(schedules(), "inverse"), {});
  const auto by_update = make_schedule(*find_row(schedules(), "inverse"), {.per_update = true});
  for (std::size_t step = 0; step < 20; ++step) {
    const SchedulePoint at{.step = step, .steps = 20, .steps_per_epoch = 4};
    EXPECT_EQ(by_epoch->factor(at), 1 / static_cast<double>(1 + step / 4));
    EXPECT_EQ(by_update->factor(at), 1 / static_cast<double>(1 + step));
  }
}

}  // namespace
}  // namespace ffwd
