#include "train/full_batch_learner.h"

#include <gtest/gtest.h>

#include "train/batch_pass.h"
#include "train/workshop.h"

namespace ffwd {
namespace {

TEST(FullBatchLearner, ReportsTheLossWithoutThePenaltyWhereTheParametersAreNow) {
  for (const char* optimizer : {"gradient_descent", "lbfgs", "levenberg_marquardt"}) {
    SCOPED_TRACE(optimizer);
    const MadeWorkshop<double> made(made_up_data<double>(40, 3, 0), dense_network(3, {5}, {"tanh"}, 1),
                                    {.optimizer = optimizer, .l2 = 0.1});
    const auto learner = make_full_batch_learner(made.shop, made.initial());
    ValidationPass<double> pass(made.plan, made.run.loss, made.data, 1);
    double before = pass.run(learner->parameters().data());
    for (std::size_t epoch = 1; epoch <= 3; ++epoch) {
      const EpochOutcome outcome = learner->run_epoch(epoch);
      EXPECT_NEAR(outcome.loss, pass.run(learner->parameters().data()), 1e-12);
      EXPECT_GT(outcome.rate, 0);
    }
    EXPECT_LT(pass.run(learner->parameters().data()), before);
  }
}

}  // namespace
}  // namespace ffwd
