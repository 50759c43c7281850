#include "plan/parameters.h"

#include <gtest/gtest.h>

#include <numeric>

#include "kernels/layout.h"

namespace ffwd {
namespace {

TEST(ParameterLayout, StartsEveryTensorOnABlockAndPadsItsRows) {
  ParameterLayout layout;
  EXPECT_EQ(layout.add_weight("a.weight", 20, 3, /*transposed=*/true, InitRule::kHe, 16), 0u);
  EXPECT_EQ(layout.add_bias("a.bias", 20, 16), 3u * 32);
  EXPECT_EQ(layout.add_weight("b.weight", 2, 20, /*transposed=*/false, InitRule::kHe, 16), 3u * 32 + 32);
  EXPECT_EQ(layout.size(), 3u * 32 + 32 + 2 * 32);
  EXPECT_EQ(layout.n_values(), 60u + 20 + 40);
}

TEST(ParameterLayout, ReadsBackWhatItWroteAndLeavesThePaddingAlone) {
  for (bool transposed : {false, true}) {
    ParameterLayout layout;
    layout.add_weight("w", 5, 3, transposed, InitRule::kHe, kLanes<double>);
    const ParameterRange& range = layout.ranges()[0];
    std::vector<double> stored(layout.size(), 0.0), values(15), back(15);
    std::iota(values.begin(), values.end(), 1.0);
    layout.write<double>(range, values, stored.data());
    layout.read<double>(range, stored.data(), back);
    EXPECT_EQ(back, values);
    EXPECT_EQ(std::accumulate(stored.begin(), stored.end(), 0.0), 120.0);
    // Output 1, input 2 is value 1 · 3 + 2 of the row-major [outputs, inputs].
    EXPECT_EQ(stored[transposed ? 2 * 8 + 1 : 1 * 8 + 2], 6.0);
  }
}

TEST(ParameterLayout, PenalisesWeightsAndNotBiases) {
  ParameterLayout layout;
  layout.add_weight("w", 5, 3, true, InitRule::kGlorot, 16);
  layout.add_bias("b", 5, 16);
  EXPECT_TRUE(layout.ranges()[0].penalised());
  EXPECT_FALSE(layout.ranges()[1].penalised());
}

}  // namespace
}  // namespace ffwd
