#include <functional>

#include "made_table.h"
#include "pipeline/target.h"

namespace ffwd {
namespace {

Target made(const Table& table, Task task) {
  std::vector<std::string> warnings;
  return Target::fit(table, 0, task, all_rows(table), all_rows(table), warnings);
}

Table thirds() {
  Table table;
  table.add_numbers("y", {0.1, 0.2, 0.7});
  return table;
}

Target reread(const Target& target) {
  const Json json = parse_json(dump_json(target.to_json()), ErrorKind::kModel, "m");
  return Target::from_json(JsonReader(json, "m.ffwd", "targets[0]"), target.task());
}

TEST(TargetJson, OfRegressionReadsBackToTheSameBits) {
  const Target target = made(thirds(), Task::kRegression), again = reread(target);
  for (const double z : {0.3, -1.7}) EXPECT_EQ(again.decode(z), target.decode(z));
  EXPECT_EQ(dump_json(again.to_json()), dump_json(target.to_json()));
  EXPECT_EQ(again.name(), "y");
  EXPECT_EQ(again.type(), ColumnType::kNumber);
}

TEST(TargetJson, OfClassesHoldsTheirNamesAndValues) {
  Table integers, numbers, text, boolean;
  integers.add_integers("y", {9007199254740993, 9007199254740992, -1});
  numbers.add_numbers("y", {1.5, 1e300, 2});
  text.add_text("y", {"no", "yes"});
  add_typed(boolean, "y", ColumnType::kBoolean, {"TRUE", "FALSE"});
  EXPECT_EQ(dump_json(made(integers, Task::kMulticlass).to_json()),
            R"({"name":"y","type":"integer","classes":["-1","9007199254740992","9007199254740993"],)"
            R"("values":[-1,9007199254740992,9007199254740993]})");
  EXPECT_EQ(dump_json(made(text, Task::kBinary).to_json()), R"({"name":"y","type":"text","classes":["no","yes"]})");
  for (const Table* table : {&integers, &numbers, &text, &boolean}) {
    const Target target = made(*table, Task::kMulticlass), again = reread(target);
    EXPECT_EQ(again.classes(), target.classes());
    EXPECT_EQ(again.truth(*table, all_rows(*table)), target.truth(*table, all_rows(*table)));
    EXPECT_EQ(dump_json(again.to_json()), dump_json(target.to_json()));
  }
}

std::string refusal(Json json, Task task) {
  const Fault fault =
      fault_of([&] { static_cast<void>(Target::from_json(JsonReader(json, "m.ffwd", "targets[0]"), task)); });
  EXPECT_EQ(fault.kind, ErrorKind::kModel);
  EXPECT_EQ(fault.where, "m.ffwd");
  return fault.what;
}

TEST(TargetJson, RefusesWhatDoesNotFit) {
  const Json regression = made(thirds(), Task::kRegression).to_json();
  const Json classes = made(thirds(), Task::kMulticlass).to_json();
  const auto changed = [](Json json, std::string_view key, Json value) {
    json[std::string(key)] = std::move(value);
    return json;
  };
  const std::string start = "the model's 'targets[0]";
  EXPECT_EQ(refusal(3, Task::kBinary), start + "' must be an object");
  EXPECT_EQ(refusal(changed(regression, "sd", 0), Task::kRegression), start + ".sd' must be above 0");
  EXPECT_EQ(refusal(changed(regression, "extra", 0), Task::kRegression), start + ".extra' is not known");
  EXPECT_EQ(refusal(changed(regression, "type", "text"), Task::kRegression), start + ".type' does not fit the task");
  EXPECT_EQ(refusal(regression, Task::kMulticlass), start + ".classes' is missing");
  EXPECT_EQ(refusal(classes, Task::kBinary), start + ".classes' do not fit the task: there are 3");
  EXPECT_EQ(refusal(changed(classes, "classes", {"a", "a", "b"}), Task::kMulticlass),
            start + ".classes' holds 'a' twice");
  EXPECT_EQ(refusal(changed(classes, "values", {1, 2}), Task::kMulticlass),
            start + ".values' must hold a number for each class");
  EXPECT_EQ(refusal(changed(classes, "values", {1, 3, 2}), Task::kMulticlass),
            start + ".classes' must be in their order");
  Table boolean;
  add_typed(boolean, "y", ColumnType::kBoolean, {"TRUE", "FALSE"});
  EXPECT_EQ(refusal(changed(made(boolean, Task::kBinary).to_json(), "values", {0, 2}), Task::kBinary),
            start + ".values' must be 0 and 1");
  EXPECT_EQ(refusal(changed(classes, "values", {1, 2, "3"}), Task::kMulticlass),
            start + ".values' must hold finite numbers");
  EXPECT_EQ(refusal(changed(classes, "values", {1, 2, 9223372036854775808u}), Task::kMulticlass),
            start + ".values' must hold finite numbers");
}

}  // namespace
}  // namespace ffwd
