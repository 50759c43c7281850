#include "pipeline/number_reader.h"

#include <cmath>

#include "made_table.h"

namespace ffwd {
namespace {

std::vector<double> read(const Column& column, const std::vector<RowIndex>& rows) {
  std::vector<double> out(rows.size(), -7.0);
  NumberReader(column).read(rows, out);
  return out;
}

TEST(NumberReader, ReadsIntegersAndTheirGaps) {
  Column column;
  column.type = ColumnType::kInteger;
  column.n_rows = 3;
  column.integers = {5, 0, (std::int64_t{1} << 53) + 1};
  column.missing = {false, true, false};
  const std::vector<double> out = read(column, {2, 0, 1});
  EXPECT_EQ(out[0], 9007199254740992.0);  // rounded, knowingly
  EXPECT_EQ(out[1], 5.0);
  EXPECT_TRUE(std::isnan(out[2]));
}

TEST(NumberReader, ReadsNumbersWithOneZero) {
  Table table;
  table.add_numbers("x", {-0.0, std::nan(""), 1.5, INFINITY});
  const std::vector<double> out = read(table.column(0), {0, 1, 2, 3});
  EXPECT_FALSE(std::signbit(out[0]));
  EXPECT_TRUE(std::isnan(out[1]));
  EXPECT_EQ(out[2], 1.5);
  EXPECT_TRUE(std::isinf(out[3]));
}

TEST(NumberReader, ReadsBooleansInAnyLetterCase) {
  Table table;
  add_typed(table, "b", ColumnType::kBoolean, {"TRUE", "false", kNone, "True", "False"});
  const std::vector<double> out = read(table.column(0), {0, 1, 2, 3, 4, 0});
  EXPECT_EQ(out[0], 1.0);
  EXPECT_EQ(out[1], 0.0);
  EXPECT_TRUE(std::isnan(out[2]));
  EXPECT_EQ(out[3], 1.0);
  EXPECT_EQ(out[4], 0.0);
  EXPECT_EQ(out[5], 1.0);
}

TEST(NumberReader, ReadsAnyOtherColumnAsMissing) {
  Table table;
  add_missing(table, "m", 2);
  EXPECT_TRUE(std::isnan(read(table.column(0), {1})[0]));
}

}  // namespace
}  // namespace ffwd
