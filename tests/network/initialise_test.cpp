#include "network/initialise.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/aligned.h"
#include "kernels/layout.h"

namespace ffwd {
namespace {

ParameterLayout layout_of(std::size_t outputs, std::size_t inputs, InitRule rule, bool transposed, std::size_t lanes) {
  ParameterLayout layout;
  layout.add_weight("w", outputs, inputs, transposed, rule, lanes);
  layout.add_bias("b", outputs, lanes);
  return layout;
}

TEST(Initialise, HasTheVarianceOfTheRuleWithinFiveSigma) {
  for (InitRule rule : {InitRule::kHe, InitRule::kGlorot, InitRule::kLecun}) {
    const ParameterLayout layout = layout_of(100, 50, rule, true, kLanes<double>);
    std::vector<double> parameters(layout.size()), weights(5000);
    initialise(layout, 3, parameters.data());
    layout.read(layout.ranges()[0], parameters.data(), std::span<double>(weights));
    const double variance = rule == InitRule::kHe ? 2.0 / 50 : rule == InitRule::kLecun ? 1.0 / 50 : 2.0 / 150;
    double sum = 0, squares = 0;
    for (double w : weights) {
      EXPECT_LE(std::abs(w), std::sqrt(3 * variance));
      sum += w;
      squares += w * w;
    }
    EXPECT_NEAR(sum / 5000, 0, 5 * std::sqrt(variance / 5000));
    EXPECT_NEAR(squares / 5000 / variance, 1, 5 * std::sqrt(0.8 / 5000));  // uniform: kurtosis 1.8
  }
}

TEST(Initialise, GivesTheSameNumbersHoweverTheyAreStoredAndZeroElsewhere) {
  const ParameterLayout narrow = layout_of(3, 20, InitRule::kHe, false, kLanes<float>);
  const ParameterLayout wide = layout_of(3, 20, InitRule::kHe, true, kLanes<float>);
  std::vector<float> a(narrow.size(), 7), b(wide.size(), 7), values_a(60), values_b(60);
  initialise(narrow, 5, a.data());
  initialise(wide, 5, b.data());
  narrow.read(narrow.ranges()[0], a.data(), std::span<float>(values_a));
  wide.read(wide.ranges()[0], b.data(), std::span<float>(values_b));
  EXPECT_EQ(values_a, values_b);
  for (std::size_t i = 20; i < 32; ++i) EXPECT_EQ(a[i], 0) << "padding";
  for (std::size_t i = 96; i < a.size(); ++i) EXPECT_EQ(a[i], 0) << "bias";
}

TEST(InitialWeights, HaveNamesThatSayRuleAndDistribution) {
  EXPECT_EQ(initial_weights_names().front(), "auto");
  EXPECT_EQ(find_initial_weights("lecun_normal")->rule, InitRule::kLecun);
  EXPECT_TRUE(find_initial_weights("lecun_normal")->normal);
  EXPECT_FALSE(find_initial_weights("he_uniform")->normal);
  EXPECT_EQ(find_initial_weights("lecun"), nullptr);
}

TEST(InitialWeights, OfOneRuleTakeThePlaceOfTheUnits) {
  const ParameterLayout layout = layout_of(4, 100, InitRule::kHe, true, kLanes<double>);
  AlignedVector<double> he(layout.size()), lecun(layout.size());
  initialise(layout, 1, he.data());
  initialise(layout, 1, lecun.data(), *find_initial_weights("lecun_uniform"));
  for (std::size_t i = 0; i < layout.ranges()[0].n_values(); ++i) {
    const std::size_t at = layout.ranges()[0].position(i);
    EXPECT_NEAR(he[at], lecun[at] * std::sqrt(2.0), 1e-15);
  }
}

TEST(InitialWeights, OfOneRuleReachTheEdgesOfSingleUnitsToo) {
  ParameterLayout layout;
  layout.add({.name = "w",
              .shape = {4},
              .kind = ParameterKind::kWeight,
              .init = InitRule::kHe,
              .fan_in = 2,
              .positions = {0, 1, 2, 3},
              .sparse_stored = kLanes<double>});
  AlignedVector<double> he(layout.size()), lecun(layout.size());
  initialise(layout, 1, he.data());
  initialise(layout, 1, lecun.data(), *find_initial_weights("lecun_uniform"));
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NE(he[i], 0);
    EXPECT_NEAR(he[i], lecun[i] * std::sqrt(2.0), 1e-15);
  }
}

}  // namespace
}  // namespace ffwd
