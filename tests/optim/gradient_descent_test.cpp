#include "optim/minimizer_check.h"

namespace ffwd {
namespace {

TEST(GradientDescent, ReachesTheMinimumOfABowlInALineAlongItsCondition) {
  for (const double condition : {1.0, 10.0}) {
    Bowl<double> bowl(20, condition);
    AlignedVector<double> parameters(bowl.size());
    const Minimised run = minimise<double>("gradient_descent", bowl, parameters, 1e-12, 200);
    EXPECT_LE(run.value, 1e-12) << condition;
    if (condition == 1) {
      EXPECT_LE(run.iterations, 5);
    }
  }
}

TEST(GradientDescent, GoesDownRosenbrocksValleySlowly) {
  Rosenbrock<double> valley(2);
  AlignedVector<double> parameters = rosenbrock_start(2);
  EXPECT_LE(minimise<double>("gradient_descent", valley, parameters, 1e-3, 5000).value, 1e-3);
}

}  // namespace
}  // namespace ffwd
