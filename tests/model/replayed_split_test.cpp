#include "model/replayed_split.h"

#include <gtest/gtest.h>

#include <numeric>

#include "model/flats.h"
#include "model/parts.h"
#include "model/preparation.h"

namespace ffwd {
namespace {

std::string grouped_csv(std::size_t rows) {
  std::string csv = "x,g,y\n";
  for (std::size_t r = 0; r < rows; ++r) {
    csv += std::to_string(r * 37 % 101) + "," + std::to_string(r * r % 13) + "," + std::to_string(r * 11 % 29) + ".5\n";
  }
  return csv;
}

struct Again {
  Split had;
  ReplayedSplit now;
};

/// What prepare() cut, and what is found from the model's record alone.
Again again(const Table& table, const FitOptions& options, const Table* test = nullptr) {
  FitOptions quick = options;
  quick.hidden = "3";
  quick.train.epochs = 1;
  const Model model = *fit(table, nullptr, test, quick).model;
  std::vector<RowIndex> rows(table.n_rows());
  std::iota(rows.begin(), rows.end(), RowIndex{0});
  return {.had = prepare(table, nullptr, test, quick).split,
          .now = replay_split({.data = table,
                               .rows = rows,
                               .targets = model.parts().targets,
                               .group = options.group,
                               .valid_fraction = {},
                               .test_fraction = {}},
                              model.parts().training)};
}

void expect_same_rows(const Again& both) {
  EXPECT_TRUE(both.now.as_trained);
  EXPECT_EQ(both.now.split.train, both.had.train);
  EXPECT_EQ(both.now.split.valid, both.had.valid);
  EXPECT_EQ(both.now.split.test, both.had.test);
}

TEST(ReplayedSplit, FindsTheRowsThatTrainingCut) {
  FitOptions options;
  options.targets = {"rent"};
  options.drop = {"dear"};
  expect_same_rows(again(flats(333), options));
  options.train.seed = 17;
  options.valid_fraction = 0.07;
  options.test_fraction = 0.31;
  expect_same_rows(again(flats(333), options));
  options.test_fraction = 0.0;
  expect_same_rows(again(flats(333), options));
  FitOptions classes;
  classes.targets = {"district"};
  expect_same_rows(again(flats(250), classes));
  FitOptions groups;
  groups.targets = {"y"};
  groups.group = "g";
  expect_same_rows(again(read_csv(grouped_csv(200), "t.csv"), groups));
  groups.valid_fraction = 0.25;
  groups.test_fraction = 0.15;
  expect_same_rows(again(read_csv(grouped_csv(200), "t.csv"), groups));
}

TEST(ReplayedSplit, FindsThemWhereTestRowsCameFromAnotherTable) {
  FitOptions options;
  options.targets = {"rent"};
  options.drop = {"dear"};
  const Table test = flats(50, 9);
  expect_same_rows(again(flats(300), options, &test));
}

TEST(ReplayedSplit, SaysSoWhereTheRowsAreNotAsMany) {
  FitOptions options;
  options.targets = {"rent"};
  options.drop = {"dear"};
  options.hidden = "3";
  options.train.epochs = 1;
  const Model model = *fit(flats(300), nullptr, nullptr, options).model;
  const auto replay = [&](std::size_t n, std::optional<double> valid = {}) {
    const Table table = flats(n);
    std::vector<RowIndex> rows(n);
    std::iota(rows.begin(), rows.end(), RowIndex{0});
    return replay_split({.data = table,
                         .rows = rows,
                         .targets = model.parts().targets,
                         .group = "",
                         .valid_fraction = valid,
                         .test_fraction = {}},
                        model.parts().training);
  };
  EXPECT_TRUE(replay(300).as_trained);
  const ReplayedSplit other = replay(299);
  EXPECT_FALSE(other.as_trained);
  EXPECT_EQ(other.split.test.size(), 60U) << "the usual shares";
  EXPECT_EQ(other.split.valid.size(), 30U);
  EXPECT_FALSE(replay(300, 0.2).as_trained);
  EXPECT_TRUE(replay(50).split.test.empty()) << "a small table";
}

}  // namespace
}  // namespace ffwd
