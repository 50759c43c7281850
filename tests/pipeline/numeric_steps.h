// What every step of numbers must do, whatever it makes of them.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "core/rows.h"
#include "pipeline/numeric_step.h"

namespace ffwd {

inline std::unique_ptr<NumericStep> fitted_step(std::string_view name, std::vector<double> values) {
  return find_row(numeric_steps(), name)->fit(measure(values), values);
}

inline std::vector<double> encoded(const NumericStep& step, double x) {
  std::vector<double> out(step.n_features());
  step.encode({&x, 1}, out.data(), out.size());
  return out;
}

inline std::vector<double> slopes(const NumericStep& step, double x) {
  std::vector<double> out(step.n_features());
  step.slopes({&x, 1}, out.data(), out.size());
  return out;
}

/// Slopes against central differences at places away from kinks.
inline void expect_slopes(const NumericStep& step, const std::vector<double>& places, double h = 1e-5) {
  for (const double x : places) {
    SCOPED_TRACE(x);
    const std::vector<double> above = encoded(step, x + h), below = encoded(step, x - h), slope = slopes(step, x);
    for (std::size_t j = 0; j < slope.size(); ++j)
      EXPECT_NEAR(slope[j], (above[j] - below[j]) / (2 * h), 1e-7 * (1 + std::abs(slope[j]))) << j;
  }
}

/// That features are finite and in order for numbers of any size, and slopes are finite.
inline void expect_sound(std::string_view name) {
  constexpr double kMax = std::numeric_limits<double>::max(), kTiny = 5e-324;
  const std::vector<std::vector<double>> samples = {
      {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, {0, 0, 0, 0, 0, 0, 0, 1}, {-kMax, kMax}, {-kMax, 0, 0, 0, kMax}, {0, 1e-280},
      {1e300, 1.0000001e300, 1.1e300}, {1e-300, 1e300}};
  for (const auto& sample : samples) {
    if (measure(sample).sd == 0.0) continue;
    const auto step = fitted_step(name, sample);
    std::vector<double> last(step->n_features(), -std::numeric_limits<double>::infinity());
    for (const double x : {-kMax, -1e200, -3.0, -kTiny, 0.0, kTiny, 1e-290, 1e-280, 0.5, 1.0, 5.0, 1e15, 1e300, kMax}) {
      SCOPED_TRACE(x);
      const std::vector<double> features = encoded(*step, x);
      for (std::size_t j = 0; j < features.size(); ++j) {
        EXPECT_TRUE(std::isfinite(static_cast<float>(features[j]))) << features[j];
        EXPECT_GE(features[j], last[j]);
        EXPECT_TRUE(slopes(*step, x)[j] >= 0.0);
      }
      last = features;
    }
  }
}

}  // namespace ffwd
