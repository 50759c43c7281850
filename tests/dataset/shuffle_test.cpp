#include "dataset/shuffle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <vector>

namespace ffwd {
namespace {

TEST(Shuffle, IsAPermutationThatDependsOnSeedAndEpochOnly) {
  std::vector<std::uint32_t> a(1000), b(1000), other_epoch(1000), other_seed(1000);
  shuffled_order(1, 1, a);
  shuffled_order(1, 1, b);
  shuffled_order(1, 2, other_epoch);
  shuffled_order(2, 1, other_seed);
  EXPECT_EQ(a, b);
  EXPECT_NE(a, other_epoch);
  EXPECT_NE(a, other_seed);
  std::sort(b.begin(), b.end());
  std::vector<std::uint32_t> all(1000);
  std::iota(all.begin(), all.end(), 0u);
  EXPECT_EQ(b, all);
}

TEST(Shuffle, PutsEveryRowEverywhereEquallyOften) {
  int first_stays = 0;
  for (std::uint32_t epoch = 0; epoch < 6000; ++epoch) {
    std::vector<std::uint32_t> order(3);
    shuffled_order(7, epoch, order);
    first_stays += order[0] == 0;
  }
  EXPECT_NEAR(first_stays, 2000, 200);
}

TEST(Shuffle, TakesNoneAndOneRow) {
  std::vector<std::uint32_t> none, one(1, 9);
  shuffled_order(1, 1, none);
  shuffled_order(1, 1, one);
  EXPECT_EQ(one[0], 0u);
}

}  // namespace
}  // namespace ffwd
