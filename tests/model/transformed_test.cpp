#include <gtest/gtest.h>

#include <numeric>

#include "kernels/layout.h"
#include "model/flats.h"
#include "model/parts.h"

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

TEST(Transformed, AddsCountsOfUnseenValues) {
  UnseenByColumn sum{{"a", {.n_rows = 2, .example = "x"}}};
  merge({{"a", {.n_rows = 3, .example = "y"}}, {"b", {.n_rows = 1, .example = "z"}}}, sum);
  EXPECT_EQ(sum["a"].n_rows, 5u);
  EXPECT_EQ(sum["a"].example, "x");
  EXPECT_EQ(sum["b"].example, "z");
}

}  // namespace
}  // namespace ffwd
