#include "train/trainer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <type_traits>

#include "core/rows.h"
#include "ffwd/error.h"
#include "network/initialise.h"
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

TEST(Trainer, LearnsWithEveryFirstOrderOptimizerAndSchedule) {
  const Dataset<float> data = made_up_data<float>(500, 3, 0);
  for (const OptimizerRow* optimizer : optimizers_of(/*full_batch=*/false)) {
    for (const ScheduleRow* schedule : schedules()) {
      SCOPED_TRACE(std::string(optimizer->name) + " " + std::string(schedule->name));
      TrainOptions options{.optimizer = std::string(optimizer->name), .schedule = std::string(schedule->name)};
      options.epochs = 60;
      const auto trained = run(options, data);
      EXPECT_EQ(trained.epochs, 60u);
      EXPECT_LT(trained.history.back().train_loss, 0.8 * trained.history.front().train_loss);
    }
  }
}

TEST(Trainer, LearnsWithEveryFullBatchOptimizer) {
  const Dataset<double> data = made_up_data<double>(200, 3, 0);
  for (const OptimizerRow* optimizer : optimizers_of(/*full_batch=*/true)) {
    SCOPED_TRACE(optimizer->name);
    const auto trained = run({.optimizer = std::string(optimizer->name), .epochs = 60}, data);
    EXPECT_LT(trained.history.back().train_loss, 0.5 * trained.history.front().train_loss);
    for (std::size_t e = 1; e < trained.epochs; ++e) {
      EXPECT_LE(trained.history[e].train_loss, trained.history[e - 1].train_loss) << e;
    }
  }
}

