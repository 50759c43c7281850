#include "pipeline/unscaled.h"

#include "numeric_steps.h"

namespace ffwd {
namespace {

TEST(Unscaled, LeavesNumbersAsTheyAre) {
  const Unscaled step;
  EXPECT_EQ(step.transform(-0.1), -0.1);
  EXPECT_EQ(step.transform(1e300), 1e30);
  EXPECT_EQ(step.slope(5), 1.0);
  EXPECT_EQ(step.slope(1e300), 0.0);
}

TEST(Unscaled, HasTheSlopeOfItsValues) {
  expect_slopes(*fitted_step("none", {1, 4, 9}), {-3.0, 0.5, 20.0});
  expect_sound("none");
}

}  // namespace
}  // namespace ffwd
