#include "dataset/split.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace ffwd {
namespace {

std::vector<std::uint32_t> numbered(std::size_t n) {
  std::vector<std::uint32_t> rows(n);
  std::iota(rows.begin(), rows.end(), 0u);
  return rows;
}

TEST(Split, CutsRoundedSharesAndUsesEveryRowOnce) {
  for (std::size_t n : {1u, 2u, 3u, 10u, 99u, 101u, 1000u}) {
    const Split split = split_rows(numbered(n), {}, 0.1, 0.2, 4);
    if (n >= 10) {
      EXPECT_EQ(split.test.size(), (n * 2 + 5) / 10);
      EXPECT_EQ(split.valid.size(), (n + 5) / 10);
    }
    EXPECT_GE(split.train.size(), 1u);
    std::vector<std::uint32_t> all = split.train;
    all.insert(all.end(), split.valid.begin(), split.valid.end());
    all.insert(all.end(), split.test.begin(), split.test.end());
    std::sort(all.begin(), all.end());
    EXPECT_EQ(all, numbered(n));
    EXPECT_TRUE(std::is_sorted(split.train.begin(), split.train.end()));
  }
}

TEST(Split, KeepsTheSharesOfTheClassesAndARowOfEachForTraining) {
  std::vector<std::uint32_t> classes;
  for (std::size_t i = 0; i < 1000; ++i) classes.push_back(i % 10 == 0 ? 1 : i == 1 ? 2 : 0);
  const Split split = split_rows(numbered(1000), classes, 0.1, 0.2, 4);
  const auto count = [&](const std::vector<std::uint32_t>& part, std::uint32_t c) {
    return std::count_if(part.begin(), part.end(), [&](std::uint32_t row) { return classes[row] == c; });
  };
  EXPECT_EQ(split.test.size(), 200u);
  EXPECT_EQ(split.valid.size(), 100u);
  EXPECT_EQ(count(split.test, 1), 20);
  EXPECT_EQ(count(split.valid, 1), 10);
  EXPECT_EQ(count(split.train, 2), 1);
}

TEST(Split, DependsOnTheSeed) {
  const auto rows = numbered(100);
  EXPECT_EQ(split_rows(rows, {}, 0, 0.2, 1).test, split_rows(rows, {}, 0, 0.2, 1).test);
  EXPECT_NE(split_rows(rows, {}, 0, 0.2, 1).test, split_rows(rows, {}, 0, 0.2, 2).test);
}

TEST(Split, OfNoSharesTrainsOnEverything) {
  const Split split = split_rows(numbered(5), {}, 0, 0, 1);
  EXPECT_EQ(split.train, numbered(5));
  EXPECT_TRUE(split.valid.empty());
  EXPECT_TRUE(split.test.empty());
}

}  // namespace
}  // namespace ffwd
