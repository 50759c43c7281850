#include "pipeline/column_faults.h"

#include <cmath>

#include "made_table.h"

namespace ffwd {
namespace {

TEST(ColumnFaults, AMissingColumnIsNamedWithItsNearestName) {
  Table table;
  table.source = "new.csv";
  table.add_numbers("Rooms", {1});
  table.add_numbers("agee", {1});
  const std::vector<std::string> one{"rooms"}, three{"age", "rooms", "zip"};
  const Fault fault = fault_of([&] { raise_missing_columns(table, one); });
  EXPECT_EQ(fault.kind, ErrorKind::kData);
  EXPECT_EQ(fault.what, "there is no column 'rooms' (did you mean 'Rooms'?)");
  EXPECT_EQ(fault.where, "new.csv");
  EXPECT_EQ(fault.fix, "columns are found by their exact names, in any order; add or rename what is missing");
  EXPECT_EQ(fault_of([&] { raise_missing_columns(table, three); }).what,
            "there are no columns 'age' (did you mean 'agee'?), 'rooms' (did you mean 'Rooms'?) and 'zip'");
}

TEST(ColumnFaults, ALongListOfMissingColumnsIsCut) {
  std::vector<std::string> names;
  for (int k = 0; k < 10000; ++k) names.push_back("column number " + std::to_string(k));
  const std::string what = fault_of([&] { raise_missing_columns(Table(), names); }).what;
  EXPECT_LT(what.size(), 400u);
  EXPECT_TRUE(what.ends_with("(9990 more)")) << what;
}

TEST(ColumnFaults, TheFirstInfiniteCellOfTheFileIsNamed) {
  Table table;
  table.add_numbers("a", {1, 2, 3, INFINITY});
  table.add_numbers("b", {INFINITY, 2, -INFINITY, 1});
  const std::vector<std::size_t> columns{0, 1};
  const std::vector<RowIndex> rows{3, 2, 1};
  const Fault fault = fault_of([&] { raise_first_infinite(table, columns, rows); });
  EXPECT_EQ(fault.kind, ErrorKind::kData);
  EXPECT_EQ(fault.what, "column 'b': infinite number");
  EXPECT_EQ(fault.where, "table: row 3");
  EXPECT_EQ(fault.fix, "mend the cell, or leave the row out; in training --drop b leaves the column out");
}

TEST(ColumnFaults, AnOddCellIsFoundAmongNumbers) {
  Table table;
  table.add_text("x", {kNone, "1", "2.5", "many", "more"});
  EXPECT_EQ(first_unreadable(table.column(0), readable_as_number()), 3u);
  EXPECT_EQ(fault_of([&] { require_readable(table, 0, readable_as_number()); }).where, "table: row 4");
}

TEST(ColumnFaults, WithoutAnOddCellTheFirstOneIsNamed) {
  Table table;
  table.add_text("x", {kNone, "01", "02"});
  EXPECT_EQ(first_unreadable(table.column(0), readable_as_number()), 1u);
}

TEST(ColumnFaults, ATextColumnWithoutValuesCanBeRead) {
  Table table;
  table.add_text("x", {kNone, kNone});
  EXPECT_NO_THROW(require_readable(table, 0, readable_as_number()));
}

}  // namespace
}  // namespace ffwd
