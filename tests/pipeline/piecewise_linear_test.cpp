#include "pipeline/piecewise_linear.h"

#include "numeric_steps.h"

namespace ffwd {
namespace {

using Numbers = std::vector<double>;
using Ends = PiecewiseLinear::Ends;

Numbers at(const PiecewiseLinear& step, double x) { return encoded(step, x); }

TEST(PiecewiseLinear, SaysHowFarThroughEachBinANumberIs) {
  const PiecewiseLinear step({0, 1, 2.5, 4});
  EXPECT_EQ(at(step, 0.5), (Numbers{0.5, 0, 0}));
  EXPECT_EQ(at(step, 1.75), (Numbers{1, 0.5, 0}));
  EXPECT_EQ(at(step, 4), (Numbers{1, 1, 1}));
  EXPECT_EQ(step.feature_names("x"), (std::vector<std::string>{"x: 0 to 1", "x: 1 to 2.5", "x: 2.5 to 4"}));
}

TEST(PiecewiseLinear, GoesOnAtOpenEndsOnly) {
  EXPECT_EQ(at(PiecewiseLinear({0, 1, 3}), -2), (Numbers{-2, 0}));
  EXPECT_EQ(at(PiecewiseLinear({0, 1, 3}), 5), (Numbers{1, 2}));
  EXPECT_EQ(at(PiecewiseLinear({0, 1, 3}, Ends::kClamped), -2), (Numbers{0, 0}));
  EXPECT_EQ(at(PiecewiseLinear({0, 1, 3}, Ends::kClamped), 5), (Numbers{1, 1}));
}

TEST(PiecewiseLinear, PutsEquallyManyValuesIntoEachBin) {
  Numbers values(161);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(i);
  const PiecewiseLinear step = PiecewiseLinear::fit(values);
  ASSERT_EQ(step.edges().size(), 17u);
  EXPECT_EQ(step.edges()[3], 30.0);
}

TEST(PiecewiseLinear, HasFewerBinsWhereValuesAreEqual) {
  Numbers values{0, 0, 0, 0, 0, 0, 0, 0, 1, 2}, two{3, 3, 4};
  EXPECT_EQ(PiecewiseLinear::fit(values).edges(), (Numbers{0, 1, 2}));
  EXPECT_EQ(PiecewiseLinear::fit(two).edges(), (Numbers{3, 4}));
}

TEST(PiecewiseLinear, HasTheSlopeOfItsValues) {
  const PiecewiseLinear open({0, 1, 2.5, 4}), clamped({0, 1, 2.5, 4}, Ends::kClamped);
  expect_slopes(open, {-3.0, 0.5, 2.0, 3.0, 9.0});
  expect_slopes(clamped, {-3.0, 0.5, 2.0, 3.0, 9.0});
  EXPECT_EQ(slopes(open, 1.0), (Numbers{0, 1 / 1.5, 0}));  // the piece above a kink
  EXPECT_EQ(slopes(open, 4.0), (Numbers{0, 0, 1 / 1.5}));
  EXPECT_EQ(slopes(clamped, 4.0), (Numbers{0, 0, 0}));
  expect_sound("piecewise_linear");
}

}  // namespace
}  // namespace ffwd
