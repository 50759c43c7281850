#include "table/declared_type.h"

#include "made_arrow.h"
#include "reading.h"

namespace ffwd {
namespace {

using Texts = std::vector<std::optional<std::string>>;

Column text(const Texts& cells) {
  Table table;
  table.add_text("x", cells);
  return table.column(0);
}

Column as(ColumnType type, Column column) { return as_declared(std::move(column), type, kMadePlace); }

Column numbers(std::vector<double> values) {
  Table table;
  table.add_numbers("x", std::move(values));
  return table.column(0);
}

TEST(DeclaredType, TextIsReadAsItsTypeWouldBeInACsvFile) {
  const Column integers = as(ColumnType::kInteger, text({"1", {}, "-7"}));
  EXPECT_EQ(integers.type, ColumnType::kInteger);
  EXPECT_EQ(integers.integers, (std::vector<std::int64_t>{1, 0, -7}));
  EXPECT_TRUE(integers.is_missing(1));
  EXPECT_EQ(as(ColumnType::kInteger, text({"1", "1.5"})).numbers, (std::vector<double>{1, 1.5}));
  EXPECT_EQ(as(ColumnType::kBoolean, text({"true", "FALSE"})).number(0), 1.0);
  EXPECT_EQ(as(ColumnType::kDate, text({"2024-02-29"})).type, ColumnType::kDate);
  EXPECT_EQ(as(ColumnType::kTimestamp, text({"2024-02-29", {}})).type, ColumnType::kTimestamp);
}

TEST(DeclaredType, ACellThatDoesNotFitIsNamedWithItsRow) {
  EXPECT_EQ(refusal([] { as(ColumnType::kNumber, text({"1", {}, "NA"})); }),
            "t.parquet: row 3: column 'x': 'NA' is not a number\n  mend the cell");
  EXPECT_EQ(refusal_line([] { as(ColumnType::kDate, text({"2024-02-30"})); }),
            "t.parquet: row 1: column 'x': '2024-02-30' is not a date (YYYY-MM-DD)");
}

TEST(DeclaredType, NumbersWhereTextWasAreTheirShortestText) {
  const Column column = as(ColumnType::kText, numbers({1.0, 0.1, 100000.0}));
  EXPECT_EQ(column.type, ColumnType::kText);
  EXPECT_EQ(column.text.levels, (std::vector<std::string>{"1", "0.1", "100000"}));
}

TEST(DeclaredType, WhatStandsForEachOtherStays) {
  EXPECT_EQ(as(ColumnType::kInteger, numbers({0.5})).type, ColumnType::kNumber);
  EXPECT_EQ(as(ColumnType::kBoolean, numbers({1})).type, ColumnType::kNumber);
  Column missing;
  missing.n_rows = 3;
  EXPECT_EQ(as(ColumnType::kDate, missing).type, ColumnType::kMissing);
  Column date = as(ColumnType::kDate, text({"2024-02-29"}));
  EXPECT_EQ(as(ColumnType::kTimestamp, date).type, ColumnType::kDate);
}

}  // namespace
}  // namespace ffwd
