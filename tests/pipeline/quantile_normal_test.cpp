#include "pipeline/quantile_normal.h"

#include "core/normal_quantile.h"
#include "numeric_steps.h"

namespace ffwd {
namespace {

using Numbers = std::vector<double>;

QuantileNormal fitted(Numbers values, std::size_t n = 1000) { return QuantileNormal::fit(values, n); }

TEST(QuantileNormal, IsTheNormalQuantileOfTheShareBelow) {
  const QuantileNormal step = fitted({0, 10, 20, 40, 80});
  EXPECT_EQ(step.transform(20), 0.0);
  EXPECT_EQ(step.transform(10), normal_quantile(0.25));
  EXPECT_EQ(step.transform(30), normal_quantile(0.625));
}

TEST(QuantileNormal, EndsAtTheEndsOfTraining) {
  const QuantileNormal step = fitted({0, 10, 20});
  for (const double x : {-1e300, -1.0, 0.0}) EXPECT_EQ(step.transform(x), QuantileNormal::kLeast);
  for (const double x : {20.0, 21.0, 1e300}) EXPECT_EQ(step.transform(x), QuantileNormal::kGreatest);
  for (const double x : {-1.0, 0.0, 20.0, 21.0}) EXPECT_EQ(step.slope(x), 0.0);
}

TEST(QuantileNormal, GivesEqualValuesTheMiddleOfTheirShares) {
  const QuantileNormal step = fitted({0, 5, 5, 5, 9});  // shares 1/4, 2/4 and 3/4
  EXPECT_EQ(step.transform(5), 0.0);
  EXPECT_GT(step.transform(5.001), normal_quantile(0.75));
}

TEST(QuantileNormal, KeepsAtMostThatManyQuantiles) {
  Numbers values(5000);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(i);
  EXPECT_EQ(fitted(values).quantiles().size(), 1000u);
  EXPECT_EQ(fitted(values, 3).quantiles(), (Numbers{0, 2499.5, 4999}));
  EXPECT_EQ(fitted({7}).quantiles(), Numbers{7});
  EXPECT_EQ(fitted({7}).transform(7), QuantileNormal::kLeast);
}

TEST(QuantileNormal, TellsValuesApartWhateverTheirUnit) {
  const QuantileNormal step = fitted({0, 1e-9, 2e-9, 3e-9, 4e-9});  // all nearer than 1e-7, which counts as the end
  EXPECT_EQ(step.transform(2e-9), 0.0);
  EXPECT_NEAR(step.transform(1e-9), normal_quantile(0.25), 1e-12);
}

TEST(QuantileNormal, HasTheSlopeOfItsValues) {
  expect_slopes(*fitted_step("quantile", {0, 1, 1.5, 1.5, 4, 9}), {0.2, 1.2, 2.5, 3.9, 7.0, 8.9, -5.0, 12.0}, 1e-6);
  expect_sound("quantile");
}

}  // namespace
}  // namespace ffwd
