#include <gtest/gtest.h>

#include "core/rows.h"
#include "optim/schedule.h"

namespace ffwd {
namespace {

TEST(PlateauSchedule, DropsToATenthAfterSixEpochsWithoutProgress) {
  const auto schedule = make_schedule(*find_row(schedules(), "plateau"), {});
  schedule->end_epoch(1.0);
  for (int epoch = 0; epoch < 5; ++epoch) schedule->end_epoch(1.0);
  EXPECT_EQ(schedule->factor({.step = 0, .steps = 1}), 1);
  schedule->end_epoch(0.99995);  // less than 0.01 % is no progress
  EXPECT_NEAR(schedule->factor({.step = 0, .steps = 1}), 0.1, 1e-15);
  for (int epoch = 0; epoch < 6; ++epoch) schedule->end_epoch(1.0);
  EXPECT_NEAR(schedule->factor({.step = 0, .steps = 1}), 0.01, 1e-15);
}

TEST(PlateauSchedule, FallsByTheFactorAndWaitsTheEpochsThatItIsTold) {
  const auto schedule = make_schedule(*find_row(schedules(), "plateau"), {.factor = 0.5, .patience = 0});
  schedule->end_epoch(1.0);
  EXPECT_EQ(schedule->factor({}), 1);
  schedule->end_epoch(1.0);
  EXPECT_EQ(schedule->factor({}), 0.5);
  schedule->end_epoch(1.0);
  EXPECT_EQ(schedule->factor({}), 0.25);
}

TEST(PlateauSchedule, StaysWhileTheLossFalls) {
  const auto schedule = make_schedule(*find_row(schedules(), "plateau"), {});
  for (int epoch = 0; epoch < 50; ++epoch) schedule->end_epoch(1.0 / (1 + epoch));
  EXPECT_EQ(schedule->factor({.step = 0, .steps = 1}), 1);
}

TEST(PlateauSchedule, FallsWhereALossBelowZeroDoesNotGetLower) {
  const auto plateau = make_schedule(*find_row(schedules(), "plateau"), {.factor = 0.5, .patience = 1});
  for (int epoch = 0; epoch < 3; ++epoch) plateau->end_epoch(-2 + 1e-5 * epoch);
  EXPECT_EQ(plateau->factor({}), 0.5);
}

}  // namespace
}  // namespace ffwd
