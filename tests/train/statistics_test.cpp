#include "train/statistics.h"

#include <gtest/gtest.h>

#include "core/aligned.h"

namespace ffwd {
namespace {

// A bias, and a running mean of two units.
struct Made {
  ParameterLayout layout;
  std::size_t mean = 0;
  AlignedVector<double> parameters, gradient;

  Made() {
    layout.add_bias("n.bias", 2, 8);
    mean = layout.add({.name = "n.mean", .shape = {2}, .ld = 8, .kind = ParameterKind::kStatistic, .momentum = 0.25});
    parameters.resize(layout.size());
    gradient.assign(layout.size(), 3.0);
  }
  // What backward leaves there of a batch of `rows` rows whose mean is this.
  void meet(double batch_mean, std::size_t rows, std::size_t step) {
    for (std::size_t c = 0; c < 2; ++c) {
      gradient[mean + c] = static_cast<double>(rows) * (parameters[mean + c] - batch_mean);
    }
    move_statistics(layout, rows, step, parameters.data(), gradient.data());
  }
};

TEST(Statistics, MoveByTheirMomentumAndTheFirstBatchesAsEquals) {
  Made made;
  made.parameters[made.mean] = 100;
  made.meet(8, 32, 1);
  EXPECT_EQ(made.parameters[made.mean], 8);
  EXPECT_EQ(made.parameters[made.mean + 1], 8);
  made.meet(4, 16, 2);
  EXPECT_EQ(made.parameters[made.mean], 6);
  made.meet(2, 16, 100);
  EXPECT_EQ(made.parameters[made.mean], 5);
}

TEST(Statistics, AShortBatchMovesThemInProportion) {
  Made made;
  made.meet(8, 32, 1);
  for (std::size_t c = 0; c < 2; ++c) made.gradient[made.mean + c] = 2 * (8 - 40.0);  // of 2 rows whose mean is 40
  move_statistics(made.layout, 32, 100, made.parameters.data(), made.gradient.data());
  EXPECT_EQ(made.parameters[made.mean], 8 + 0.25 * 2 / 32 * 32);
}

TEST(Statistics, DoNotPassZeroByRounding) {
  ParameterLayout layout;
  const std::size_t at = layout.add({.name = "n.variance",
                                     .shape = {1},
                                     .ld = 16,
                                     .kind = ParameterKind::kStatistic,
                                     .at_least_zero = true,
                                     .momentum = 1});
  AlignedVector<float> parameters(layout.size()), gradient(layout.size());
  for (int k = 1; k < 1000; ++k) {
    const float v = static_cast<float>(k) / 7;
    parameters[at] = v;
    gradient[at] = 5 * v;  // the batch's is 0
    move_statistics(layout, 5, 100, parameters.data(), gradient.data());
    ASSERT_GE(parameters[at], 0) << k;
    ASSERT_NEAR(parameters[at], 0, 1e-4) << k;
  }
}

TEST(Statistics, LeaveWhatIsLearnedAloneAndNothingForTheOptimiser) {
  Made made;
  made.meet(8, 32, 1);
  EXPECT_EQ(made.parameters[0], 0);
  EXPECT_EQ(made.gradient[0], 3);
  EXPECT_EQ(made.gradient[made.mean], 0);
}

}  // namespace
}  // namespace ffwd
