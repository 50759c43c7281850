#include <cmath>

#include "ffwd/table.h"
#include "reading.h"

namespace ffwd {
namespace {

Column coded(ColumnType type, std::vector<std::string> levels, std::vector<std::int32_t> codes) {
  Column column;
  column.name = "c";
  column.type = type;
  column.n_rows = codes.size();
  column.text = {std::move(codes), std::move(levels)};
  return column;
}

TEST(Column, TypesHaveTheNamesThatUsersSee) {
  std::string all;
  for (const auto type : {ColumnType::kMissing, ColumnType::kInteger, ColumnType::kNumber, ColumnType::kText,
                          ColumnType::kBoolean, ColumnType::kDate, ColumnType::kTimestamp})
    all += std::string(to_string(type)) + " ";
  EXPECT_EQ(all, "missing integer number text boolean date timestamp ");
}

TEST(Column, IntegersAreExactAndTheirGapsKnown) {
  Table table;
  table.add_integers("n", {1, INT64_MIN});
  EXPECT_EQ(table.column(0).cell(1), "-9223372036854775808");
  EXPECT_EQ(table.column(0).number(0), 1.0);
  EXPECT_EQ(table.column(0).n_missing(), 0u);
  Column column = table.column(0);
  column.missing = {true, false};
  EXPECT_TRUE(column.is_missing(0));
  EXPECT_FALSE(column.is_missing(1));
  EXPECT_EQ(column.n_missing(), 1u);
  EXPECT_EQ(column.cell(0), "");
  EXPECT_TRUE(std::isnan(column.number(0)));
}

TEST(Column, NumbersAreMissingWhereTheyAreNaN) {
  Table table;
  table.add_numbers("x", {0.1, NAN, INFINITY, -0.0});
  const Column& column = table.column(0);
  EXPECT_EQ(column.n_missing(), 1u);
  EXPECT_EQ(column.cell(0), "0.1");
  EXPECT_EQ(column.cell(1), "");
  EXPECT_EQ(column.cell(2), "inf");
  EXPECT_EQ(column.number(2), INFINITY);
  EXPECT_FALSE(column.is_missing(3));
}

TEST(Column, TextIsGivenAsWritten) {
  Table table;
  table.add_text("t", {"b", std::nullopt, "a", "b"});
  const Column& column = table.column(0);
  EXPECT_EQ(column.type, ColumnType::kText);
  EXPECT_EQ(column.n_missing(), 1u);
  EXPECT_TRUE(column.is_missing(1));
  EXPECT_EQ(column.cell(0) + column.cell(1) + column.cell(2), "ba");
}

TEST(Column, BooleansAreZeroAndOneInAnyLetterCase) {
  const Column column = coded(ColumnType::kBoolean, {"TRUE", "false", "True"}, {0, 1, 2, -1});
  EXPECT_EQ(column.number(0), 1.0);
  EXPECT_EQ(column.number(1), 0.0);
  EXPECT_EQ(column.number(2), 1.0);
  EXPECT_TRUE(std::isnan(column.number(3)));
  EXPECT_EQ(column.cell(0), "TRUE");
}

TEST(Column, AMissingColumnHasNothing) {
  Column column;
  column.n_rows = 3;
  EXPECT_TRUE(column.is_missing(2));
  EXPECT_EQ(column.n_missing(), 3u);
  EXPECT_EQ(column.cell(1), "");
  EXPECT_TRUE(std::isnan(column.number(1)));
}

TEST(Column, AKnownSpellingIsTheCell) {
  Column column = coded(ColumnType::kDate, {"2024-01-01"}, {0, -1});
  column.spelling = Coded{{1, 0}, {"NA", " 2024-01-01"}};
  EXPECT_EQ(column.cell(0), " 2024-01-01");
  EXPECT_EQ(column.cell(1), "NA");
  EXPECT_TRUE(column.is_missing(1));
}

}  // namespace
}  // namespace ffwd
