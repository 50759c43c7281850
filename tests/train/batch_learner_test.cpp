#include "train/batch_learner.h"

#include <gtest/gtest.h>

#include "dataset/shuffle.h"
#include "optim/optimizer.h"
#include "train/workshop.h"

namespace ffwd {
namespace {

TEST(BatchLearner, StepsOnceForEachBatch) {
  const auto after_epoch = [](std::size_t batch_size) {
    const MadeWorkshop<double> made(
        made_up_data<double>(40, 3, 0), dense_network(3, {5}, {"tanh"}, 1),
        {.optimizer = "sgd", .schedule = "constant", .batch_size = batch_size, .epochs = 1});
    const auto learner = make_batch_learner(made.shop, made.initial());
    const EpochOutcome outcome = learner->run_epoch(1);
    EXPECT_FALSE(outcome.diverged || outcome.interrupted || outcome.timed_out || outcome.converged);
    EXPECT_EQ(outcome.rate, 0.01);
    return outcome.loss;
  };
  // The loss is the mean over batches, weights moving meanwhile: the more steps, the lower.
  EXPECT_LT(after_epoch(1), after_epoch(8));
  EXPECT_LT(after_epoch(8), after_epoch(40));
}

// Rosenblatt's rule, row by row in the order of the epoch: w += rate (t − H(w x + b)) x.
TEST(BatchLearner, OnlineDescentOnThePerceptronCriterionIsThePerceptronRule) {
  Dataset<double> data = made_up_data<double>(30, 2, 0);
  for (std::size_t r = 0; r < data.rows; ++r) {
    data.targets[r] = data.features[r * data.ld] > data.features[r * data.ld + 1] + 0.5 ? 1 : 0;
  }
  const MadeWorkshop<double> made(data, dense_network(2, {}, {"relu"}, 1),
                                  {.optimizer = "sgd",
                                   .learning_rate = 0.5,
                                   .optimizer_options = {.momentum = 0},
                                   .schedule = "constant",
                                   .batch_size = 1,
                                   .epochs = 40},
                                  "perceptron");
  const auto learner = make_batch_learner(made.shop, made.initial());
  const auto& layout = made.plan.layout();
  const ParameterRange &weight = layout.ranges()[0], &bias = layout.ranges()[1];
  const AlignedVector<double> initial = made.initial();
  double w[2] = {initial[weight.position(0)], initial[weight.position(1)]}, b = initial[bias.position(0)];
  std::vector<std::uint32_t> order(data.rows);
  double loss = 1;
  for (std::uint32_t epoch = 1; epoch <= 40; ++epoch) {
    loss = learner->run_epoch(epoch).loss;
    shuffled_order(made.options.seed, epoch, order);
    for (const std::uint32_t row : order) {
      const double* const x = data.features.data() + row * data.ld;
      const double error = data.targets[row] - (w[0] * x[0] + w[1] * x[1] + b >= 0 ? 1 : 0);
      for (std::size_t k = 0; k < 2; ++k) w[k] += 0.5 * error * x[k];
      b += 0.5 * error;
    }
    const AlignedVector<double>& now = learner->parameters();
    ASSERT_NEAR(now[weight.position(0)], w[0], 1e-12) << epoch;
    ASSERT_NEAR(now[weight.position(1)], w[1], 1e-12) << epoch;
    ASSERT_NEAR(now[bias.position(0)], b, 1e-12) << epoch;
  }
  EXPECT_EQ(loss, 0) << "a straight boundary is found";
}

// Whatever the optimiser, decay, clipping and penalties: statistics are those of the rows, and nothing else moves them.
TEST(BatchLearner, StatisticsBecomeThoseOfTheRows) {
  for (const OptimizerRow* optimizer : optimizers_of(/*full_batch=*/false)) {
    SCOPED_TRACE(optimizer->name);
    const Dataset<double> data = made_up_data<double>(64, 3, 0);
    NetworkSpec network = dense_network(3, {4}, {"tanh"}, 1);
    network.layers.insert(network.layers.begin(), {.name = "n", .type = "batch_norm", .from = {"x"}, .size = 3});
    network.layers[1].from = {"n"};
    const MadeWorkshop<double> made(data, network,
                                    {.optimizer = std::string(optimizer->name),
                                     .rate_for = {{"*", 3}},
                                     .clip_norm = 0.01,
                                     .l2 = 0.1,
                                     .batch_size = kAllRows,
                                     .epochs = 3});
    const auto learner = make_batch_learner(made.shop, made.initial());
    for (std::size_t epoch = 1; epoch <= 3; ++epoch) learner->run_epoch(epoch);
    const auto ranges = made.plan.layout().ranges();
    ASSERT_EQ(ranges[3].name, "n.variance");
    for (std::size_t c = 0; c < 3; ++c) {
      double mean = 0, squares = 0;
      for (std::size_t r = 0; r < 64; ++r) mean += data.features[r * data.ld + c] / 64;
      for (std::size_t r = 0; r < 64; ++r) {
        squares += (data.features[r * data.ld + c] - mean) * (data.features[r * data.ld + c] - mean);
      }
      EXPECT_NEAR(learner->parameters()[ranges[2].position(c)], mean, 1e-12);
      EXPECT_NEAR(learner->parameters()[ranges[3].position(c)], squares / 63, 1e-12);
    }
    EXPECT_NE(learner->parameters()[ranges[0].position(0)], 1) << "the scale is learned";
  }
}

TEST(BatchLearner, SaysWhereItDiverged) {
  const MadeWorkshop<float> made(made_up_data<float>(40, 3, 0), dense_network(3, {5}, {"relu"}, 1),
                                 {.optimizer = "sgd", .learning_rate = 1e30, .batch_size = 8, .epochs = 9});
  const auto learner = make_batch_learner(made.shop, made.initial());
  const EpochOutcome outcome = learner->run_epoch(1);
  ASSERT_TRUE(outcome.diverged);
  EXPECT_NE(outcome.diverged->what.find("in epoch 1, step"), std::string::npos);
}

}  // namespace
}  // namespace ffwd
