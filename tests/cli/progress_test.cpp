#include "cli/progress.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "cli/fake_console.h"

namespace ffwd {
namespace {

EpochRecord epoch(std::size_t number, double valid = 0.5) {
  return {.epoch = number, .train_loss = 0.25, .valid_loss = valid, .learning_rate = 1e-3, .seconds = 0.0};
}

TEST(Progress, OnATerminalOneLineIsRedrawnAndRemoved) {
  FakeConsole fake;
  fake.console.err_screen = {.terminal = true, .styled = true, .unicode = false, .width = 120};
  {
    Progress progress(fake.console, 10);
    fake.now = 1.0;
    progress.on_epoch(epoch(1));
    EXPECT_EQ(fake.err.str(),
              "\repoch 2/10 ###...........................  10%  loss 0.2500  valid 0.5000  rate 0.0010"
              "  at most 9 s left\033[K")
        << fake.err.str();
  }
  EXPECT_TRUE(fake.err.str().ends_with("\r\033[K"));
}

TEST(Progress, OfNetworksSideBySideSaysWhichAndCountsAll) {
  FakeConsole fake;
  fake.console.err_screen = {.terminal = true, .styled = true, .unicode = false, .width = 120};
  Progress progress(fake.console, 10, {.starts = 4});
  EpochRecord record = epoch(5);
  record.start = 1;
  progress.on_epoch(record);
  record.start = 2;
  record.epoch = 3;
  record.last = true;  // which it stops after
  progress.on_epoch(record);
  fake.now = 1.0;
  record = epoch(5);
  record.start = 3;
  record.valid_score = 0.75;
  progress.on_epoch(record);
  EXPECT_NE(fake.err.str().find("start 3/4  epoch 6/10 "), std::string::npos) << fake.err.str();
  EXPECT_NE(fake.err.str().find("50%  loss 0.2500  valid 0.5000 0.7500"), std::string::npos) << fake.err.str();
}

TEST(Progress, OfFoldsAndMembersCountsEachNetworksOwnEpochs) {
  FakeConsole fake;
  fake.console.err_screen = {.terminal = true, .styled = true, .unicode = false, .width = 120};
  Progress progress(fake.console, 10, {.members = 2, .folds = 5, .penalties = 2});
  fake.now = 1.0;
  EpochRecord record = epoch(8);
  record.epochs = 20;
  record.member = 2;
  record.fold = 3;
  record.penalty = 1;
  progress.on_epoch(record);
  EXPECT_NE(fake.err.str().find("fold 3/5  penalty 1/2  member 2/2  epoch 9/20 "), std::string::npos);
  EXPECT_NE(fake.err.str().find("  2%  loss"), std::string::npos) << fake.err.str();
}

TEST(Progress, ItIsDrawnAtMostTenTimesASecond) {
  FakeConsole fake;
  fake.console.err_screen.terminal = true;
  Progress progress(fake.console, 10);
  for (int i = 0; i < 100; ++i) {
    fake.now += 0.01;
    progress.on_step(static_cast<std::size_t>(i), 100);
  }
  const std::string drawn = fake.err.str();
  EXPECT_LE(std::count(drawn.begin(), drawn.end(), '\r'), 10);
  EXPECT_GE(std::count(drawn.begin(), drawn.end(), '\r'), 8);
}

TEST(Progress, TheLineNeverWraps) {
  for (const std::size_t width : {40u, 60u, 80u}) {
    FakeConsole fake;
    fake.console.err_screen = {.terminal = true, .styled = false, .unicode = false, .width = width};
    Progress progress(fake.console, 1000);
    fake.now = 5.0;
    progress.on_epoch(epoch(100));
    EXPECT_LT(fake.err.str().size() - std::string("\r\033[K").size(), width);
  }
}

TEST(Progress, ElsewhereALineIsWrittenPerTenthAndTwoSeconds) {
  FakeConsole fake;
  {
    Progress progress(fake.console, 20);
    for (std::size_t k = 1; k <= 20; ++k) {
      fake.now += 1.5;
      progress.on_step(1, 2);
      progress.on_epoch(epoch(k, std::numeric_limits<double>::quiet_NaN()));
    }
  }
  const std::string lines = fake.err.str();
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 10);
  EXPECT_TRUE(lines.starts_with("epoch 2/20  loss 0.2500  rate 0.0010\n")) << lines;
}

TEST(Progress, AQuickRunWritesNothingToAFile) {
  FakeConsole fake;
  Progress progress(fake.console, 100);
  for (std::size_t k = 1; k <= 100; ++k) {
    fake.now += 0.01;
    progress.on_epoch(epoch(k));
  }
  EXPECT_EQ(fake.err.str(), "");
}

}  // namespace
}  // namespace ffwd
