#include "pipeline/robust_smooth_clip.h"

#include "numeric_steps.h"

namespace ffwd {
namespace {

TEST(SmoothClip, IsOddAndStaysWithinThree) {
  EXPECT_EQ(smooth_clip(0.0), 0.0);
  EXPECT_DOUBLE_EQ(smooth_clip(3.0), 3.0 / std::sqrt(2.0));
  EXPECT_EQ(smooth_clip(-1.7), -smooth_clip(1.7));
  EXPECT_EQ(smooth_clip(1e9), 3.0);
  EXPECT_EQ(smooth_clip(-1e300), -3.0);
  EXPECT_EQ(smooth_clip(std::numeric_limits<double>::infinity()), 3.0);
  EXPECT_EQ(smooth_clip_slope(0.0), 1.0);
  EXPECT_EQ(smooth_clip_slope(-1e300), 0.0);
}

TEST(RobustSmoothClip, ScalesByTheQuartilesOrElseByTheRange) {
  std::vector<double> values{1, 2, 3, 4, 1000}, tied{1, 1, 1, 1, 1, 9, -4}, equal{5, 5};
  EXPECT_EQ(RobustSmoothClip::fit(values).factor(), 0.5);
  EXPECT_EQ(RobustSmoothClip::fit(tied).factor(), 2.0 / 13);
  EXPECT_EQ(RobustSmoothClip::fit(equal).factor(), 0.0);
  EXPECT_EQ(RobustSmoothClip::fit(equal).transform(7), 0.0);
  EXPECT_EQ(RobustSmoothClip::fit({}).factor(), 0.0);
  EXPECT_EQ(RobustSmoothClip::fit(values).transform(5), smooth_clip(1.0));
}

TEST(RobustSmoothClip, HasTheSlopeOfItsValues) {
  expect_slopes(*fitted_step("robust_smooth_clip", {1, 4, 9, 16}), {-30.0, 0.5, 2.0, 7.7, 50.0});
  expect_sound("robust_smooth_clip");
}

}  // namespace
}  // namespace ffwd
