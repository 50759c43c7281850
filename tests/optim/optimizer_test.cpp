#include "optim/optimizer.h"

#include <gtest/gtest.h>

#include "core/aligned.h"
#include "core/rows.h"
#include "kernels/layout.h"

namespace ffwd {
namespace {

// Padding is zero in parameters and gradients, and every kernel counts on it staying so.
TEST(Optimizers, LeaveZeroParametersWithZeroGradientsAtZero) {
  for (const OptimizerRow* row : optimizers()) {
    SCOPED_TRACE(row->name);
    AlignedVector<float> parameters(kLanes<float>), gradient(kLanes<float>);
    const auto optimizer = make_optimizer<float>(*row, parameters.size(), {});
    for (int t = 0; t < 3; ++t) optimizer->step(parameters.data(), gradient.data(), row->default_learning_rate);
    for (float p : parameters) EXPECT_EQ(p, 0);
  }
}

TEST(Optimizers, HaveNamesSourcesAndRates) {
  for (const OptimizerRow* row : optimizers()) {
    EXPECT_FALSE(row->summary.empty());
    EXPECT_FALSE(row->source.empty());
    EXPECT_GT(row->default_learning_rate, 0);
  }
}

}  // namespace
}  // namespace ffwd
