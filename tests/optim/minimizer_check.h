// Functions to minimise, and runs of minimisers on them.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <vector>

#include "core/aligned.h"
#include "core/rows.h"
#include "kernels/layout.h"
#include "optim/optimizer.h"

namespace ffwd {

/// Σ over pairs of 100 (y − x²)² + (1 − x)², Rosenbrock's valley chained through all coordinates; least, 0, at 1 … 1.
template <class T>
class Rosenbrock final : public ResidualObjective<T> {
 public:
  explicit Rosenbrock(std::size_t n) : n_(n), positions_(n) { std::iota(positions_.begin(), positions_.end(), 0u); }

  [[nodiscard]] std::size_t size() const override { return padded<T>(n_); }
  double evaluate(const T* p, T* gradient) override {
    ++evaluations;
    std::fill_n(gradient, size(), T{0});
    double value = 0;
    for (std::size_t i = 0; i + 1 < n_; ++i) {
      const auto x = static_cast<double>(p[i]), y = static_cast<double>(p[i + 1]);
      value += 100 * (y - x * x) * (y - x * x) + (1 - x) * (1 - x);
      gradient[i] += static_cast<T>(-400 * x * (y - x * x) - 2 * (1 - x));
      gradient[i + 1] += static_cast<T>(200 * (y - x * x));
    }
    return value;
  }
  [[nodiscard]] std::span<const std::uint32_t> positions() const override { return positions_; }
  [[nodiscard]] std::size_t n_residuals() const override { return 2 * (n_ - 1); }
  void residuals(const T* p, std::size_t first, std::size_t n, double* residual, double* jacobian,
                 std::size_t ld) override {
    std::fill_n(jacobian, n * ld, 0.0);
    for (std::size_t k = first; k < first + n; ++k) {
      const std::size_t i = k / 2;
      const auto x = static_cast<double>(p[i]), y = static_cast<double>(p[i + 1]);
      double* const row = jacobian + (k - first) * ld;
      residual[k - first] = k % 2 == 0 ? 10 * (y - x * x) : 1 - x;
      row[i] = k % 2 == 0 ? -20 * x : -1;
      if (k % 2 == 0) row[i + 1] = 10;
    }
  }
  void half_curvature(double* of_each) const override { std::fill_n(of_each, n_, 0.0); }

  int evaluations = 0;

 private:
  std::size_t n_;
  std::vector<std::uint32_t> positions_;
};

/// Σ c_i (p_i − i)², c from 1 to `condition`; least, 0, at 0, 1, 2 …
template <class T>
class Bowl final : public Objective<T> {
 public:
  Bowl(std::size_t n, double condition) : n_(n), condition_(condition) {}
  [[nodiscard]] std::size_t size() const override { return padded<T>(n_); }
  double evaluate(const T* p, T* gradient) override {
    std::fill_n(gradient, size(), T{0});
    double value = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      const double c = 1 + (condition_ - 1) * static_cast<double>(i) / static_cast<double>(n_ - 1);
      const double away = static_cast<double>(p[i]) - static_cast<double>(i);
      value += c * away * away;
      gradient[i] = static_cast<T>(2 * c * away);
    }
    return value;
  }

 private:
  std::size_t n_;
  double condition_;
};

struct Minimised {
  double value = 0;
  int iterations = 0;
  bool done = false;
};

/// Iterates from `parameters`, which it moves, until the value is at most `target`.
template <class T>
Minimised minimise(const char* name, Objective<T>& objective, AlignedVector<T>& parameters, double target,
                   int most_iterations, const OptimizerOptions& options = {}) {
  const auto minimizer = make_minimizer<T>(*find_row(optimizers(), name), objective, options);
  Minimised run{.value = std::numeric_limits<double>::infinity()};
  while (run.iterations < most_iterations && !run.done && run.value > target) {
    const Iteration iteration = minimizer->iterate(parameters.data());
    EXPECT_LE(iteration.value, run.value) << "iteration " << run.iterations;
    run.value = iteration.value;
    run.done = iteration.done;
    ++run.iterations;
  }
  return run;
}

inline AlignedVector<double> rosenbrock_start(std::size_t n) {
  AlignedVector<double> start(padded<double>(n));
  for (std::size_t i = 0; i < n; ++i) start[i] = i % 2 == 0 ? -1.2 : 1;
  return start;
}

/// Reaches the minimum of Rosenbrock's function of so many coordinates within the iterations.
inline void check_rosenbrock(const char* name, std::vector<std::size_t> sizes, int most_iterations) {
  for (const std::size_t n : sizes) {
    SCOPED_TRACE(n);
    Rosenbrock<double> valley(n);
    AlignedVector<double> parameters = rosenbrock_start(n);
    const Minimised run = minimise<double>(name, valley, parameters, 1e-10, most_iterations);
    EXPECT_LE(run.value, 1e-10) << "after " << run.iterations << " iterations";
    for (std::size_t i = 0; i < n; ++i) EXPECT_NEAR(parameters[i], 1, 1e-3);
    for (std::size_t i = n; i < parameters.size(); ++i) EXPECT_EQ(parameters[i], 0) << "padding";
    ::testing::Test::RecordProperty("iterations_" + std::to_string(n), run.iterations);
  }
}

/// Goes on until nothing is to be gained, and says so.
inline void check_end(const char* name) {
  Rosenbrock<double> valley(2);
  AlignedVector<double> parameters = rosenbrock_start(2);
  const Minimised run = minimise<double>(name, valley, parameters, -1, 20000);
  EXPECT_TRUE(run.done);
  EXPECT_LT(run.value, 1e-16) << run.iterations;
}

}  // namespace ffwd
