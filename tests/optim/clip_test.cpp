#include "optim/clip.h"

#include <gtest/gtest.h>

#include "core/aligned.h"
#include "kernels/layout.h"

namespace ffwd {
namespace {

TEST(ClipNorm, ShortensALongGradientAndLeavesAShortOneAlone) {
  AlignedVector<double> g(kLanes<double>);
  g[0] = 3;
  g[5] = -4;
  clip_norm(g.size(), 10.0, g.data());
  EXPECT_EQ(g[0], 3);
  clip_norm(g.size(), 1.0, g.data());
  EXPECT_NEAR(g[0], 0.6, 1e-6);
  EXPECT_NEAR(g[5], -0.8, 1e-6);
}

TEST(ClipNorm, LeavesZerosZero) {
  AlignedVector<float> g(kLanes<float>);
  clip_norm(g.size(), 0.5, g.data());
  for (const float value : g) EXPECT_EQ(value, 0);
}

}  // namespace
}  // namespace ffwd
