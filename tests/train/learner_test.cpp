#include "train/learner.h"

#include <gtest/gtest.h>

namespace ffwd {
namespace {

TEST(RunClock, SaysHowMuchOfItsLimitIsGone) {
  double time = 10;
  const TrainHooks hooks{.clock = [&] { return time; }, .on_epoch = {}, .on_step = {}, .stop = {}};
  const RunClock limited(hooks, 4), endless(hooks, 0);
  time = 11;
  EXPECT_EQ(limited.share(), 0.25);
  EXPECT_EQ(endless.share(), 0);
  EXPECT_FALSE(limited.is_stopped());
}

TEST(Divergence, NamesTheStepOnlyWhereThereAreSeveral) {
  const Fault fault = divergence("the loss is not finite", 3, 2, {.optimizer = "sgd", .learning_rate = 7});
  EXPECT_EQ(fault.what, "training diverged: the loss is not finite in epoch 3, step 2");
  EXPECT_NE(fault.fix.find("--learning-rate (it was 7)"), std::string::npos);
  const Fault full = divergence("the loss is not finite", 1, 1, {.optimizer = "lbfgs"});
  EXPECT_EQ(full.what, "training diverged: the loss is not finite in epoch 1");
  EXPECT_EQ(full.fix.find("--learning-rate"), std::string::npos);
}

TEST(SmoothPenalties, AreAllButTheL1OfProximalSteps) {
  EXPECT_TRUE(smooth_penalties({}).empty());
  EXPECT_TRUE(smooth_penalties({.l1 = 1}).empty());
  const auto both = smooth_penalties({.l2 = 0.5, .l2_biases = true, .l1 = 0.25, .l1_by = "subgradient"});
  ASSERT_EQ(both.size(), 2u);
  EXPECT_EQ(both[0].factor(), 0.5);
  EXPECT_TRUE(both[0].biases);
  EXPECT_EQ(both[1].kind, PenaltyKind::kL1);
  EXPECT_FALSE(both[1].biases);
}

}  // namespace
}  // namespace ffwd
