#include "report/penalty_curve.h"

#include <gtest/gtest.h>

#include <limits>

#include "report/pictures.h"

namespace ffwd {
namespace {

PenaltyPath path() {
  PenaltyPath path{.penalty = "l2", .rule = "one-se", .folds = 5, .best = 2, .chosen = 1};
  path.points = {{.lambda = 0.1, .mean = std::numeric_limits<double>::infinity()},
                 {.lambda = 0.01, .mean = 0.5, .standard_error = 0.125},
                 {.lambda = 0.001, .mean = 0.25, .standard_error = 0.5},
                 {.lambda = 0.0001, .mean = 0.75, .standard_error = 0.125}};
  return path;
}

TEST(PenaltyCurve, MarksTheBestAndTheChosenPenalty) {
  const std::string svg = penalty_curve_svg(path(), "Penalty: y");
  expect_sound(svg);
  EXPECT_NE(svg.find("Penalty: y"), std::string::npos);
  EXPECT_NE(svg.find("chosen: 0.01"), std::string::npos);
  EXPECT_NE(svg.find(">best<"), std::string::npos);
  EXPECT_NE(svg.find("penalty l2, logarithmic scale"), std::string::npos);
  PenaltyPath same = path();
  same.chosen = same.best;
  EXPECT_EQ(penalty_curve_svg(same, "y").find(">best<"), std::string::npos);
}

TEST(PenaltyCurve, HasABarForEachPenaltyWithALoss) {
  EXPECT_EQ(count(penalty_curve_svg(path(), "y"), "h8m-4 0V"), 3u);
  PenaltyPath even = path();
  for (auto& point : even.points) point.mean = point.standard_error = 0;
  expect_sound(penalty_curve_svg(even, "y"));
}

}  // namespace
}  // namespace ffwd
