#include "train/train_options.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/rows.h"
#include "support/fault_of.h"

namespace ffwd {
namespace {

TEST(TrainOptions, TheDefaultsAreValid) { EXPECT_TRUE(faults_of({}).empty()); }

TEST(TrainOptions, EveryFaultIsReportedWithItsOptionAndWhatIsAllowed) {
  TrainOptions options;
  options.optimizer = "adm";
  options.schedule = "cosin";
  options.learning_rate = -1;
  options.l2 = -0.5;
  options.epochs = 5000000000;
  options.restarts = 0;
  options.stop_on = "rmsa";
  options.threads = 100000;
  const auto faults = faults_of(options);
  ASSERT_EQ(faults.size(), 8u);
  EXPECT_EQ(faults[0], "--optimizer: unknown optimizer 'adm'; did you mean 'adam'?");
  EXPECT_EQ(faults[1], "--schedule: unknown schedule 'cosin'; did you mean 'cosine'?");
  EXPECT_EQ(faults[2], "--learning-rate is -1; it must be a number over 0");
  EXPECT_EQ(faults[3], "--l2 is -0.5; it must be a number of at least 0");
  EXPECT_EQ(faults[4], "--epochs is 5000000000; it must be at most 4294967294");
  EXPECT_EQ(faults[5], "--stop-on: unknown figure 'rmsa'; did you mean 'rmse'?");
  EXPECT_EQ(faults[6], "--restarts is 0; it must be from 1 to 100000");
}

TEST(TrainOptions, WhatAnOptimizerOrAScheduleDoesNotUseIsRefusedWithThoseThatDo) {
  EXPECT_EQ(faults_of({.optimizer_options = {.momentum = 0.5}}),
            std::vector<std::string>{
                "--momentum: adamw does not use it; use --optimizer rmsprop or sgd, or leave --momentum out"});
  EXPECT_EQ(faults_of({.optimizer = "sgd", .optimizer_options = {.amsgrad = true}}),
            std::vector<std::string>{
                "--amsgrad: sgd does not use it; use --optimizer adam or adamw, or leave --amsgrad out"});
  EXPECT_EQ(faults_of({.schedule_options = {.every = 3}}),
            std::vector<std::string>{
                "--schedule-every: cosine does not use it; use --schedule step, or leave --schedule-every out"});
}

TEST(TrainOptions, NumbersOfOptimizersAndSchedulesHaveTheirRanges) {
  EXPECT_EQ(faults_of({.optimizer = "sgd", .optimizer_options = {.momentum = 1}}),
            std::vector<std::string>{"--momentum is 1; it must be a number of at least 0 and below 1"});
  EXPECT_EQ(faults_of({.optimizer_options = {.epsilon = 0}}),
            std::vector<std::string>{"--epsilon is 0; it must be a number over 0"});
  EXPECT_EQ(faults_of({.optimizer_options = {.weight_decay = std::nan("")}}).size(), 1u);
  EXPECT_EQ(faults_of({.schedule = "step", .schedule_options = {.every = 1.5}}),
            std::vector<std::string>{"--schedule-every is 1.5; it must be a whole number of at least 1"});
}

TEST(TrainOptions, OptionsThatWouldDoNothingAreRefused) {
  for (const TrainOptions& options :
       {TrainOptions{.optimizer = "sgd", .optimizer_options = {.momentum = 0, .nesterov = true}},
        TrainOptions{.l2_biases = true}, TrainOptions{.l1_by = "subgradient"}, TrainOptions{.l1 = 0.1, .average = 1},
        TrainOptions{.patience = 0, .stop_on = "mae"}}) {
    EXPECT_EQ(faults_of(options).size(), 1u);
  }
  EXPECT_TRUE(faults_of({.patience = 0, .stop_on = "mae", .restarts = 2}).empty()) << "it picks the start";
}

TEST(TrainOptions, AFullBatchOptimizerTakesAllRowsAndSearchesItsSteps) {
  EXPECT_TRUE(faults_of({.optimizer = "lbfgs", .batch_size = kAllRows}).empty());
  EXPECT_TRUE(faults_of({.optimizer = "lbfgs", .rate_for = {{"output.*", 0}}, .l2 = 0.1}).empty());
  for (TrainOptions options :
       {TrainOptions{.learning_rate = 0.1}, TrainOptions{.clip_norm = 1}, TrainOptions{.l1 = 0.1},
        TrainOptions{.schedule = "cosine"}, TrainOptions{.schedule_options = {.final = 0.5}},
        TrainOptions{.warmup = 0.1}, TrainOptions{.average = 2}, TrainOptions{.batch_size = 32},
        TrainOptions{.rate_for = {{"output.*", 0.5}}}}) {
    EXPECT_TRUE(faults_of(options).empty());
    options.optimizer = "lbfgs";
    ASSERT_EQ(faults_of(options).size(), 1u);
    EXPECT_NE(faults_of(options)[0].find("lbfgs"), std::string::npos);
  }
  EXPECT_EQ(usual_precision({.optimizer = "lbfgs"}), "float64");
  EXPECT_EQ(usual_precision({}), "float32");
}

TEST(TrainOptions, LevenbergMarquardtIsForSquaredErrorsAndFewParameters) {
  const TrainOptions options{.optimizer = "levenberg_marquardt"};
  EXPECT_NO_THROW(require_fit(options, *find_row(losses(), "mse"), 2000));
  EXPECT_NO_THROW(require_fit({}, *find_row(losses(), "mae"), 5000));
  EXPECT_EQ(fault_of([&] { require_fit(options, *find_row(losses(), "mae"), 10); }).what,
            "levenberg_marquardt needs squared errors, and the loss is mae");
  EXPECT_EQ(fault_of([&] { require_fit(options, *find_row(losses(), "mse"), 2001); }).what,
            "levenberg_marquardt is for at most 2000 parameters, and the network has 2001");
}

TEST(TrainOptions, WarmUpIsAShareOfTheStepsAndNotForAScheduleThatWarmsUpItself) {
  for (const double share : {-0.1, 1.0, std::nan("")}) {
    ASSERT_EQ(faults_of({.warmup = share}).size(), 1u);
    EXPECT_NE(faults_of({.warmup = share})[0].find("it must be at least 0 and below 1"), std::string::npos);
  }
  EXPECT_TRUE(faults_of({.warmup = 0.99}).empty());
  EXPECT_TRUE(faults_of({.schedule = "one_cycle"}).empty());
  EXPECT_EQ(faults_of({.schedule = "one_cycle", .warmup = 0.1}),
            std::vector<std::string>{
                "--warmup is 0.1; it must be left out with --schedule one_cycle, which warms up by itself"});
}

TEST(TrainOptions, WhatIsLeftOpenIsSettledByTheRows) {
  const TrainOptions small = settled({}, 300), medium = settled({}, 6400), large = settled({}, 1000000);
  EXPECT_EQ(small.batch_size, 32u);
  EXPECT_EQ(medium.batch_size, 64u);
  EXPECT_EQ(small.learning_rate, 0.005) << "adamw's own";
  EXPECT_EQ(small.optimizer_options.beta2, 0.999);
  EXPECT_EQ(small.optimizer_options.momentum, std::nullopt) << "adamw has none";
  EXPECT_EQ(small.schedule, "cosine");
  EXPECT_EQ(small.epochs, 500u) << "10 steps each";
  EXPECT_EQ(medium.epochs, 100u) << "100 steps each";
  EXPECT_EQ(large.epochs, 50u);
  EXPECT_EQ(settled({}, 1).batch_size, 1u);
  EXPECT_EQ(settled({.batch_size = kAllRows}, 6400).batch_size, 6400u);
  EXPECT_EQ(settled({.batch_size = kAllRows}, 6400).epochs, 500u);
  EXPECT_EQ(settled({.optimizer = "lbfgs"}, 6400).batch_size, 6400u);
  EXPECT_EQ(settled({.optimizer = "lbfgs"}, 6400).epochs, 500u);
}

TEST(TrainOptions, WhatIsGivenStaysWhenSettled) {
  const TrainOptions options = settled({.learning_rate = 0.1, .batch_size = 10, .epochs = 7}, 6400);
  EXPECT_EQ(options.learning_rate, 0.1);
  EXPECT_EQ(options.batch_size, 10u);
  EXPECT_EQ(options.epochs, 7u);
}

}  // namespace
}  // namespace ffwd
