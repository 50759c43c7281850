#include "network/dead_units.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "network/compile.h"
#include "network/derivatives.h"
#include "network/initialise.h"
#include "support/random_network.h"
#include "support/small_network.h"

namespace ffwd {
namespace {

using Members = std::vector<AlignedVector<double>>;

Matrix outputs(const NetworkSpec& network, const AlignedVector<double>& parameters, const Matrix& rows) {
  return Derivatives<double>(network, parameters.data()).outputs(rows);
}

Matrix made_up_rows(const NetworkSpec& network, RandomNetwork& dice) {
  Matrix rows(7, network.n_inputs());
  for (double& x : rows.values()) x = dice.number(-2, 2);
  // Codes come last, one input each.
  for (std::size_t k = 0; k < network.inputs.size(); ++k) {
    if (network.inputs[k].name[0] != 'c') continue;
    std::size_t column = 0;
    for (std::size_t before = 0; before < k; ++before) column += network.inputs[before].size;
    for (std::size_t r = 0; r < rows.rows(); ++r) rows(r, column) = static_cast<double>(dice.below(2)) - 1;
  }
  return rows;
}

/// Weights of which most are zero, whole lines and columns too; other numbers moved from where they start.
AlignedVector<double> thinned(const ParameterLayout& layout, RandomNetwork& dice, std::uint64_t seed) {
  AlignedVector<double> parameters(layout.size());
  initialise(layout, seed, parameters.data());
  for (const ParameterRange& range : layout.ranges()) {
    const std::size_t n = range.n_values(), line = range.shape.back();
    for (std::size_t i = 0; i < n; ++i) {
      double& number = parameters[range.position(i)];
      if (!range.penalised()) number = range.at_least_zero ? dice.number(0.5, 2) : number + dice.number(-0.5, 0.5);
      if (range.penalised() && (dice.below(2) == 0 || (i / line) % 3 == 1 || i % line % 4 == 2)) number = 0;
    }
  }
  return parameters;
}

TEST(DeadUnits, TakingThemOutOfAnyNetworkChangesNoAnswer) {
  std::size_t n_shrunk = 0;
  for (std::uint64_t seed = 1; seed <= 1200; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomNetwork dice(seed);
    NetworkSpec network = dice.make();
    const Plan<double> plan = compile<double>(network, 1);
    network.members = 1 + seed % 3;
    Members members;
    for (std::size_t m = 0; m < network.members; ++m) members.push_back(thinned(plan.layout(), dice, seed + 1000 * m));
    const LivingNetwork<double> living = without_dead_units(network, members);
    living.network.validate();
    ASSERT_EQ(living.members.size(), members.size());
    n_shrunk += living.network.n_parameters() < network.n_parameters() ? 1U : 0U;
    const Matrix rows = made_up_rows(network, dice);
    for (std::size_t m = 0; m < members.size(); ++m) {
      const Matrix before = outputs(network, members[m], rows);
      const Matrix after = outputs(living.network, living.members[m], rows);
      for (std::size_t k = 0; k < before.values().size(); ++k) {
        const double expected = before.values()[k];
        ASSERT_NEAR(after.values()[k], expected, 1e-9 * std::max(1.0, std::abs(expected))) << "member " << m;
      }
    }
    const LivingNetwork<double> again = without_dead_units(living.network, living.members);
    EXPECT_EQ(again.network, living.network) << "nothing is left to do";
    EXPECT_EQ(again.members, living.members);
  }
  EXPECT_GT(n_shrunk, 150U);
}

TEST(DeadUnits, AUnitWithoutReadersGoesAndAConstantOneGoesIntoBiases) {
  SmallNetwork network({{"x", 2}}, {{.name = "h", .type = "dense", .from = {"x"}, .size = 3, .unit = "relu"},
                                    {.name = "y", .type = "dense", .from = {"h"}, .size = 1}});
  // h1 is alive, h2 is read by nobody, h3 is relu(0.5).
  network.set("h.weight", {1, 2, 3, 4, 0, 0}).set("h.bias", {0.1, 0.2, 0.5});
  network.set("y.weight", {5, 0, 7}).set("y.bias", {1});
  const Plan<double> plan = compile<double>(network.spec(), 1);
  AlignedVector<double> parameters(plan.layout().size());
  for (const ParameterRange& range : plan.layout().ranges()) {
    const std::vector<double> values = network.get(range.name);
    plan.layout().write(range, std::span<const double>(values), parameters.data());
  }
  const LivingNetwork<double> living = without_dead_units(network.spec(), Members{parameters});
  EXPECT_EQ(living.network.layers[0].size, 1U);
  EXPECT_TRUE(living.emptied.empty());
  const Plan<double> after = compile<double>(living.network, 1);
  const auto get = [&](std::size_t k) {
    std::vector<double> values(after.layout().ranges()[k].n_values());
    after.layout().read(after.layout().ranges()[k], living.members[0].data(), std::span<double>(values));
    return values;
  };
  EXPECT_EQ(get(0), (std::vector<double>{1, 2}));
  EXPECT_EQ(get(1), (std::vector<double>{0.1}));
  EXPECT_EQ(get(2), (std::vector<double>{5}));
  EXPECT_EQ(get(3), (std::vector<double>{1 + 0.5 * 7}));
}

TEST(DeadUnits, ALayerWithoutLivingUnitsKeepsOneAndIsNamed) {
  const NetworkSpec network = dense_network(3, {4, 5}, {"tanh"}, 2);
  const Plan<double> plan = compile<double>(network, 1);
  AlignedVector<double> parameters(plan.layout().size());
  initialise(plan.layout(), 1, parameters.data());
  const ParameterRange& second = plan.layout().ranges()[2];
  const std::vector<double> zeros(second.n_values());
  plan.layout().write(second, std::span<const double>(zeros), parameters.data());
  const LivingNetwork<double> living = without_dead_units(network, Members{parameters});
  EXPECT_EQ(living.network.layers[0].size, 1U);
  EXPECT_EQ(living.network.layers[1].size, 1U);
  EXPECT_EQ(living.emptied, (std::vector<std::string>{"hidden1", "hidden2"}));
}

TEST(DeadUnits, FeaturesAreInUseAsLongAsAnyMemberHasAWeightForThem) {
  const NetworkSpec network = dense_network(3, {2}, {"tanh"}, 1);
  const Plan<double> plan = compile<double>(network, 1);
  const auto with = [&](const std::vector<double>& weights) {
    AlignedVector<double> parameters(plan.layout().size());
    plan.layout().write(plan.layout().ranges()[0], std::span<const double>(weights), parameters.data());
    return parameters;
  };
  EXPECT_EQ(features_in_use(network, Members{with({0, 1, 0, 0, 0, 0})}), (std::vector<bool>{false, true, false}));
  EXPECT_EQ(features_in_use(network, Members{with({0, 1, 0, 0, 0, 0}), with({0, 0, 0, 0, 0, 2})}),
            (std::vector<bool>{false, true, true}));
}

}  // namespace
}  // namespace ffwd
