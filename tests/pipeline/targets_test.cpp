#include "pipeline/targets.h"

#include <cmath>

#include "made_table.h"

namespace ffwd {
namespace {

const std::vector<std::size_t> kBoth = {0, 1};

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

}  // namespace
}  // namespace ffwd
