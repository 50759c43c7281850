#include "pipeline/quantiles.h"

#include <gtest/gtest.h>

#include <limits>

namespace ffwd {
namespace {

constexpr double kMax = std::numeric_limits<double>::max();
using Numbers = std::vector<double>;

TEST(Quantiles, InterpolateBetweenTheValues) {
  const Numbers values{1, 2, 4, 8};
  EXPECT_EQ(quantile_of(values, 0.0), 1.0);
  EXPECT_EQ(quantile_of(values, 0.5), 3.0);
  EXPECT_EQ(quantile_of(values, 0.25), 1.75);
  EXPECT_EQ(quantile_of(values, 1.0), 8.0);
  EXPECT_EQ(quantile_of(Numbers{7}, 0.3), 7.0);
}

TEST(Quantiles, LieBetweenTheirNeighboursAtAnyMagnitude) {
  EXPECT_EQ(quantile_of(Numbers{-kMax, kMax}, 0.5), 0.0);
  EXPECT_EQ(quantile_of(Numbers{0.1, 0.1, 0.1}, 0.37), 0.1);
  EXPECT_EQ(quantile_of(Numbers{kMax, kMax}, 0.9), kMax);
}

TEST(Quantiles, AtEvenSharesAreTheValuesWhereThereAreAsMany) {
  const Numbers values{0.1, 0.1, 0.2, 0.7, 0.7};
  EXPECT_EQ(evenly_spaced_quantiles(values, 5), values);
  EXPECT_EQ(evenly_spaced_quantiles(values, 3), (Numbers{0.1, 0.2, 0.7}));
  EXPECT_EQ(evenly_spaced_quantiles(values, 2), (Numbers{0.1, 0.7}));
}

}  // namespace
}  // namespace ffwd
