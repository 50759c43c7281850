#include "optim/minimizer_check.h"

namespace ffwd {
namespace {

TEST(Lbfgs, ReachesTheMinimumOfRosenbrocksFunction) { check_rosenbrock("lbfgs", {2, 4}, 100); }

TEST(Lbfgs, SaysWhenNothingIsLeftToGain) { check_end("lbfgs"); }

TEST(Lbfgs, NeedsAboutAsManyIterationsForABowlAsItHasCoordinates) {
  for (const std::size_t n : {3u, 20u}) {
    Bowl<double> bowl(n, 100);
    AlignedVector<double> parameters(bowl.size());
    const Minimised run = minimise<double>("lbfgs", bowl, parameters, 1e-12, 200);
    EXPECT_LE(run.value, 1e-12);
    EXPECT_LE(run.iterations, 40);
  }
}

TEST(Lbfgs, RemembersAsManyStepsAsItIsTold) {
  const auto iterations = [](double memory) {
    Bowl<double> bowl(50, 1000);
    AlignedVector<double> parameters(bowl.size());
    return minimise<double>("lbfgs", bowl, parameters, 1e-12, 2000, {.lbfgs_memory = memory}).iterations;
  };
  EXPECT_GT(iterations(1), iterations(40));
}

TEST(Lbfgs, WorksInSinglePrecisionToo) {
  Bowl<float> bowl(20, 100);
  AlignedVector<float> parameters(bowl.size());
  EXPECT_LE(minimise<float>("lbfgs", bowl, parameters, 1e-6, 200).value, 1e-6);
}

}  // namespace
}  // namespace ffwd
