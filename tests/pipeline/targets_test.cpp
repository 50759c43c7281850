#include "pipeline/targets.h"

#include <cmath>

#include "made_table.h"

namespace ffwd {
namespace {

const std::vector<std::size_t> kFirst = {0}, kBoth = {0, 1};

Targets made(const Table& table, const std::vector<std::size_t>& columns, Task task) {
  std::vector<std::string> warnings;
  return Targets::fit(table, columns, task, all_rows(table), all_rows(table), warnings);
}

Table two_numbers() {
  Table table;
  table.add_numbers("a", {1, 3, std::nan("")});
  table.add_numbers("b", {10, 30, 20});
  return table;
}

TEST(Targets, SeveralStandSideBySideEachOnItsOwnScale) {
  const Table table = two_numbers();
  const Targets targets = made(table, kBoth, Task::kRegression);
  EXPECT_EQ(targets.n_outputs(), 2u);
  EXPECT_EQ(targets.names(), (std::vector<std::string>{"a", "b"}));
  const Matrix truth = targets.truth(table, all_rows(table));
  EXPECT_EQ(truth(1, 0), 3);
  EXPECT_TRUE(std::isnan(truth(2, 0)));
  std::vector<float> encoded(3 * 4);
  targets.encode(truth, encoded.data(), 4);
  EXPECT_EQ(encoded[0], -1);
  EXPECT_EQ(encoded[4], 1);
  EXPECT_EQ(encoded[4 * 2 + 1], 0);
  EXPECT_TRUE(std::isnan(encoded[4 * 2]));
  const Matrix decoded = targets.decode(Matrix(1, 2, {0.5, 0.0}));
  EXPECT_EQ(row_of(decoded, 0), (std::vector<double>{2.5, 20}));
}

TEST(Targets, OfTwoClassesDecodeToBothProbabilities) {
  Table table;
  table.add_text("y", {"no", "yes"});
  const Matrix decoded = made(table, kFirst, Task::kBinary).decode(Matrix(2, 1, {0.25, 1.0}));
  EXPECT_EQ(row_of(decoded, 0), (std::vector<double>{0.75, 0.25}));
  EXPECT_EQ(row_of(decoded, 1), (std::vector<double>{0.0, 1.0}));
}

TEST(Targets, OfSeveralClassesDecodeToThemselves) {
  Table table;
  table.add_integers("y", {30, 4, 5});
  const Targets targets = made(table, kFirst, Task::kMulticlass);
  EXPECT_EQ(targets.n_outputs(), 3u);
  EXPECT_EQ(row_of(targets.decode(Matrix(1, 3, {0.2, 0.3, 0.5})), 0), (std::vector<double>{0.2, 0.3, 0.5}));
}

TEST(Targets, ReadBackAsTheyWereWritten) {
  const Targets targets = made(two_numbers(), kBoth, Task::kRegression);
  Json model = {{"targets", targets.to_json()}};
  const auto reread = [&](Task task) { return Targets::from_json(JsonReader(model, "m.ffwd", ""), task); };
  EXPECT_EQ(dump_json(reread(Task::kRegression).to_json()), dump_json(targets.to_json()));
  model["targets"][1]["name"] = "a";
  EXPECT_EQ(fault_of([&] { static_cast<void>(reread(Task::kRegression)); }).what,
            "the model's 'targets' holds a name twice");
  model["targets"] = Json::array();
  EXPECT_EQ(fault_of([&] { static_cast<void>(reread(Task::kRegression)); }).what,
            "the model's 'targets' must hold a target");
}

TEST(Targets, HaveTheSlopesOfTheWayBack) {
  const Table table = two_numbers();
  const Targets targets = made(table, kBoth, Task::kRegression);
  const std::vector<double> slopes = targets.decode_slopes();
  ASSERT_EQ(slopes.size(), 2u);
  const Matrix above = targets.decode(Matrix(1, 2, {0.6, 0.6})), below = targets.decode(Matrix(1, 2, {0.4, 0.4}));
  for (std::size_t k = 0; k < 2; ++k) EXPECT_NEAR(slopes[k], (above(0, k) - below(0, k)) / 0.2, 1e-12);
  Table classes;
  classes.add_text("a", {"x", "y", "z"});
  EXPECT_EQ(made(classes, kFirst, Task::kMulticlass).decode_slopes(), (std::vector<double>{1, 1, 1}));
}

}  // namespace
}  // namespace ffwd
