#include "optim/minimizer_check.h"

namespace ffwd {
namespace {

TEST(ConjugateGradient, ReachesTheMinimumOfRosenbrocksFunction) { check_rosenbrock("conjugate_gradient", {2, 4}, 200); }

TEST(ConjugateGradient, SaysWhenNothingIsLeftToGain) { check_end("conjugate_gradient"); }

TEST(ConjugateGradient, NeedsAboutAsManyIterationsForABowlAsItHasCoordinates) {
  for (const std::size_t n : {3u, 20u}) {
    Bowl<double> bowl(n, 100);
    AlignedVector<double> parameters(bowl.size());
    const Minimised run = minimise<double>("conjugate_gradient", bowl, parameters, 1e-12, 200);
    EXPECT_LE(run.value, 1e-12);
    EXPECT_LE(run.iterations, 40);
  }
}

TEST(ConjugateGradient, WorksInSinglePrecisionToo) {
  Bowl<float> bowl(20, 100);
  AlignedVector<float> parameters(bowl.size());
  EXPECT_LE(minimise<float>("conjugate_gradient", bowl, parameters, 1e-6, 200).value, 1e-6);
}

}  // namespace
}  // namespace ffwd
