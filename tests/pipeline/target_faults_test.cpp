#include "pipeline/target_faults.h"

#include <cmath>

#include "made_table.h"

namespace ffwd {
namespace {

Table table_of_two() {
  Table table;
  table.source = "t";
  table.add_numbers("y", {std::nan(""), INFINITY});
  return table;
}

TEST(TargetFaults, AMissingCellMayBeLeftOutInTrainingOnly) {
  const Fault train = fault_of([] { raise_missing_target(table_of_two(), 0, 0, true); });
  EXPECT_EQ(train.kind, ErrorKind::kData);
  EXPECT_EQ(train.what, "target 'y' is missing");
  EXPECT_EQ(train.where, "t: row 1");
  EXPECT_EQ(train.fix, "fill the cell in, or leave out all rows without a target with --drop-missing-target");
  EXPECT_EQ(fault_of([] { raise_missing_target(table_of_two(), 0, 0, false); }).fix,
            "fill the cell in, or remove the row");
}

TEST(TargetFaults, AnInfiniteCellHasItsPlace) {
  const Fault fault = fault_of([] { raise_infinite_target(table_of_two(), 0, 1); });
  EXPECT_EQ(fault.what, "target 'y': infinite number");
  EXPECT_EQ(fault.where, "t: row 2");
}

TEST(TargetFaults, TwoClassesAreEnough) {
  const Table table = table_of_two();
  EXPECT_NO_THROW(require_two_classes(table, 0, {{std::int64_t{0}, std::int64_t{1}}, {"0", "1"}}));
  EXPECT_EQ(fault_of([&] { require_two_classes(table, 0, {}); }).what, "target 'y' has no class");
}

TEST(TargetFaults, NumbersAndBooleansAreFitForRegression) {
  EXPECT_NO_THROW(require_numeric_target(table_of_two(), 0));
  Table booleans;
  add_typed(booleans, "y", ColumnType::kBoolean, {"true"});
  EXPECT_NO_THROW(require_numeric_target(booleans, 0));
}

TEST(TargetFaults, OnlyATargetThatStandsAloneIsAdvisedToBeClasses) {
  Table table;
  table.add_text("y", {"low"});
  EXPECT_NE(fault_of([&] { require_numeric_target(table, 0); }).fix.find("--task classification"), std::string::npos);
  const Fault fault = fault_of([&] { require_numeric_target(table, 0, false); });
  EXPECT_EQ(fault.fix, "mend the cell, or leave the column out of --target: several targets must be numbers");
}

}  // namespace
}  // namespace ffwd
