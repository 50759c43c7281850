#include "core/cosine.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace ffwd {
namespace {

TEST(Cosine, AgreesWithTheLibraryOverTheWholeRange) {
  for (int i = -10000; i <= 10000; ++i) {
    const double x = i / 10000.0;
    const long double t = std::numbers::pi_v<long double> * static_cast<long double>(x);
    EXPECT_NEAR(cos_pi(x), static_cast<double>(std::cos(t)), 2e-16) << x;
    EXPECT_NEAR(sin_pi(x), static_cast<double>(std::sin(t)), 2e-16) << x;
  }
}

TEST(Cosine, IsExactAtTheCornersOfTheCircle) {
  EXPECT_EQ(cos_pi(0), 1.0);
  EXPECT_EQ(cos_pi(0.5), 0.0);
  EXPECT_EQ(cos_pi(1), -1.0);
  EXPECT_EQ(sin_pi(0.5), 1.0);
  EXPECT_EQ(sin_pi(-0.5), -1.0);
}

}  // namespace
}  // namespace ffwd
