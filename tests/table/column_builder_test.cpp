#include "table/column_builder.h"

#include <gtest/gtest.h>

#include <cmath>

#include "table/padded_bytes.h"

namespace ffwd {
namespace {

const MissingMarks kMarks;

/// Adds cells until one does not fit; gives what explain() says of it, else "".
std::string add_all(ColumnBuilder& builder, std::initializer_list<const char*> cells) {
  for (const char* cell : cells) {
    const PaddedBytes bytes(cell);
    if (!builder.add(bytes.view(), true, kMarks)) return builder.explain(bytes.view());
  }
  return "";
}

Column built(ColumnFormat format, std::initializer_list<const char*> cells) {
  ColumnBuilder builder({"x", format, false, false}, cells.size());
  EXPECT_EQ(add_all(builder, cells), "");
  return std::move(builder).take();
}

std::string misfit(ColumnType type, std::initializer_list<const char*> cells) {
  ColumnBuilder builder({"x", {type}, true, false}, cells.size());
  return add_all(builder, cells);
}

TEST(ColumnBuilder, StoresIntegersAndNumbers) {
  const Column integers = built({ColumnType::kInteger}, {"9223372036854775807", "NA", " -3 "});
  EXPECT_EQ(integers.integers, (std::vector<std::int64_t>{INT64_MAX, 0, -3}));
  EXPECT_EQ(integers.missing, (std::vector<bool>{false, true, false}));
  const Column numbers = built({ColumnType::kNumber}, {"1.5", "", "-inf", "1e-999"});
  EXPECT_EQ(numbers.numbers[0], 1.5);
  EXPECT_TRUE(std::isnan(numbers.numbers[1]));
  EXPECT_EQ(numbers.numbers[2], -INFINITY);
  EXPECT_EQ(numbers.numbers[3], 0.0);
  EXPECT_EQ(built({ColumnType::kNumber, true}, {"-2,25"}).numbers[0], -2.25);
}

TEST(ColumnBuilder, KeepsTextAsWrittenAndTheOtherTextsWithoutBlanks) {
  EXPECT_EQ(built({ColumnType::kText}, {" a ", "null", " a "}).text.levels, (std::vector<std::string>{" a "}));
  EXPECT_EQ(built({ColumnType::kText}, {" a ", "null", " a "}).text.codes, (std::vector<std::int32_t>{0, -1, 0}));
  EXPECT_EQ(built({ColumnType::kBoolean}, {" TRUE "}).text.levels, (std::vector<std::string>{"TRUE"}));
  EXPECT_EQ(built({ColumnType::kDate}, {" 2024-01-01"}).text.levels, (std::vector<std::string>{"2024-01-01"}));
}

TEST(ColumnBuilder, KeepsTheSpellingWhereAsked) {
  ColumnBuilder builder({"x", {ColumnType::kNumber}, false, true}, 3);
  EXPECT_EQ(add_all(builder, {"1.50", " NA ", "1.50"}), "");
  const Column column = std::move(builder).take();
  ASSERT_TRUE(column.spelling);
  EXPECT_EQ(column.cell(0), "1.50");
  EXPECT_EQ(column.cell(1), " NA ");
  EXPECT_TRUE(column.is_missing(1));
}

TEST(ColumnBuilder, OneMayFollowAnother) {
  const ColumnBuilder::Plan plan{"x", {ColumnType::kInteger}, false, true};
  ColumnBuilder whole(plan, 4), first(plan, 2), second(plan, 2);
  EXPECT_EQ(add_all(first, {"1", "+2"}) + add_all(second, {"NA", "4"}), "");
  whole.append(first);
  whole.append(second);
  const Column column = std::move(whole).take();
  EXPECT_EQ(column.integers, (std::vector<std::int64_t>{1, 2, 0, 4}));
  EXPECT_EQ(column.missing, (std::vector<bool>{false, false, true, false}));
  EXPECT_EQ(column.cell(1) + column.cell(2), "+2NA");
}

TEST(ColumnBuilder, ANumberBeyondFloat64DoesNotFit) {
  ColumnBuilder builder({"x", {ColumnType::kNumber}, false, false}, 2);
  EXPECT_EQ(add_all(builder, {"1", "1e400"}), "column 'x': number '1e400' is out of the range of float64");
  ColumnBuilder with_comma({"x", {ColumnType::kNumber, true}, false, false}, 1);
  EXPECT_EQ(add_all(with_comma, {(std::string(400, '9') + ",5").c_str()}),
            "column 'x': number '" + std::string(40, '9') + "…' is out of the range of float64");
}

TEST(ColumnBuilder, AForcedTypeLooksAtEveryCell) {
  EXPECT_EQ(misfit(ColumnType::kNumber, {"1", "2.5", "inf", ""}), "");
  EXPECT_EQ(misfit(ColumnType::kNumber, {"1", "abc"}), "column 'x': 'abc' is not a number");
  EXPECT_EQ(misfit(ColumnType::kNumber, {"1e999"}), "column 'x': number '1e999' is out of the range of float64");
  EXPECT_EQ(misfit(ColumnType::kBoolean, {"true", "1"}), "column 'x': '1' is not true or false");
  EXPECT_EQ(misfit(ColumnType::kDate, {"2024-01-01", "2024-01-01 10:00"}),
            "column 'x': '2024-01-01 10:00' is not a date (YYYY-MM-DD)");
  EXPECT_EQ(misfit(ColumnType::kTimestamp, {"2024-01-01", "2024-01-01 10:00", "1"}),
            "column 'x': '1' is not a timestamp (YYYY-MM-DD HH:MM:SS)");
  EXPECT_EQ(misfit(ColumnType::kText, {"1", "007", "abc"}), "");
  EXPECT_EQ(misfit(ColumnType::kMissing, {"", "NA"}), "");
  EXPECT_EQ(misfit(ColumnType::kMissing, {"1"}),
            "column 'x': '1' is not missing, as every cell of this column must be");
}

}  // namespace
}  // namespace ffwd
