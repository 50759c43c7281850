#include "train/pruning.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "core/rows.h"
#include "kernels/layout.h"
#include "network/initialise.h"
#include "train/made_up_data.h"
#include "train/trainer.h"

namespace ffwd {
namespace {

TEST(Pruning, TheScheduleIsTheCubicOfZhuAndGupta) {
  EXPECT_DOUBLE_EQ(sparsity_at(0, 0.9, 0), 0);
  EXPECT_DOUBLE_EQ(sparsity_at(0, 0.9, 1), 0.9);
  EXPECT_DOUBLE_EQ(sparsity_at(0, 0.8, 0.5), 0.8 - 0.8 * 0.125);
  EXPECT_DOUBLE_EQ(sparsity_at(0.5, 0.9, 0.5), 0.9 - 0.4 * 0.125) << "from where it is";
  EXPECT_DOUBLE_EQ(sparsity_at(0, 0.9, 2), 0.9);
}

/// Two layers of weights and a bias, in one row each.
ParameterLayout two_layers() {
  ParameterLayout layout;
  layout.add_weight("a.weight", 1, 4, false, InitRule::kHe, kLanes<double>);
  layout.add_bias("a.bias", 1, kLanes<double>);
  layout.add_weight("b.weight", 1, 3, false, InitRule::kHe, kLanes<double>);
  return layout;
}

AlignedVector<double> filled(const ParameterLayout& layout, const std::vector<std::vector<double>>& values) {
  AlignedVector<double> parameters(layout.size());
  for (std::size_t k = 0; k < values.size(); ++k) {
    layout.write(layout.ranges()[k], std::span<const double>(values[k]), parameters.data());
  }
  return parameters;
}

std::vector<double> numbers(const ParameterLayout& layout, const AlignedVector<double>& parameters, std::size_t k) {
  std::vector<double> values(layout.ranges()[k].n_values());
  layout.read(layout.ranges()[k], parameters.data(), std::span<double>(values));
  return values;
}

// Scores by hand. a: 0.1² / (0.01 + 1 + 4 + 9) = 0.0007, 1/14 = 0.0714, 4/13 = 0.3077, 1.
// b, which is a tenth as large: 0.01/0.14 = 0.0714…, 0.04/0.13 = 0.3077, 1; the first a little more than a's second.
TEST(Pruning, TheLeastScoresOfAllLayersTogetherGoAndTheLargestOfEachLayerStays) {
  const ParameterLayout layout = two_layers();
  const std::vector<std::vector<double>> all = {{-2, 0.1, 3, 1}, {0}, {0.3, -0.1001, 0.2}};
  const auto left_of = [&](double sparsity) {
    AlignedVector<double> parameters = filled(layout, all);
    const Pruning pruning{.sparsity = sparsity, .share = 1};
    Pruner<double> pruner(pruning, layout, parameters.data());
    EXPECT_EQ(pruner.sparsity(), 0);
    pruner.advance(1, parameters.data());
    EXPECT_TRUE(pruner.is_done());
    EXPECT_NEAR(pruner.sparsity(), sparsity, 0.08);
    return std::pair(numbers(layout, parameters, 0), numbers(layout, parameters, 2));
  };
  using Numbers = std::vector<double>;
  EXPECT_EQ(left_of(1.0 / 7), std::pair(Numbers({-2, 0, 3, 1}), all[2]));
  EXPECT_EQ(left_of(2.0 / 7), std::pair(Numbers({-2, 0, 3, 0}), all[2]));
  EXPECT_EQ(left_of(3.0 / 7), std::pair(Numbers({-2, 0, 3, 0}), Numbers({0.3, 0, 0.2})));
  EXPECT_EQ(left_of(5.0 / 7), std::pair(Numbers({0, 0, 3, 0}), Numbers({0.3, 0, 0})));
}

TEST(Pruning, WhatIsZeroStaysSoWhateverAStepDoes) {
  const ParameterLayout layout = two_layers();
  AlignedVector<double> parameters = filled(layout, {{0, 4, 3, 2}, {5}, {1, 2, 3}});
  const Pruning pruning{.sparsity = 3.0 / 7, .share = 0.5};
  Pruner<double> pruner(pruning, layout, parameters.data());
  EXPECT_NEAR(pruner.sparsity(), 1.0 / 7, 1e-12) << "one was zero before";
  for (int step = 1; step <= 10; ++step) {
    pruner.advance(step / 10.0, parameters.data());
    for (double& number : parameters) number += 1;
    pruner.apply(parameters.data());
    EXPECT_EQ(numbers(layout, parameters, 0)[0], 0);
    EXPECT_EQ(pruner.is_done(), step >= 5) << step;
  }
  EXPECT_EQ(numbers(layout, parameters, 1)[0], 15) << "biases are left alone";
  EXPECT_EQ(count_weights(layout, {}, parameters.data()).zero, 3U);
}

TEST(Pruning, LeavesTheTensorsItIsToKeep) {
  const ParameterLayout layout = two_layers();
  AlignedVector<double> parameters = filled(layout, {{1, 4, 3, 2}, {5}, {1, 2, 3}});
  const Pruning pruning{.sparsity = 0.5, .share = 1, .kept = {"b.weight"}};
  Pruner<double> pruner(pruning, layout, parameters.data());
  pruner.advance(1, parameters.data());
  EXPECT_EQ(numbers(layout, parameters, 0), (std::vector<double>{0, 4, 3, 0}));
  EXPECT_EQ(numbers(layout, parameters, 2), (std::vector<double>{1, 2, 3}));
  const WeightCount count = count_weights(layout, pruning.kept, parameters.data());
  EXPECT_EQ(count.all, 4U);
  EXPECT_DOUBLE_EQ(count.sparsity(), 0.5);
}

TEST(Pruning, ATrainingKeepsTheBestEpochOfThoseWithAllOfItDoneForAnyNumberOfThreads) {
  const Dataset<float> data = made_up_data<float>(600, 3, 0), valid = made_up_data<float>(200, 3, 0, 2);
  const NetworkSpec network = dense_network(3, {32, 32}, {"relu"}, 1);
  const Loss mse(*find_row(losses(), "mse"));
  const TrainHooks hooks;
  const auto plan = compile<float>(network, 1);
  AlignedVector<float> start(plan.layout().size());
  initialise(plan.layout(), 3, start.data());
  const std::vector<AlignedVector<float>> from = {start};
  const Pruning pruning{.sparsity = 0.8};
  const auto run = [&](unsigned threads) {
    TrainOptions options{.epochs = 20, .patience = 20, .threads = threads};
    return train<float>({.network = network,
                         .loss = mse,
                         .train = data,
                         .valid = &valid,
                         .options = options,
                         .hooks = hooks,
                         .from = from,
                         .pruning = &pruning});
  };
  const Trained<float> one = run(1);
  EXPECT_EQ(one.parameters, run(3).parameters);
  EXPECT_GE(one.best_epoch, 10U);
  EXPECT_EQ(one.epochs, 20U);
  const WeightCount count = count_weights(plan.layout(), {}, one.parameters.data());
  EXPECT_NEAR(count.sparsity(), 0.8, 0.001);
  EXPECT_LT(one.history[2].sparsity, 0.8);
  EXPECT_NEAR(one.history.back().sparsity, 0.8, 0.001);
  const double best = one.history[one.best_epoch - 1].valid_loss;
  for (const EpochRecord& epoch : one.history) {
    if (epoch.sparsity < 0.799) continue;
    EXPECT_GE(epoch.valid_loss, best);
  }
}

}  // namespace
}  // namespace ffwd
