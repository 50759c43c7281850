#include "pipeline/robust.h"

#include "numeric_steps.h"

namespace ffwd {
namespace {

TEST(Robust, IsTheDistanceFromTheMedianInSpreadsOfTheQuartiles) {
  std::vector<double> values{4, 1, 3, 2, 1000};
  const Robust step = Robust::fit(values);
  EXPECT_EQ(step.quartiles().q25, 2.0);
  EXPECT_EQ(step.quartiles().median, 3.0);
  EXPECT_EQ(step.quartiles().q75, 4.0);
  EXPECT_EQ(step.transform(7), 2.0);
  EXPECT_EQ(step.slope(7), 0.5);
  EXPECT_EQ(step.caution(), "");
}

TEST(Robust, DividesByOneAndSaysSoWhereTheQuartilesAreEqual) {
  std::vector<double> values{1, 1, 1, 1, 1, 9, -4};
  const Robust step = Robust::fit(values);
  EXPECT_EQ(step.transform(9), 8.0);
  EXPECT_EQ(step.caution(),
            "robust does not scale it, because the middle half of its values is one (1); robust_smooth_clip and "
            "quantile do");
  EXPECT_EQ(Robust::fit({}).transform(5), 5.0);
}

TEST(Robust, HasTheSlopeOfItsValues) {
  expect_slopes(*fitted_step("robust", {1, 4, 9, 16}), {-3.0, 0.5, 20.0});
  expect_sound("robust");
}

}  // namespace
}  // namespace ffwd