TEST(Trainer, EndsWhenAFullBatchOptimizerGainsNothingMore) {
  const Dataset<double> data = made_up_data<double>(50, 2, 0);
  const NetworkSpec linear = dense_network(2, {}, {"relu"}, 1);
  for (const char* optimizer : {"conjugate_gradient", "lbfgs", "levenberg_marquardt"}) {
    const TrainOptions options{.optimizer = optimizer, .epochs = 400};
    const auto trained =
        train<double>({.network = linear, .loss = kMse, .train = data, .options = options, .hooks = {}});
    EXPECT_LT(trained.epochs, 100u) << optimizer;
    EXPECT_EQ(trained.best_epoch, trained.epochs);
    EXPECT_FALSE(trained.interrupted || trained.timed_out);
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

TEST(Trainer, GivesTheSameBitsForAnyNumberOfThreadsWithFullBatchOptimizersToo) {
  const Dataset<double> data = made_up_data<double>(700, 3, 0);
  for (const char* optimizer : {"lbfgs", "levenberg_marquardt"}) {
    TrainOptions options{.optimizer = optimizer, .epochs = 5, .threads = 1};
    const auto one = run(options, data);
    options.threads = 3;
    EXPECT_EQ(run(options, data).parameters, one.parameters) << optimizer;
  }
}

TEST(Trainer, DependsOnTheSeed) {
  const Dataset<double> data = made_up_data<double>(100, 3, 0);
  EXPECT_EQ(run({.epochs = 2, .seed = 1}, data).parameters, run({.epochs = 2, .seed = 1}, data).parameters);
  EXPECT_NE(run({.epochs = 2, .seed = 1}, data).parameters, run({.epochs = 2, .seed = 2}, data).parameters);
}

TEST(Trainer, KeepsTheBestOfSeveralStarts) {
  const Dataset<float> data = made_up_data<float>(60, 3, 0), valid = made_up_data<float>(60, 3, 0, 2);
  for (const Dataset<float>* held_out : {static_cast<const Dataset<float>*>(nullptr), &valid}) {
    TrainOptions options{.epochs = 5, .seed = 4};
    std::size_t best = 0;
    double lowest = std::numeric_limits<double>::infinity();
    std::vector<Trained<float>> alone;
    for (std::size_t start = 1; start <= 4; ++start) {
      options.seed = seed_of_start(4, start);
      alone.push_back(run(options, data, held_out));
      const EpochRecord& kept = alone.back().history[alone.back().best_epoch - 1];
      const double loss = held_out ? kept.valid_loss : kept.train_loss;
      if (loss < lowest) best = start;
      lowest = std::min(lowest, loss);
    }
    options.seed = 4;
    options.restarts = 4;
    const auto trained = run(options, data, held_out);
    EXPECT_EQ(trained.start, best);
    EXPECT_EQ(trained.starts, 4u);
    EXPECT_EQ(trained.parameters, alone[best - 1].parameters);
    EXPECT_EQ(trained.history.front().start, best);
  }
  EXPECT_EQ(seed_of_start(4, 1), 4u) << "one start alone is as without restarts";
}

TEST(Trainer, StartsThatDivergeAreLeftOutUnlessAllDo) {
  const Dataset<float> data = made_up_data<float>(100, 3, 0);
  const auto diverges = [&](std::uint64_t seed, double rate) {
    try {
      (void)run({.optimizer = "sgd", .learning_rate = rate, .schedule = "constant", .epochs = 30, .seed = seed}, data);
      return false;
    } catch (const Error&) {
      return true;
    }
  };
  // A rate at which some starts diverge.
  double rate = 0.05;
  std::size_t n_diverged = 0;
  for (; n_diverged == 0; rate *= 1.3) {
    for (std::size_t start = 1; start <= 6; ++start) n_diverged += diverges(seed_of_start(1, start), rate);
    if (n_diverged > 0) break;
  }
  TrainOptions options{
      .optimizer = "sgd", .learning_rate = rate, .schedule = "constant", .epochs = 30, .restarts = 6, .seed = 1};
  if (n_diverged < 6) {
    EXPECT_TRUE(std::isfinite(run(options, data).history.back().train_loss));
  }
  options.learning_rate = 1e6;
  EXPECT_THROW((void)run(options, data), Error);
}

TEST(Trainer, KeepsTheSameStartForAnyNumberOfThreads) {
  const Dataset<float> data = made_up_data<float>(60, 3, 0), valid = made_up_data<float>(60, 3, 0, 2);
  for (const std::size_t restarts : {2U, 3U, 7U}) {
    for (const std::size_t batch : {std::size_t{16}, kAllRows}) {
      TrainOptions options{.batch_size = batch, .epochs = 5, .restarts = restarts, .threads = 1};
      const auto one = run(options, data, &valid);
      for (const unsigned threads : {2U, 3U, 8U}) {
        options.threads = threads;
        const auto several = run(options, data, &valid);
        EXPECT_EQ(several.parameters, one.parameters);
        EXPECT_EQ(several.start, one.start);
        EXPECT_EQ(several.starts, restarts);
        EXPECT_EQ(several.best_epoch, one.best_epoch);
        for (std::size_t e = 0; e < one.epochs; ++e) {
          EXPECT_EQ(several.history[e].valid_loss, one.history[e].valid_loss);
        }
      }
    }
  }
}

TEST(Trainer, SharesTheTimeLimitAmongTheStarts) {
  const Dataset<float> data = made_up_data<float>(100, 3, 0);
  for (const unsigned threads : {1U, 3U}) {
    std::atomic<int> time{0};
    std::vector<std::size_t> epochs(4);
    TrainHooks hooks{.clock = [&] { return static_cast<double>(time); },
                     .on_epoch =
                         [&](const EpochRecord& e) {
                           epochs[e.start] = e.epoch;
                           ++time;
                         },
                     .on_step = {},
                     .stop = {}};
    const auto trained =
        run({.epochs = 1000, .restarts = 3, .time_limit = 30, .threads = threads}, data, nullptr, hooks);
    EXPECT_TRUE(trained.timed_out);
    EXPECT_NEAR(time, 30, 4) << "all of them together";
    // One after the other each has a third of it; of those side by side, here with one time for all, the first ones
    // may leave the others none.
    EXPECT_TRUE(trained.starts == 3 || threads > 1);
    for (std::size_t start = 1; threads == 1 && start <= 3; ++start) {
      EXPECT_NEAR(static_cast<double>(epochs[start]), 10, 1) << start;
    }
  }
}

TEST(Trainer, CallsHooksOneAtATimeAndStopsAllStarts) {
  const Dataset<float> data = made_up_data<float>(100, 3, 0);
  std::atomic<int> inside{0};
  std::vector<std::size_t> epochs(9);
  std::size_t n_last = 0, asked = 0;
  const auto alone = [&](auto call) {
    EXPECT_EQ(inside.fetch_add(1), 0);
    call();
    --inside;
  };
  TrainHooks hooks;
  hooks.on_epoch = [&](const EpochRecord& e) {
    alone([&] {
      EXPECT_EQ(e.epoch, ++epochs[e.start]) << "in their order";
      EXPECT_EQ(e.epochs, 6u);
      EXPECT_EQ(e.last, e.epoch == 6);
      if (e.last) ++n_last;
    });
  };
  hooks.on_step = [&](std::size_t, std::size_t) { alone([] {}); };
  hooks.stop = [&] {
    alone([&] { ++asked; });
    return false;
  };
  const TrainOptions options{.batch_size = 8, .epochs = 6, .restarts = 8, .threads = 4};
  EXPECT_EQ(run(options, data, nullptr, hooks).starts, 8u);
  EXPECT_EQ(n_last, 8u);
  EXPECT_GT(asked, 0u);

  hooks.on_epoch = {};
  hooks.stop = [&, asked_again = 0]() mutable { return ++asked_again > 20; };
  TrainOptions endless = options;
  endless.epochs = 1'000'000;
  const auto stopped = run(endless, data, nullptr, hooks);
  EXPECT_TRUE(stopped.interrupted);
  EXPECT_LE(stopped.starts, 4u) << "those that were running; no more are begun";
}

TEST(Trainer, StopsOnAnotherFigureThanTheLossIfItIsTold) {
  const Dataset<float> data = made_up_data<float>(60, 3, 0), valid = made_up_data<float>(50, 3, 0, 2);
  const NetworkSpec network = dense_network(3, {16, 8}, {"relu"}, 1);
  const TrainOptions options{.epochs = 40, .patience = 3};
  std::size_t epoch = 0;
  const auto with = [&](bool lower_is_better, std::vector<double> figures) {
    epoch = 0;
    const ValidationScore score{.of =
                                    [&](const Matrix& linked) {
                                      EXPECT_EQ(linked.rows(), 50u);
                                      EXPECT_NE(linked(49, 0), 0);
                                      return figures[std::min(epoch++, figures.size() - 1)];
                                    },
                                .lower_is_better = lower_is_better};
    return train<float>({.network = network,
                         .loss = kMse,
                         .train = data,
                         .valid = &valid,
                         .options = options,
                         .hooks = {},
                         .score = &score});
  };
  const auto rising = with(false, {1, 5, 3});
  EXPECT_EQ(rising.best_epoch, 2u);
  EXPECT_EQ(rising.epochs, 5u);
  EXPECT_EQ(rising.history[1].valid_score, 5);
  EXPECT_EQ(with(true, {4, 3, 2, 7}).best_epoch, 3u);
  EXPECT_EQ(with(true, {std::nan("")}).best_epoch, 1u) << "a figure that is nowhere defined";
  EXPECT_EQ(with(true, {std::nan(""), 8}).best_epoch, 2u);
}

TEST(Trainer, AveragesFollowTheWeightsAndAreWhatIsKept) {
  const Dataset<double> data = made_up_data<double>(64, 3, 0);
  const TrainOptions plain{.learning_rate = 0.01, .schedule = "constant", .batch_size = 16, .epochs = 3};
  TrainOptions averaged = plain;
  // The weights after each step, from runs that end there.
  std::vector<AlignedVector<double>> after(1);
  for (std::size_t steps = 1; steps <= 12; ++steps) {
    TrainOptions one = plain;
    one.batch_size = kAllRows;
    one.epochs = steps;
    after.push_back(run(one, data).parameters);
  }
  averaged.batch_size = kAllRows;
  averaged.epochs = 12;
  averaged.average = 2;
  AlignedVector<double> mean(after[1].size());
  // The first average starts from the initial weights, which a rate of nearly 0 leaves.
  TrainOptions still = plain;
  still.batch_size = kAllRows;
  still.epochs = 1;
  still.learning_rate = 1e-300;
  mean = run(still, data).parameters;
  for (std::size_t step = 1; step <= 12; ++step) {
    const double a = 1 / (1 + std::min(2.0, 0.1 * static_cast<double>(step)));
    for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += a * (after[step][i] - mean[i]);
  }
  const auto kept = run(averaged, data).parameters;
  for (std::size_t i = 0; i < mean.size(); ++i) EXPECT_NEAR(kept[i], mean[i], 1e-12);
}

TEST(Trainer, ClipsGradientsByTheNormOfTheWhole) {
  const Dataset<double> data = made_up_data<double>(64, 3, 0);
  const auto moved = [&](double clip_norm) {
    TrainOptions options{.optimizer = "sgd",
                         .learning_rate = 0.5,
                         .optimizer_options = {.momentum = 0},
                         .clip_norm = clip_norm,
                         .schedule = "constant",
                         .batch_size = kAllRows,
                         .epochs = 1};
    const auto after = run(options, data).parameters;
    options.learning_rate = 1e-300;
    const auto before = run(options, data).parameters;
    double sum = 0;
    for (std::size_t i = 0; i < after.size(); ++i) sum += (after[i] - before[i]) * (after[i] - before[i]);
    return std::sqrt(sum);
  };
  EXPECT_NEAR(moved(0.01), 0.5 * 0.01, 1e-6);
  EXPECT_EQ(moved(1e9), moved(0));
  EXPECT_GT(moved(0), moved(0.01));
}

TEST(Trainer, L1MakesWeightsExactlyZeroAndItsSubgradientDoesNot) {
  const Dataset<double> data = made_up_data<double>(200, 3, 0);
  const NetworkSpec network = dense_network(3, {16, 8}, {"tanh"}, 1);
  const auto zeros = [&](const TrainOptions& options) {
    const auto trained =
        train<double>({.network = network, .loss = kMse, .train = data, .options = options, .hooks = {}});
    const Plan<double> plan = compile<double>(network, 1);
    std::size_t n = 0;
    for (const ParameterRange& range : plan.layout().ranges()) {
      for (std::size_t i = 0; i < range.n_values(); ++i) {
        if (range.penalised() && trained.parameters[range.position(i)] == 0) ++n;
      }
    }
    return n;
  };
  for (const OptimizerRow* optimizer : optimizers_of(/*full_batch=*/false)) {
    SCOPED_TRACE(optimizer->name);
    const TrainOptions options{.optimizer = std::string(optimizer->name), .l1 = 0.02, .epochs = 100};
    EXPECT_GT(zeros(options), 20u);
  }
  EXPECT_EQ(zeros({.l1 = 0.02, .l1_by = "subgradient", .epochs = 100}), 0u);
}

TEST(Trainer, TensorsWithARateOfTheirOwnMoveByIt) {
  const Dataset<double> data = made_up_data<double>(64, 3, 0);
  const NetworkSpec network = dense_network(3, {16, 8}, {"relu"}, 1);
  const Plan<double> plan = compile<double>(network, 1);
  AlignedVector<double> initial(plan.layout().size());
  initialise(plan.layout(), 0, initial.data());
  for (const OptimizerRow* optimizer : optimizers()) {
    SCOPED_TRACE(optimizer->name);
    const TrainOptions options{
        .optimizer = std::string(optimizer->name), .rate_for = {{"hidden*", 0}, {"*.bias", 1}}, .epochs = 3};
    const auto trained = run(options, data);
    for (const ParameterRange& range : plan.layout().ranges()) {
      const bool frozen = range.name == "hidden1.weight" || range.name == "hidden2.weight";
      const double before = initial[range.position(0)], after = trained.parameters[range.position(0)];
      EXPECT_EQ(before == after, frozen) << range.name;
    }
  }
}

TEST(Trainer, L2CanCountBiases) {
  const Dataset<double> data = made_up_data<double>(200, 3, 0);
  const NetworkSpec network = dense_network(3, {16, 8}, {"relu"}, 1);
  const Plan<double> plan = compile<double>(network, 1);
  const auto biases = [&](bool counted) {
    const auto trained = run({.optimizer = "lbfgs", .l2 = 0.05, .l2_biases = counted, .epochs = 100}, data);
    double sum = 0;
    for (const ParameterRange& range : plan.layout().ranges()) {
      for (std::size_t i = 0; i < range.n_values(); ++i) {
        if (!range.penalised()) sum += std::abs(trained.parameters[range.position(i)]);
      }
    }
    return sum;
  };
  EXPECT_LT(biases(true), 0.9 * biases(false));
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

// A small network learns from row after row in one go, unless something has to happen in between: as a clip that is
// never reached, or averages.
TEST(Trainer, RowByRowInOneGoIsTheSameToTheBit) {
  const auto check = [](const auto& data, const char* unit, const std::vector<std::size_t>& hidden) {
    using T = std::remove_cvref_t<decltype(data.features[0])>;
    const NetworkSpec network = dense_network(data.n_features, hidden, {unit}, 1);
    TrainOptions options{
        .optimizer = "sgd", .learning_rate = 0.05, .schedule = "constant", .batch_size = 1, .epochs = 3};
    options.optimizer_options.momentum = 0;
    std::size_t reports = 0;
    TrainHooks hooks;
    hooks.on_step = [&](std::size_t, std::size_t) { ++reports; };
    const auto run = [&] {
      return train<T>({.network = network, .loss = kMse, .train = data, .options = options, .hooks = hooks});
    };
    const auto fast = run();
    EXPECT_EQ(reports, 6u) << "twice an epoch of 100 steps";
    options.clip_norm = 1e12;
    const auto slow = run();
    EXPECT_EQ(fast.parameters, slow.parameters);
    for (std::size_t e = 0; e < 3; ++e) EXPECT_EQ(fast.history[e].train_loss, slow.history[e].train_loss);

    std::string where[2];
    options.clip_norm = 0;
    options.learning_rate = 1e8;
    for (const double average : {0.0, 1.0}) {
      options.average = average;
      try {
        static_cast<void>(run());
      } catch (const Error& error) {
        where[average > 0] = error.fault().what;
      }
    }
    EXPECT_NE(where[0].find("the loss is not finite in epoch 1, step "), std::string::npos) << where[0];
    EXPECT_EQ(where[0], where[1]);
  };
  for (const char* unit : {"relu", "identity"}) {
    for (const std::vector<std::size_t>& hidden : {std::vector<std::size_t>{2}, {8, 3}, {4, 5, 6}}) {
      check(made_up_data<float>(100, 3, 0), unit, hidden);
      check(made_up_data<double>(100, 3, 0), unit, hidden);
    }
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
