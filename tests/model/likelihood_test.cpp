#include "model/likelihood.h"

#include <gtest/gtest.h>

#include "core/rows.h"

namespace ffwd {
namespace {

constexpr Task kTasks[] = {Task::kRegression, Task::kBinary, Task::kMulticlass};

TEST(Likelihood, EveryTaskHasAUsualLossWhichIsItsFirst) {
  for (const Task task : kTasks) {
    const LossRow* const usual = find_loss(task, "auto");
    ASSERT_NE(usual, nullptr);
    EXPECT_EQ(loss_names(task).front(), usual->name);
    EXPECT_EQ(find_loss(task, usual->name), usual);
  }
}

TEST(Likelihood, EveryLossOfOneOutputForATargetFitsOneTask) {
  for (const LossRow* row : losses()) {
    if (row->outputs != LossOutputs::kOne || row->targets == LossTargets::kCounts) continue;
    int fits = 0;
    for (const Task task : kTasks) fits += find_loss(task, row->name) == row ? 1 : 0;
    EXPECT_EQ(fits, 1) << row->name;
  }
  EXPECT_EQ(find_loss(Task::kRegression, "binary_cross_entropy"), nullptr);
  EXPECT_EQ(find_loss(Task::kRegression, "nonsense"), nullptr);
}

}  // namespace
}  // namespace ffwd
