#include <cmath>

#include "made_table.h"
#include "pipeline/target.h"

namespace ffwd {
namespace {

Task automatic(const Table& table) { return resolve_task(table, 0, "auto"); }

TEST(ResolveTask, TakesTextAndBooleansForClasses) {
  Table two, three, boolean;
  two.add_text("y", {"a", "b", kNone});
  three.add_text("y", {"a", "b", "c"});
  add_typed(boolean, "y", ColumnType::kBoolean, {"true", "false"});
  EXPECT_EQ(automatic(two), Task::kBinary);
  EXPECT_EQ(automatic(three), Task::kMulticlass);
  EXPECT_EQ(automatic(boolean), Task::kBinary);
}

TEST(ResolveTask, TakesIntegersZeroAndOneForClassesAndOtherNumbersForQuantities) {
  Table zero_one, others, numbers;
  zero_one.add_integers("y", {0, 1, 1});
  others.add_integers("y", {0, 1, 2});
  numbers.add_numbers("y", {0, 1, 1});
  EXPECT_EQ(automatic(zero_one), Task::kBinary);
  EXPECT_EQ(automatic(others), Task::kRegression);
  EXPECT_EQ(automatic(numbers), Task::kRegression);
  EXPECT_EQ(resolve_task(zero_one, 0, "regression"), Task::kRegression);
  EXPECT_EQ(resolve_task(others, 0, "classification"), Task::kMulticlass);
  EXPECT_EQ(resolve_task(numbers, 0, "classification"), Task::kBinary);
}

TEST(ResolveTask, RefusesTextInRegression) {
  Table table;
  table.add_text("y", {"1", "low"});
  const Fault fault = fault_of([&] { static_cast<void>(resolve_task(table, 0, "regression")); });
  EXPECT_EQ(fault.kind, ErrorKind::kData);
  EXPECT_EQ(fault.what, "target 'y' is of type text ('low'), regression needs a number");
  EXPECT_EQ(fault.where, "table: row 2");
  EXPECT_EQ(fault.fix, "mend the cell, or predict classes with --task classification");
}

TEST(ResolveTask, RefusesDatesInRegression) {
  Table table;
  add_typed(table, "y", ColumnType::kDate, {"2024-01-01", "2024-01-02"});
  const Fault fault = fault_of([&] { static_cast<void>(automatic(table)); });
  EXPECT_EQ(fault.what, "target 'y' is of type date ('2024-01-01'), regression needs a number");
  EXPECT_EQ(fault.fix, "turn it into a number, such as days since a fixed date");
}

TEST(ResolveTask, RefusesATargetWithoutAnyValue) {
  Table missing, numbers;
  add_missing(missing, "y", 2);
  numbers.add_numbers("y", {std::nan(""), std::nan("")});
  for (const Table* table : {&missing, &numbers}) {
    const Fault fault = fault_of([&] { static_cast<void>(automatic(*table)); });
    EXPECT_EQ(fault.what, "target 'y' has no value: all its cells are missing");
    EXPECT_EQ(fault.where, "table");
  }
}

TEST(ResolveTask, RefusesASingleClass) {
  Table table;
  table.add_integers("y", {1, 1});
  const Fault fault = fault_of([&] { static_cast<void>(automatic(table)); });
  EXPECT_EQ(fault.what, "target 'y' has one class only: '1'");
  EXPECT_EQ(fault.fix,
            "classification needs rows of at least two classes; numbers are predicted with --task regression");
  EXPECT_EQ(resolve_task(table, 0, "regression"), Task::kRegression);
}

TEST(ResolveTask, RefusesAnUnknownTask) {
  Table table;
  table.add_numbers("y", {1, 2});
  const Fault fault = fault_of([&] { static_cast<void>(resolve_task(table, 0, "regresion")); });
  EXPECT_EQ(fault.kind, ErrorKind::kUsage);
  EXPECT_EQ(fault.what, "unknown task 'regresion'; did you mean 'regression'?");
}

}  // namespace
}  // namespace ffwd
