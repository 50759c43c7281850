#include "optim/line_search.h"

#include "optim/minimizer_check.h"

namespace ffwd {
namespace {

/// A function of the first coordinate alone.
class Curve final : public Objective<double> {
 public:
  using Function = double (*)(double x, double& slope);
  explicit Curve(Function f) : f_(f) {}
  [[nodiscard]] std::size_t size() const override { return kLanes<double>; }
  double evaluate(const double* p, double* gradient) override {
    ++evaluations;
    std::fill_n(gradient, size(), 0.0);
    return f_(p[0], gradient[0]);
  }
  int evaluations = 0;

 private:
  Function f_;
};

struct Searched {
  bool found;
  double x, value, slope;
  int evaluations;
};

Searched search(Curve::Function f, double from, double first, WolfeConditions wolfe) {
  Curve curve(f);
  AlignedVector<double> p(curve.size()), g(curve.size()), d(curve.size());
  p[0] = from;
  const double value = curve.evaluate(p.data(), g.data());
  d[0] = -g[0];
  LineSearch<double> line(curve, wolfe);
  LineSearch<double>::Place at{.parameters = p.data(), .gradient = g.data(), .value = value};
  const bool found = line.search(at, d.data(), first);
  double slope = 0;
  EXPECT_EQ(f(p[0], slope), at.value);
  EXPECT_EQ(slope, g[0]) << "the gradient is that of where it ended";
  EXPECT_NEAR(p[0], from + line.step() * d[0], 1e-12);
  return {found, p[0], at.value, slope, curve.evaluations};
}

double parabola(double x, double& slope) {
  slope = 2 * (x - 3);
  return (x - 3) * (x - 3);
}

/// A steep wall to the right of a shallow well.
double wall(double x, double& slope) {
  slope = x < 5 ? -1 / ((1 + x) * (1 + x)) : 1e6;
  return x < 5 ? 1 / (1 + x) : 1.0 / 6 + 1e6 * (x - 5);
}

double logarithmic(double x, double& slope) {  // not finite left of 0
  slope = 1 - 1 / x;
  return x - std::log(x);
}

TEST(LineSearch, EndsWhereTheStrongWolfeConditionsHoldWhateverTheFirstStep) {
  for (const double first : {1e-4, 0.01, 0.3, 1.0, 50.0, 1e6}) {
    for (const double curvature : {0.1, 0.9}) {
      SCOPED_TRACE(first);
      const Searched s = search(parabola, 0, first, {.curvature = curvature});
      ASSERT_TRUE(s.found);
      EXPECT_LE(s.value, 9 - 1e-4 * 6 * s.x);
      EXPECT_LE(std::abs(s.slope), curvature * 6 + 1e-12);
      EXPECT_LT(s.evaluations, 25);
    }
  }
}

TEST(LineSearch, FindsTheMinimumOfACubicAtOnceOnceItHasItBetweenTwoPoints) {
  const Searched s = search(parabola, 0, 2, {.curvature = 0.001});
  EXPECT_NEAR(s.x, 3, 1e-9);
  EXPECT_LE(s.evaluations, 4);
}

TEST(LineSearch, StepsBackFromWallsAndFromWhereTheFunctionIsNotFinite) {
  const Searched before = search(wall, 0, 100, {.curvature = 0.1});
  EXPECT_TRUE(before.found);
  EXPECT_LT(before.value, 1);
  const Searched s = search(logarithmic, 10, 1000, {.curvature = 0.1});
  EXPECT_TRUE(s.found);
  EXPECT_NEAR(s.x, 1, 0.2);
}

TEST(LineSearch, StaysWhereItIsIfNoStepLeadsLower) {
  const Searched s = search(parabola, 3, 1, {});
  EXPECT_FALSE(s.found);
  EXPECT_EQ(s.x, 3);
}

}  // namespace
}  // namespace ffwd
