#include <gtest/gtest.h>

#include "core/rows.h"
#include "optim/schedule.h"

namespace ffwd {
namespace {

TEST(PlateauSchedule, DropsToATenthAfterSixEpochsWithoutProgress) {
  const auto schedule = find_row(schedules(), "plateau")->make();
  schedule->end_epoch(1.0);
  for (int epoch = 0; epoch < 5; ++epoch) schedule->end_epoch(1.0);
  EXPECT_EQ(schedule->factor(0, 1), 1);
  schedule->end_epoch(0.99995);  // less than 0.01 % is no progress
  EXPECT_NEAR(schedule->factor(0, 1), 0.1, 1e-15);
  for (int epoch = 0; epoch < 6; ++epoch) schedule->end_epoch(1.0);
  EXPECT_NEAR(schedule->factor(0, 1), 0.01, 1e-15);
}

TEST(PlateauSchedule, StaysWhileTheLossFalls) {
  const auto schedule = find_row(schedules(), "plateau")->make();
  for (int epoch = 0; epoch < 50; ++epoch) schedule->end_epoch(1.0 / (1 + epoch));
  EXPECT_EQ(schedule->factor(0, 1), 1);
}

}  // namespace
}  // namespace ffwd
