#include "core/denormals.h"

#include <gtest/gtest.h>

#include <limits>

namespace ffwd {
namespace {

TEST(Denormals, AreZeroInsideTheScopeAndBackAfterIt) {
  volatile float smallest = std::numeric_limits<float>::min();
  volatile float half = 0.5f;
  EXPECT_GT(smallest * half, 0.0f);
  {
    const FlushDenormals flush;
    const float product = smallest * half;
    EXPECT_EQ(product, 0.0f);
  }
  EXPECT_GT(smallest * half, 0.0f);
}

}  // namespace
}  // namespace ffwd
