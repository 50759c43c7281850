#include <gtest/gtest.h>

#include <iterator>
#include <numeric>

#include "kernels/layout.h"
#include "model/flats.h"
#include "model/parts.h"
#include "support/stored_table.h"

namespace ffwd {
namespace {

TEST(Transformed, IsTheSameForAnyNumberOfThreads) {
  const Table table = flats(5000);
  std::vector<RowIndex> rows(5000);
  std::iota(rows.begin(), rows.end(), RowIndex{0});
  std::vector<std::string> warnings;
  const std::vector<std::string> features{"size", "district", "since"};
  const Pipeline pipeline = Pipeline::fit(table, rows, features, {}, warnings);
  UnseenByColumn unseen;
  const auto one = transformed<float>(pipeline, table, rows, 1, unseen);
  EXPECT_EQ(one, transformed<float>(pipeline, table, rows, 4, unseen));
  EXPECT_EQ(one.size(), 5000 * padded<float>(pipeline.n_features()));
  for (std::size_t j = pipeline.n_features(); j < padded<float>(pipeline.n_features()); ++j) EXPECT_EQ(one[j], 0);
}

TEST(Transformed, ListsOfRowsAreEachTheirRowsWhereverTheTableIs) {
  const Table table = flats(1000);
  std::vector<RowIndex> lists[3];
  for (RowIndex row = 0; row < 1000; ++row) lists[row % 7 == 0 ? 1 : 0].push_back(row);
  std::vector<std::string> warnings;
  const std::vector<std::string> features{"size", "district", "since", "balcony"};
  const Pipeline pipeline = Pipeline::fit(table, lists[1], features, {}, warnings);
  const std::vector<RowList> asked(std::begin(lists), std::end(lists));
  UnseenByColumn wanted, unseen;
  const auto one = transformed<float>(pipeline, table, lists[0], 1, wanted);
  const auto two = transformed<float>(pipeline, table, lists[1], 1, wanted);
  for (const Table& from : {table, stored(table, 300, 70), stored(table, 1000, 1), stored(table, 1, 1)}) {
    for (const unsigned threads : {1U, 4U}) {
      unseen.clear();
      const auto all = transformed_lists<float>(pipeline, from, asked, threads, unseen);
      ASSERT_EQ(all.size(), 3u);
      EXPECT_EQ(all[0], one);
      EXPECT_EQ(all[1], two);
      EXPECT_TRUE(all[2].empty());
      ASSERT_EQ(unseen.size(), wanted.size());
      for (const auto& [column, found] : wanted) {
        EXPECT_EQ(unseen[column].n_rows, found.n_rows);
        EXPECT_EQ(unseen[column].example, found.example);
      }
    }
  }
}

TEST(Transformed, AddsCountsOfUnseenValues) {
  UnseenByColumn sum{{"a", {.n_rows = 2, .example = "x"}}};
  merge({{"a", {.n_rows = 3, .example = "y"}}, {"b", {.n_rows = 1, .example = "z"}}}, sum);
  EXPECT_EQ(sum["a"].n_rows, 5u);
  EXPECT_EQ(sum["a"].example, "x");
  EXPECT_EQ(sum["b"].example, "z");
}

}  // namespace
}  // namespace ffwd
