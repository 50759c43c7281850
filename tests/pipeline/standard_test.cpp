#include "pipeline/standard.h"

#include "numeric_steps.h"

namespace ffwd {
namespace {

TEST(Standard, IsTheDistanceFromTheMeanInStandardDeviations) {
  const Standard step = Standard::fit(std::vector<double>{2, 4, 4, 4, 5, 5, 7, 9});
  EXPECT_EQ(step.transform(9), 2.0);
  EXPECT_EQ(step.slope(9), 0.5);
  EXPECT_EQ(step.slope(1e12), 0.0);
}

TEST(Standard, DividesByOneWhereValuesAreEqual) {
  const Standard step = Standard::fit(std::vector<double>{3, 3});
  EXPECT_EQ(step.transform(5), 2.0);
  EXPECT_EQ(Standard::fit({}).transform(5), 5.0);
}

TEST(Standard, HasTheSlopeOfItsValues) {
  expect_slopes(*fitted_step("standard", {1, 4, 9}), {-3.0, 0.5, 20.0});
  expect_sound("standard");
}

}  // namespace
}  // namespace ffwd
