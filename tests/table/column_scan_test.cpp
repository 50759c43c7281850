#include "table/column_scan.h"

#include <gtest/gtest.h>

#include <cmath>

#include "table/ascii.h"
#include "table/padded_bytes.h"

namespace ffwd {
namespace {

/// nullptr stands for a missing cell.
void add_all(ColumnScan& scan, std::initializer_list<const char*> cells) {
  for (const char* cell : cells) {
    if (cell == nullptr) {
      scan.add_missing();
      continue;
    }
    const PaddedBytes bytes(cell);
    scan.add(trimmed(bytes.view()), bytes.view());
  }
}

ColumnScan scan_of(std::initializer_list<const char*> cells) {
  ColumnScan scan;
  add_all(scan, cells);
  return scan;
}

ColumnType inferred(std::initializer_list<const char*> cells) { return scan_of(cells).infer(false).type; }

TEST(ColumnScan, InfersTheNarrowestTypeOfAllCells) {
  EXPECT_EQ(inferred({}), ColumnType::kMissing);
  EXPECT_EQ(inferred({nullptr, nullptr}), ColumnType::kMissing);
  EXPECT_EQ(inferred({"true", nullptr, "FALSE"}), ColumnType::kBoolean);
  EXPECT_EQ(inferred({"1", nullptr, "-3"}), ColumnType::kInteger);
  EXPECT_EQ(inferred({"1", "2.5"}), ColumnType::kNumber);
  EXPECT_EQ(inferred({"1", "inf"}), ColumnType::kNumber);
  EXPECT_EQ(inferred({"9223372036854775807"}), ColumnType::kInteger);
  EXPECT_EQ(inferred({"9223372036854775808", "1"}), ColumnType::kNumber);
  EXPECT_EQ(inferred({"1.5", "007"}), ColumnType::kText);
  EXPECT_EQ(inferred({"2024-01-01", "2024-01-02"}), ColumnType::kDate);
  EXPECT_EQ(inferred({"2024-01-01", "2024-01-02 10:00"}), ColumnType::kTimestamp);
  EXPECT_EQ(inferred({"1", "true"}), ColumnType::kText);
  EXPECT_EQ(inferred({"1", "2024-01-01"}), ColumnType::kText);
  EXPECT_EQ(inferred({"1", "abc"}), ColumnType::kText);
}

TEST(ColumnScan, TakesTheCommaAsPointOnlyWhereItIsFreeAndNeverBesidePoints) {
  EXPECT_EQ(scan_of({"1,5", "2"}).infer(false).type, ColumnType::kText);
  const ColumnFormat format = scan_of({"1,5", nullptr, "2"}).infer(true);
  EXPECT_EQ(format.type, ColumnType::kNumber);
  EXPECT_TRUE(format.decimal_comma);
  EXPECT_EQ(scan_of({"1,5", "2.5"}).infer(true).type, ColumnType::kText);
  EXPECT_FALSE(scan_of({"1", "2.5"}).infer(true).decimal_comma);
}

TEST(ColumnScan, AForcedNumericTypeTakesIntegersAndNumbersAlike) {
  EXPECT_EQ(scan_of({"1", "2"}).force(ColumnType::kNumber, false).type, ColumnType::kNumber);
  EXPECT_EQ(scan_of({"1", "2"}).force(ColumnType::kInteger, false).type, ColumnType::kInteger);
  EXPECT_EQ(scan_of({"1", "2.5"}).force(ColumnType::kInteger, false).type, ColumnType::kNumber);
  EXPECT_EQ(scan_of({"9223372036854775808"}).force(ColumnType::kInteger, false).type, ColumnType::kNumber);
  EXPECT_TRUE(scan_of({"1,5", "abc"}).force(ColumnType::kNumber, true).decimal_comma);
  EXPECT_EQ(scan_of({"1"}).force(ColumnType::kText, false).type, ColumnType::kText);
  EXPECT_EQ(scan_of({nullptr}).force(ColumnType::kInteger, false).type, ColumnType::kInteger);
}

TEST(ColumnScan, HoldsTheValuesAsLongAsAllAreNumbers) {
  ColumnScan scan = scan_of({nullptr, "1", "-0", "2.5"});
  ASSERT_TRUE(scan.has_values({ColumnType::kNumber}));
  EXPECT_FALSE(scan.has_values({ColumnType::kText}));
  const Column column = std::move(scan).take("x", ColumnType::kNumber);
  EXPECT_EQ(column.name, "x");
  EXPECT_EQ(column.n_rows, 4u);
  EXPECT_TRUE(column.is_missing(0));
  EXPECT_TRUE(std::signbit(column.numbers[2]));
  EXPECT_EQ(column.numbers[3], 2.5);
  for (const char* other : {"abc", "inf", "1e999", "9007199254740993", "2024-01-01"})
    EXPECT_FALSE(scan_of({"1", other, "2"}).has_values({ColumnType::kNumber})) << other;
}

TEST(ColumnScan, HoldsAColumnWithoutValues) {
  ASSERT_TRUE(scan_of({nullptr, nullptr}).has_values({ColumnType::kMissing}));
  EXPECT_FALSE(scan_of({nullptr, "1"}).has_values({ColumnType::kMissing}));  // forced, but not so
  EXPECT_EQ(scan_of({nullptr, nullptr}).take("m", ColumnType::kMissing).n_rows, 2u);
}

TEST(ColumnScan, GivesIntegersWithTheirGaps) {
  const Column column = scan_of({"9007199254740992", nullptr, "-5"}).take("n", ColumnType::kInteger);
  EXPECT_EQ(column.integers, (std::vector<std::int64_t>{9007199254740992, 0, -5}));
  EXPECT_EQ(column.missing, (std::vector<bool>{false, true, false}));
  EXPECT_TRUE(scan_of({"1", "2"}).take("n", ColumnType::kInteger).missing.empty());
}

TEST(ColumnScan, KnowsWhyItIsNotAnIntegerColumn) {
  EXPECT_TRUE(scan_of({"1", "007"}).is_code());
  EXPECT_FALSE(scan_of({"x", "007"}).is_code());
  EXPECT_TRUE(scan_of({"1", "9223372036854775808"}).is_beyond_64_bits());
  EXPECT_FALSE(scan_of({"1.5", "9223372036854775808"}).is_beyond_64_bits());
  EXPECT_FALSE(scan_of({nullptr}).is_code());
}

TEST(ColumnScan, HoldsTheTextsIfTheFirstOneIsNoNumber) {
  ColumnScan scan = scan_of({nullptr, "b", "7", nullptr, " b"});
  ASSERT_TRUE(scan.has_values({ColumnType::kText}));
  const Column column = std::move(scan).take("x", ColumnType::kText);
  EXPECT_EQ(column.n_rows, 5u);
  EXPECT_EQ(column.text.codes, (std::vector<std::int32_t>{-1, 0, 1, -1, 2}));
  EXPECT_EQ(column.text.levels, (std::vector<std::string>{"b", "7", " b"}));
  EXPECT_FALSE(scan_of({"7", "b"}).has_values({ColumnType::kText}));
}

/// `before`, and then the cells of `ranges` read side by side.
Column put_together(std::initializer_list<const char*> before,
                    std::initializer_list<std::initializer_list<const char*>> ranges, ColumnType type) {
  ColumnScan whole = scan_of(before);
  std::vector<ColumnScan> scans(ranges.size());
  std::size_t k = 0;
  for (const auto& cells : ranges) {
    scans[k].restart_after(whole);
    add_all(scans[k++], cells);
  }
  for (const ColumnScan& scan : scans) whole.append(scan);
  EXPECT_EQ(whole.infer(false).type, type);
  return whole.has_values({type}) ? std::move(whole).take("x", type) : Column{};
}

TEST(ColumnScan, RangesArePutTogether) {
  EXPECT_EQ(put_together({"1"}, {{"2", "3"}, {}, {"4"}}, ColumnType::kInteger).integers,
            (std::vector<std::int64_t>{1, 2, 3, 4}));
  EXPECT_EQ(put_together({"b"}, {{"a", "7"}, {"a", nullptr, "b"}}, ColumnType::kText).text.codes,
            (std::vector<std::int32_t>{0, 1, 2, 1, -1, 0}));
  EXPECT_EQ(put_together({nullptr}, {{nullptr}, {"a"}, {nullptr}}, ColumnType::kText).text.codes,
            (std::vector<std::int32_t>{-1, -1, 0, -1}));
  EXPECT_EQ(put_together({}, {{"1"}, {"a"}}, ColumnType::kText).n_rows, 0u) << "the 1 was kept as a number";
  EXPECT_EQ(put_together({}, {{"a"}, {"1"}}, ColumnType::kText).n_rows, 0u);
  EXPECT_EQ(put_together({"1"}, {{"2"}, {"a"}, {"3"}}, ColumnType::kText).n_rows, 0u);
}

TEST(ColumnScan, TextsThatTheCallerWantsAreCodedFromTheFirst) {
  ColumnScan scan = ColumnScan::of_texts();
  add_all(scan, {"007", nullptr, "1"});
  ASSERT_TRUE(scan.has_values({ColumnType::kText}));
  EXPECT_EQ(std::move(scan).take("x", ColumnType::kText).text.levels, (std::vector<std::string>{"007", "1"}));
}

TEST(ColumnScan, TheMarkThatComesFirstIsTheDecimalPointOfAForcedNumber) {
  EXPECT_FALSE(scan_of({"1", "2.5", "1,5"}).force(ColumnType::kNumber, true).decimal_comma);
  EXPECT_TRUE(scan_of({"1", "1,5", "2.5"}).force(ColumnType::kNumber, true).decimal_comma);
}

TEST(ColumnScan, HoldsDatesAndBooleansUnlessQuotesHoldBlanksAroundThem) {
  EXPECT_TRUE(scan_of({"true", nullptr, "False"}).has_values({ColumnType::kBoolean}));
  EXPECT_TRUE(scan_of({"2024-01-31"}).has_values({ColumnType::kDate}));
  EXPECT_FALSE(scan_of({"2024-01-31", " 2024-02-01"}).has_values({ColumnType::kDate}));
  EXPECT_FALSE(scan_of({"2024-01-31", "x"}).has_values({ColumnType::kDate})) << "forced, and to be refused";
}

}  // namespace
}  // namespace ffwd
