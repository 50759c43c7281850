// Runs an optimiser of the table on f(p) = Σ (p − k)² and compares each step with a formula in plain loops.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "core/aligned.h"
#include "core/rows.h"
#include "kernels/layout.h"
#include "optim/optimizer.h"

namespace ffwd {

using PlainStep = std::function<void(std::vector<double>& p, const std::vector<double>& g, int t)>;

template <class T>
void check_steps(const OptimizerRow& row, const OptimizerOptions& options, double rate, const PlainStep& plain,
                 double tolerance) {
  const std::size_t n = 2 * kLanes<T>;
  AlignedVector<T> parameters(n), gradient(n);
  std::vector<double> expected(n), g(n);
  for (std::size_t i = 0; i < n; ++i)
    expected[i] = static_cast<double>(parameters[i] = static_cast<T>(0.25 * static_cast<double>(i) - 1));
  const auto optimizer = make_optimizer<T>(row, n, options);
  for (int t = 1; t <= 20; ++t) {
    for (std::size_t i = 0; i < n; ++i) {
      g[i] = 2 * (expected[i] - static_cast<double>(i));
      gradient[i] = static_cast<T>(2 * (parameters[i] - static_cast<T>(i)));
    }
    optimizer->step(parameters.data(), gradient.data(), rate);
    plain(expected, g, t);
    for (std::size_t i = 0; i < n; ++i) {
      ASSERT_NEAR(static_cast<double>(parameters[i]), expected[i], tolerance) << row.name << " step " << t;
    }
  }
}

inline void check_both(const OptimizerRow& row, const OptimizerOptions& options, double rate,
                       const std::function<PlainStep()>& plain) {
  check_steps<double>(row, options, rate, plain(), 1e-12);
  check_steps<float>(row, options, rate, plain(), 1e-4);
}

/// Where ten steps on f lead.
inline std::vector<double> steps_taken(const OptimizerRow& row, const OptimizerOptions& options) {
  AlignedVector<double> parameters(kLanes<double>), gradient(parameters.size());
  const auto optimizer = make_optimizer<double>(row, parameters.size(), options);
  for (int t = 1; t <= 10; ++t) {
    for (std::size_t i = 0; i < parameters.size(); ++i) gradient[i] = 2 * (parameters[i] - static_cast<double>(i));
    optimizer->step(parameters.data(), gradient.data(), 0.05);
  }
  return {parameters.begin(), parameters.end()};
}

}  // namespace ffwd
