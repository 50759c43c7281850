#include "cli/prediction_time.h"

#include <gtest/gtest.h>

#include "cli/made_fit.h"

namespace ffwd {
namespace {

TEST(PredictionTime, IsMeasuredInTurnByTheClockHandedIn) {
  const FitResult fitted = made_fit("y");
  const Table table = read_csv(made_csv(50), "made.csv");
  double now = 0;
  std::size_t n_asked = 0;
  const auto clock = [&] {
    ++n_asked;
    return now += 0.5;
  };
  const PredictionTimes times = time_predictions(*fitted.model, *fitted.model, table, clock);
  EXPECT_DOUBLE_EQ(times.before.batch, 0.5 / 50);
  EXPECT_DOUBLE_EQ(times.before.one_row, 0.5 / 50);
  EXPECT_DOUBLE_EQ(times.after.one_row, 0.5 / 50);
  EXPECT_GE(n_asked, 2U * 3 * 7);
}

TEST(PredictionTime, EndsWithAClockThatStandsStill) {
  const FitResult fitted = made_fit("grade");
  const Table table = read_csv(made_csv(1), "made.csv");
  EXPECT_EQ(time_predictions(*fitted.model, *fitted.model, table, [] { return 1.0; }).after.batch, 0);
}

}  // namespace
}  // namespace ffwd
