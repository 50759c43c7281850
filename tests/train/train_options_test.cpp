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
  options.epochs = 0;
  options.threads = 100000;
  const auto faults = faults_of(options);
  ASSERT_EQ(faults.size(), 8u);
  EXPECT_EQ(faults[0], "--optimizer: unknown optimizer 'adm'; did you mean 'adam'?");
  EXPECT_EQ(faults[1], "--schedule: unknown schedule 'cosin'; did you mean 'cosine'?");
  EXPECT_EQ(faults[2], "--learning-rate is -1; it must be a number over 0");
  EXPECT_EQ(faults[3], "--momentum is 1; it must be at least 0 and below 1");
  EXPECT_EQ(faults[5], "--l2 is -0.5; it must be a number of at least 0");
  EXPECT_EQ(faults[6], "--epochs is 0; it must be from 1 to 4294967294");
}

}  // namespace
}  // namespace ffwd
