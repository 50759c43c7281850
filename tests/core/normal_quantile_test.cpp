#include "core/normal_quantile.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace ffwd {
namespace {

/// P(N(0, 1) <= x), by the C library.
double normal_share(double x) { return std::erfc(-x / std::numbers::sqrt2) / 2; }

double density(double x) { return std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi); }

TEST(NormalQuantile, HasTheValuesOfTheTables) {
  EXPECT_EQ(normal_quantile(0.5), 0.0);
  // To 19 digits by Newton's method on a longer series.
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054235, 2e-15);
  EXPECT_NEAR(normal_quantile(0.9), 1.281551565544600466, 2e-15);
  EXPECT_NEAR(normal_quantile(0.25), -0.6744897501960817432, 1e-15);
  EXPECT_NEAR(normal_quantile(1e-10), -6.361340902404056062, 1e-14);
  EXPECT_NEAR(normal_quantile(1e-300), -37.04709629936119924, 1e-13);
}

TEST(NormalQuantile, IsTheWayBackFromTheDistributionInAllItsPieces) {
  for (double x = -7.5; x <= 4.5; x += 0.0137) {
    SCOPED_TRACE(x);
    EXPECT_NEAR(normal_quantile(normal_share(x)), x, 3e-15 / density(std::max(x, 0.0)));
  }
}

TEST(NormalQuantile, IsOdd) {
  for (double p = 1.0 / 1024; p < 0.5; p += 1.0 / 1024) EXPECT_EQ(normal_quantile(1 - p), -normal_quantile(p)) << p;
}

TEST(NormalQuantile, HasTheSlopeOfTheDistributionUpsideDown) {
  for (double x = -7.0; x <= 5.0; x += 0.0211) {
    SCOPED_TRACE(x);
    EXPECT_NEAR(normal_quantile_slope(normal_share(x)) * density(x), 1.0, 1e-9);
  }
}

}  // namespace
}  // namespace ffwd
