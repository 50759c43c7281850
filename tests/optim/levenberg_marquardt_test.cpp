#include "optim/minimizer_check.h"

namespace ffwd {
namespace {

TEST(LevenbergMarquardt, ReachesTheMinimumOfRosenbrocksFunction) { check_rosenbrock("levenberg_marquardt", {2}, 100); }

TEST(LevenbergMarquardt, SaysWhenNothingIsLeftToGain) { check_end("levenberg_marquardt"); }

TEST(LevenbergMarquardt, BeginsAsDampedAsItIsTold) {
  const auto after_one = [](double damping) {
    Rosenbrock<double> valley(2);
    AlignedVector<double> parameters = rosenbrock_start(2);
    const double from = parameters[0];
    (void)minimise<double>("levenberg_marquardt", valley, parameters, 0, 1, {.damping = damping});
    return std::abs(parameters[0] - from);
  };
  EXPECT_LT(after_one(1e3), 0.1 * after_one(1e-3));
}

// More rows than go through at once, a column that nothing depends on, and a curvature of its own: y = 2 x + 0.5, with
// 3 · slope² added, solved in closed form.
class Line final : public ResidualObjective<double> {
 public:
  static constexpr std::size_t kRows = 700;
  [[nodiscard]] std::size_t size() const override { return kLanes<double>; }
  double evaluate(const double* p, double* gradient) override {
    std::fill_n(gradient, size(), 0.0);
    double value = 3 * p[1] * p[1];
    gradient[1] = 6 * p[1];
    for (std::size_t k = 0; k < kRows; ++k) {
      const double r = residual_of(p, k);
      value += r * r;
      gradient[1] += 2 * r * x(k);
      gradient[4] += 2 * r;
    }
    return value;
  }
  [[nodiscard]] std::span<const std::uint32_t> positions() const override { return kPositions; }
  [[nodiscard]] std::size_t n_residuals() const override { return kRows; }
  void residuals(const double* p, std::size_t first, std::size_t n, double* residual, double* jacobian,
                 std::size_t ld) override {
    std::fill_n(jacobian, n * ld, 0.0);
    for (std::size_t k = 0; k < n; ++k) {
      residual[k] = residual_of(p, first + k);
      jacobian[k * ld] = x(first + k);
      jacobian[k * ld + 1] = 1;
    }
  }
  void half_curvature(double* of_each) const override {
    of_each[0] = 3;
    of_each[1] = of_each[2] = 0;
  }
  static double x(std::size_t k) { return static_cast<double>(k) / kRows - 0.5; }

 private:
  static constexpr std::uint32_t kPositions[] = {1, 4, 6};
  static double residual_of(const double* p, std::size_t k) { return p[1] * x(k) + p[4] - (2 * x(k) + 0.5); }
};

TEST(LevenbergMarquardt, SolvesALinePenalisedInFewIterationsAndLeavesAloneWhatMattersNot) {
  Line line;
  AlignedVector<double> parameters(line.size());
  parameters[6] = 9;
  const Minimised run = minimise<double>("levenberg_marquardt", line, parameters, -1, 50);
  EXPECT_TRUE(run.done);
  double x = 0, xx = 0;
  for (std::size_t k = 0; k < Line::kRows; ++k) {
    x += Line::x(k);
    xx += Line::x(k) * Line::x(k);
  }
  const double mean = x / Line::kRows, spread = xx - mean * x, slope = 2 * spread / (spread + 3);
  EXPECT_NEAR(parameters[1], slope, 1e-9);
  EXPECT_NEAR(parameters[4], 0.5 + (2 - slope) * mean, 1e-9);
  EXPECT_EQ(parameters[6], 9);
}

}  // namespace
}  // namespace ffwd
