#include "train/batch_learner.h"

#include <gtest/gtest.h>

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
