#include "dataset/folds.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace ffwd {
namespace {

std::vector<std::size_t> sizes_of(const std::vector<std::uint32_t>& fold, std::size_t folds) {
  std::vector<std::size_t> sizes(folds);
  for (const std::uint32_t f : fold) ++sizes.at(f);
  return sizes;
}

TEST(Folds, AreOfNearlyEqualSizeAndDependOnTheSeed) {
  for (const std::size_t rows : {5U, 23U, 100U}) {
    const auto fold = deal_rows(rows, {}, 5, 1);
    ASSERT_EQ(fold.size(), rows);
    const auto [least, most] = std::ranges::minmax(sizes_of(fold, 5));
    EXPECT_LE(most - least, 1u);
    EXPECT_EQ(fold, deal_rows(rows, {}, 5, 1));
    EXPECT_TRUE(rows == 5 || fold != deal_rows(rows, {}, 5, 2));
  }
  const auto fold = deal_rows(100, {}, 5, 1);
  EXPECT_FALSE(std::ranges::is_sorted(fold)) << "not in the order of the table";
}

TEST(Folds, KeepTheSharesOfTheClasses) {
  std::vector<std::uint32_t> classes;
  for (std::uint32_t i = 0; i < 97; ++i) classes.push_back(i % 10 == 0 ? 2 : i % 3 == 0 ? 1 : 0);
  const auto fold = deal_rows(classes.size(), classes, 4, 3);
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> count;
  for (std::size_t i = 0; i < fold.size(); ++i) ++count[{classes[i], fold[i]}];
  for (std::uint32_t c = 0; c < 3; ++c) {
    std::vector<std::size_t> of_class;
    for (std::uint32_t f = 0; f < 4; ++f) of_class.push_back(count[{c, f}]);
    const auto [least, most] = std::ranges::minmax(of_class);
    EXPECT_LE(most - least, 1u) << c;
  }
  const auto [least, most] = std::ranges::minmax(sizes_of(fold, 4));
  EXPECT_LE(most - least, 1u);
}

TEST(Folds, KeepGroupsWhole) {
  std::vector<std::uint32_t> groups;
  for (std::uint32_t g = 0; g < 20; ++g) groups.insert(groups.end(), 1 + g % 5, g);
  const auto fold = deal_groups(groups, 3, 1);
  std::map<std::uint32_t, std::uint32_t> fold_of;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    EXPECT_EQ(fold_of.emplace(groups[i], fold[i]).first->second, fold[i]);
  }
  EXPECT_EQ(sizes_of(fold, 3), (std::vector<std::size_t>{20, 20, 20}));
  EXPECT_NE(fold, deal_groups(groups, 3, 2));
  EXPECT_EQ(deal_groups(std::vector<std::uint32_t>{0, 1, 2}, 3, 1).size(), 3u);
  EXPECT_TRUE(deal_groups({}, 3, 1).empty());
}

}  // namespace
}  // namespace ffwd
