#include <gtest/gtest.h>

#include "core/rows.h"
#include "optim/schedule.h"

namespace ffwd {
namespace {

TEST(ConstantSchedule, NeverMoves) {
  const auto schedule = make_schedule(*find_row(schedules(), "constant"), {});
  schedule->end_epoch(1);
  EXPECT_EQ(schedule->factor({.step = 0, .steps = 10}), 1);
  EXPECT_EQ(schedule->factor({.step = 9, .steps = 10}), 1);
}

}  // namespace
}  // namespace ffwd
