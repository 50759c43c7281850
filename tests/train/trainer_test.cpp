#include "train/trainer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <type_traits>

#include "core/rows.h"
#include "ffwd/error.h"
#include "optim/optimizer.h"
#include "optim/schedule.h"
#include "train/early_stopping.h"
#include "train/made_up_data.h"

namespace ffwd {
namespace {

const Loss kMse(*find_row(losses(), "mse"));

template <class T>
Trained<T> run(const TrainOptions& options, const Dataset<T>& data,
               const std::type_identity_t<Dataset<T>>* valid = nullptr, const TrainHooks& hooks = {}) {
  const NetworkSpec network = dense_network(data.n_features, {16, 8}, {"relu"}, 1);
  return train<T>(
      {.network = network, .loss = kMse, .train = data, .valid = valid, .options = options, .hooks = hooks});
}

TEST(Trainer, LearnsWithEveryOptimizerAndSchedule) {
  const Dataset<float> data = made_up_data<float>(500, 3, 0);
  for (const OptimizerRow* optimizer : optimizers()) {
    for (const ScheduleRow* schedule : schedules()) {
      SCOPED_TRACE(std::string(optimizer->name) + " " + std::string(schedule->name));
      TrainOptions options{.optimizer = std::string(optimizer->name), .schedule = std::string(schedule->name)};
      options.epochs = 60;
      const auto trained = run(options, data);
      EXPECT_EQ(trained.epochs, 60u);
      EXPECT_LT(trained.history.back().train_loss, 0.5 * trained.history.front().train_loss);
    }
  }
}

TEST(Trainer, WarmUpMultipliesTheScheduleByARiseInEqualParts) {
  const Dataset<float> data = made_up_data<float>(60, 3, 0);
  const auto rates = [&](const char* schedule, double warmup) {
    std::vector<double> factors;
    for (const EpochRecord& e :
         run({.learning_rate = 0.01, .schedule = schedule, .warmup = warmup, .batch_size = kAllRows, .epochs = 10},
             data)
             .history) {
      factors.push_back(e.learning_rate / 0.01);
    }
    return factors;
  };
  const auto rise = rates("constant", 0.5), cosine = rates("cosine", 0), both = rates("cosine", 0.5);
  for (std::size_t e = 0; e < 10; ++e) {
    EXPECT_NEAR(rise[e], std::fmin(1, 0.2 * static_cast<double>(e + 1)), 1e-12);
    EXPECT_NEAR(both[e], cosine[e] * rise[e], 1e-12);
  }
  EXPECT_EQ(rates("constant", 0), std::vector<double>(10, 1.0));
  EXPECT_EQ(rates("constant", 0.05), std::vector<double>(10, 1.0)) << "less than a step";
}

TEST(Trainer, GivesTheSameBitsForAnyNumberOfThreads) {
  const Dataset<float> data = made_up_data<float>(2000, 3, 0), valid = made_up_data<float>(700, 3, 0, 2);
  for (std::size_t batch : {std::size_t{32}, std::size_t{0}}) {
    TrainOptions options{.batch_size = batch, .epochs = 4, .threads = 1};
    const auto one = run(options, data, &valid);
    options.threads = 3;
    const auto three = run(options, data, &valid);
    EXPECT_EQ(one.parameters, three.parameters);
    for (std::size_t e = 0; e < one.epochs; ++e) {
      EXPECT_EQ(one.history[e].train_loss, three.history[e].train_loss);
      EXPECT_EQ(one.history[e].valid_loss, three.history[e].valid_loss);
    }
  }
}

TEST(Trainer, DependsOnTheSeed) {
  const Dataset<double> data = made_up_data<double>(100, 3, 0);
  EXPECT_EQ(run({.epochs = 2, .seed = 1}, data).parameters, run({.epochs = 2, .seed = 1}, data).parameters);
  EXPECT_NE(run({.epochs = 2, .seed = 1}, data).parameters, run({.epochs = 2, .seed = 2}, data).parameters);
}

TEST(Trainer, StopsEarlyAndKeepsTheBestWeights) {
  const Dataset<float> data = made_up_data<float>(60, 3, 0), valid = made_up_data<float>(60, 3, 0, 2);
  TrainOptions options{.learning_rate = 0.02, .schedule = "constant", .epochs = 300, .patience = 5};
  const auto trained = run(options, data, &valid);
  ASSERT_LT(trained.epochs, 300u);
  EXPECT_EQ(trained.epochs, trained.best_epoch + 5);
  for (const EpochRecord& e : trained.history) {
    EXPECT_GE(e.valid_loss, trained.history[trained.best_epoch - 1].valid_loss);
  }
  // The same run, told to end there, has the same weights.
  options.epochs = trained.best_epoch;
  options.patience = 0;
  EXPECT_EQ(run(options, data, &valid).parameters, trained.parameters);
}

TEST(Trainer, WithoutPatienceRunsAllEpochsAndKeepsTheLast) {
  const Dataset<float> data = made_up_data<float>(60, 3, 0), valid = made_up_data<float>(60, 3, 0, 2);
  const auto trained = run({.learning_rate = 0.02, .epochs = 40, .patience = 0}, data, &valid);
  EXPECT_EQ(trained.epochs, 40u);
  EXPECT_EQ(trained.best_epoch, 40u);
}

TEST(Trainer, L2MakesWeightsSmallerAndLeavesTheReportedLossWithoutPenalty) {
  const Dataset<double> data = made_up_data<double>(200, 3, 0);
  const auto sum_of_squares = [](const AlignedVector<double>& v) {
    double sum = 0;
    for (double x : v) sum += x * x;
    return sum;
  };
  const TrainOptions plain{.optimizer = "adam", .learning_rate = 0.01, .epochs = 50, .seed = 3};
  TrainOptions with_penalty = plain;
  with_penalty.l2 = 0.1;
  const auto free = run(plain, data);
  const auto penalised = run(with_penalty, data);
  EXPECT_LT(sum_of_squares(penalised.parameters), 0.5 * sum_of_squares(free.parameters));
  EXPECT_NEAR(run({.l2 = 1e6, .batch_size = kAllRows, .epochs = 1}, data).history[0].train_loss,
              run({.batch_size = kAllRows, .epochs = 1}, data).history[0].train_loss, 1e-12);
}

TEST(Trainer, DivergenceNamesEpochStepAndAdvice) {
  const Dataset<float> data = made_up_data<float>(100, 3, 0);
  try {
    (void)run({.optimizer = "sgd", .learning_rate = 1e6, .schedule = "constant", .batch_size = 32, .epochs = 50}, data);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kDiverged);
    EXPECT_NE(std::string(error.what()).find("in epoch 1, step "), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("lower --learning-rate (it was 1e+06)"), std::string::npos)
        << error.what();
  }
}

TEST(Trainer, KeepsTheLastFinishedEpochWhenItIsStopped) {
  const Dataset<float> data = made_up_data<float>(100, 3, 0);
  int asked = 0;
  TrainHooks hooks;
  hooks.stop = [&] { return ++asked > 9; };  // 4 steps an epoch: in the middle of the third
  const auto stopped = run({.batch_size = 32, .epochs = 50, .seed = 3}, data, nullptr, hooks);
  EXPECT_TRUE(stopped.interrupted);
  EXPECT_EQ(stopped.epochs, 2u);
  EXPECT_EQ(stopped.best_epoch, 2u);
  EXPECT_EQ(stopped.history.size(), 2u);

  asked = 100;
  const auto at_once = run({.batch_size = 32, .epochs = 50, .seed = 3}, data, nullptr, hooks);
  EXPECT_EQ(at_once.epochs, 0u);
  EXPECT_TRUE(at_once.parameters.empty());
}

TEST(Trainer, ReportsEpochsWithTheClockItIsGiven) {
  const Dataset<float> data = made_up_data<float>(100, 3, 0);
  double time = 0;
  std::vector<EpochRecord> seen;
  TrainHooks hooks{.clock = [&] { return time += 0.5; },
                   .on_epoch = [&](const EpochRecord& e) { seen.push_back(e); },
                   .on_step = {},
                   .stop = {}};
  (void)run({.epochs = 3}, data, nullptr, hooks);
  ASSERT_EQ(seen.size(), 3u);
  EXPECT_EQ(seen[1].epoch, 2u);
  EXPECT_EQ(seen[1].seconds, 0.5);
  EXPECT_TRUE(std::isnan(seen[1].valid_loss));
  EXPECT_GT(seen[0].learning_rate, seen[2].learning_rate);
}

TEST(EarlyStopping, PrefersTheEarlierOfEqualLosses) {
  EarlyStopping stopping(3);
  EXPECT_TRUE(stopping.is_best(1, 1.0));
  EXPECT_FALSE(stopping.is_best(2, 1.0));
  EXPECT_FALSE(stopping.is_over(3));
  EXPECT_TRUE(stopping.is_over(4));
}

}  // namespace
}  // namespace ffwd
