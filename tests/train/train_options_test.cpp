#include "train/train_options.h"

#include <gtest/gtest.h>

#include <cmath>

namespace ffwd {
namespace {

TEST(TrainOptions, TheDefaultsAreValid) { EXPECT_TRUE(faults_of({}).empty()); }

TEST(TrainOptions, EveryFaultIsReportedWithItsOptionAndWhatIsAllowed) {
  TrainOptions options;
  options.optimizer = "adm";
  options.schedule = "cosin";
  options.learning_rate = -1;
  options.momentum = 1;
  options.weight_decay = std::nan("");
  options.l2 = -0.5;
  options.epochs = 5000000000;
  options.threads = 100000;
  const auto faults = faults_of(options);
  ASSERT_EQ(faults.size(), 8u);
  EXPECT_EQ(faults[0], "--optimizer: unknown optimizer 'adm'; did you mean 'adam'?");
  EXPECT_EQ(faults[1], "--schedule: unknown schedule 'cosin'; did you mean 'cosine'?");
  EXPECT_EQ(faults[2], "--learning-rate is -1; it must be a number over 0");
  EXPECT_EQ(faults[3], "--momentum is 1; it must be at least 0 and below 1");
  EXPECT_EQ(faults[5], "--l2 is -0.5; it must be a number of at least 0");
  EXPECT_EQ(faults[6], "--epochs is 5000000000; it must be at most 4294967294");
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
  EXPECT_EQ(small.epochs, 500u) << "10 steps each";
  EXPECT_EQ(medium.epochs, 100u) << "100 steps each";
  EXPECT_EQ(large.epochs, 50u);
  EXPECT_EQ(settled({}, 1).batch_size, 1u);
  EXPECT_EQ(settled({.batch_size = kAllRows}, 6400).batch_size, 6400u);
  EXPECT_EQ(settled({.batch_size = kAllRows}, 6400).epochs, 500u);
}

TEST(TrainOptions, WhatIsGivenStaysWhenSettled) {
  const TrainOptions options = settled({.learning_rate = 0.1, .batch_size = 10, .epochs = 7}, 6400);
  EXPECT_EQ(options.learning_rate, 0.1);
  EXPECT_EQ(options.batch_size, 10u);
  EXPECT_EQ(options.epochs, 7u);
}

}  // namespace
}  // namespace ffwd
