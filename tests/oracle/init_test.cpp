// init.json: means, variances and bounds of initial weights, as statistics of what is drawn.
#include <gtest/gtest.h>

#include "network/initialise.h"
#include "oracle/network_case.h"

namespace ffwd {
namespace {

void check_draws(const OracleCase& c, std::uint64_t seed) {
  const std::size_t inputs = c.spec.at("fan_in"), outputs = c.spec.at("fan_out");
  const std::string distribution = c.spec.at("distribution");
  ASSERT_TRUE(distribution == "normal" || distribution == "uniform") << c.id;
  const InitialWeights* const how = find_initial_weights(c.spec.at("rule").get<std::string>() + "_" + distribution);
  ASSERT_NE(how, nullptr) << c.id;
  const InitRule rule = how->rule.value();
  const NetworkSpec network = dense_network(inputs, {}, {"relu"}, outputs);
  const ParameterLayout layout = compile<double>(network, 1).layout();
  AlignedVector<double> parameters(layout.size());
  initialise(layout, seed, parameters.data(), *how);
  std::vector<double> weights(inputs * outputs), biases(outputs);
  layout.read(layout.ranges()[0], parameters.data(), std::span<double>(weights));
  layout.read(layout.ranges()[1], parameters.data(), std::span<double>(biases));

  Checker check(c, {1e-12, 0});
  const auto n = static_cast<double>(weights.size());
  double mean = 0, variance = 0, farthest = 0;
  for (const double w : weights) mean += w / n;
  for (const double w : weights) variance += (w - mean) * (w - mean) / n;
  for (const double w : weights) farthest = std::max(farthest, std::abs(w));
  const double stated = initial_variance(rule, static_cast<double>(outputs), static_cast<double>(inputs));
  check.is("draws", n);
  check.is("mean", 0.0);
  check.is("variance", stated);
  check.is("mean_abs_max", 5 * std::sqrt(stated / n));
  check.is("variance_rel_max", 5 * std::sqrt((distribution == "normal" ? 2.0 : 0.8) / n));
  check.holds(std::abs(mean) <= check.bound("mean_abs_max"), "the mean is " + Json(mean).dump());
  check.holds(std::abs(variance / stated - 1) <= check.bound("variance_rel_max"),
              "the variance is " + Json(variance).dump());
  if (distribution == "uniform") {
    check.is("bound", std::sqrt(3 * stated));
    check.holds(farthest <= check.bound("bound"), "a weight is " + Json(farthest).dump());
  } else {
    check.is("std", std::sqrt(stated));
    check.holds(farthest > std::sqrt(3 * stated), "no weight of a normal distribution lies far out");
  }
  check.holds(std::ranges::all_of(biases, [](double b) { return b == 0; }), "a bias is not 0");
  EXPECT_EQ(check.faults(), "");
}

TEST(Oracle, Init) {
  for (const OracleCase& c : oracle_cases().at("init")) {
    ASSERT_EQ(c.kind, "init_statistics") << c.id;
    for (std::uint64_t seed = 0; seed < 3; ++seed) check_draws(c, seed);
  }
}

}  // namespace
}  // namespace ffwd
