#include "dataset/group_split.h"

#include <gtest/gtest.h>

#include <numeric>
#include <set>
#include <vector>

namespace ffwd {
namespace {

struct Rows {
  std::vector<std::uint32_t> rows, groups;
};

/// Groups of 1, 2, … rows, told apart by their number.
Rows rising_groups(std::uint32_t n_groups) {
  Rows made;
  for (std::uint32_t g = 0; g < n_groups; ++g) made.groups.insert(made.groups.end(), g + 1, g);
  made.rows.resize(made.groups.size());
  std::iota(made.rows.begin(), made.rows.end(), 0u);
  return made;
}

std::set<std::uint32_t> groups_of(const std::vector<std::uint32_t>& part, const Rows& made) {
  std::set<std::uint32_t> groups;
  for (const std::uint32_t row : part) groups.insert(made.groups[row]);
  return groups;
}

TEST(GroupSplit, NoGroupIsCutAndEveryRowIsSomewhere) {
  const Rows made = rising_groups(40);
  const Split split = split_groups(made.rows, made.groups, 0.1, 0.2, 5);
  EXPECT_EQ(split.train.size() + split.valid.size() + split.test.size(), 820u);
  std::set<std::uint32_t> all;
  std::size_t n_groups = 0;
  for (const auto* part : {&split.train, &split.valid, &split.test}) {
    const auto groups = groups_of(*part, made);
    n_groups += groups.size();
    all.insert(groups.begin(), groups.end());
  }
  EXPECT_EQ(n_groups, 40u);
  EXPECT_EQ(all.size(), 40u);
}

TEST(GroupSplit, SharesAreMetAsNearlyAsGroupsAllow) {
  const Rows made = rising_groups(40);
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Split split = split_groups(made.rows, made.groups, 0.1, 0.2, seed);
    EXPECT_NEAR(static_cast<double>(split.test.size()), 164, 20) << seed;
    EXPECT_NEAR(static_cast<double>(split.valid.size()), 82, 20) << seed;
  }
}

TEST(GroupSplit, DependsOnTheSeed) {
  const Rows made = rising_groups(40);
  EXPECT_EQ(split_groups(made.rows, made.groups, 0, 0.2, 1).test, split_groups(made.rows, made.groups, 0, 0.2, 1).test);
  EXPECT_NE(split_groups(made.rows, made.groups, 0, 0.2, 1).test, split_groups(made.rows, made.groups, 0, 0.2, 2).test);
}

TEST(GroupSplit, OneGroupIsLeftToTrainOn) {
  const std::vector<std::uint32_t> rows = {3, 5, 8}, one = {0, 0, 0};
  EXPECT_EQ(split_groups(rows, one, 0.4, 0.5, 0).train, rows);
  const std::vector<std::uint32_t> three = {0, 1, 2};
  const Split split = split_groups(rows, three, 0.45, 0.45, 0);
  EXPECT_EQ(split.train.size(), 1u);
  EXPECT_EQ(split.valid.size(), 1u);
  EXPECT_EQ(split.test.size(), 1u);
  EXPECT_TRUE(split_groups({}, {}, 0.1, 0.2, 0).train.empty());
}

}  // namespace
}  // namespace ffwd
