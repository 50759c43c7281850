#include "ffwd/table.h"

#include <cmath>

#include "reading.h"

namespace ffwd {
namespace {

TEST(Table, FindsColumnsByName) {
  Table table;
  table.add_numbers("a", {1.0, NAN});
  table.add_text("B b", {"x", std::nullopt});
  EXPECT_EQ(table.n_rows(), 2u);
  EXPECT_EQ(table.n_columns(), 2u);
  EXPECT_EQ(table.find("B b"), 1u);
  EXPECT_EQ(table.find("b"), std::nullopt);
  EXPECT_EQ(table.names(), (std::vector<std::string>{"a", "B b"}));
  EXPECT_EQ(table.columns().size(), 2u);
}

TEST(Table, CopiesAreIndependent) {
  Table table;
  table.add_numbers("a", {1.0});
  Table copy = table;
  copy.add_numbers("b", {2.0});
  EXPECT_EQ(table.find("b"), std::nullopt);
  EXPECT_EQ(copy.column(*copy.find("b")).numbers[0], 2.0);
}

TEST(Table, ColumnsMustHaveTheSameLength) {
  Table table;
  table.add_numbers("a", {1.0, 2.0});
  EXPECT_EQ(refusal([&] { table.add_integers("b", {1}); }),
            "table: column 'b' has 1 rows, the table has 2\n  give every column the same length");
  Table rows = Table::with_rows(3);
  EXPECT_EQ(rows.n_rows(), 3u);
  EXPECT_EQ(refusal_line([&] { rows.add_numbers("a", {1.0}); }), "table: column 'a' has 1 rows, the table has 3");
  EXPECT_EQ(rows.n_columns(), 0u);
  Table none;
  none.add_numbers("a", {});
  EXPECT_EQ(refusal_line([&] { none.add_numbers("b", {1.0}); }), "table: column 'b' has 1 rows, the table has 0");
}

TEST(Table, NamesMustDiffer) {
  Table table;
  table.source = "frame";
  table.add_numbers("a", {1.0});
  EXPECT_EQ(refusal([&] { table.add_numbers("a", {2.0}); }),
            "frame: duplicate column name 'a'\n  give each column a name of its own");
  EXPECT_EQ(table.n_columns(), 1u);
}

TEST(Table, AColumnMustHoldAsManyValuesAsItSays) {
  Table table;
  Column column;
  column.name = "a";
  column.type = ColumnType::kNumber;
  column.n_rows = 2;
  column.numbers = {1.0};
  EXPECT_EQ(refusal_line([&] { table.add(column); }), "table: column 'a' says it has 2 rows, but holds 1");
}

TEST(Table, APlaceIsRowAndColumnUnlessAFileIsKnown) {
  Table table;
  table.add_numbers("rooms", {1.0, 2.0});
  EXPECT_EQ(table.where(1, 0), "table: row 2");
  const Table read = read_csv("a,b\n\n1,\"x\ny\"\n2,z\n", "dir/houses.csv");
  EXPECT_EQ(read.where(0, 1), "dir/houses.csv:3:2");
  EXPECT_EQ(read.where(1, 0), "dir/houses.csv:5:1");
}

TEST(Table, StoredColumnsHaveALengthWithoutCells) {
  Table table = Table::with_rows(3);
  table.add({.name = "a", .type = ColumnType::kNumber, .n_rows = 3, .spelling = std::nullopt, .is_stored = true});
  EXPECT_EQ(table.n_columns(), 1u);
  EXPECT_EQ(refusal_line([&] { table.add({.name = "b", .n_rows = 2, .spelling = std::nullopt, .is_stored = true}); }),
            "table: column 'b' has 2 rows, the table has 3");
}

TEST(Table, RowsOfAPieceAreCountedFromTheWholeTablesFirst) {
  Table table;
  table.add_numbers("a", {1.0, 2.0});
  EXPECT_EQ(table.where(1, 0), "table: row 2");
  table.first_row = 40;
  EXPECT_EQ(table.where(1, 0), "table: row 42");
}

}  // namespace
}  // namespace ffwd
