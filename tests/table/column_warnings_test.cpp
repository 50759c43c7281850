#include "table/column_warnings.h"

#include <gtest/gtest.h>

namespace ffwd {
namespace {

using Warnings = std::vector<std::string>;

/// What reading one column of these cells warns about; the first cell is on line 2.
Warnings warnings_of(std::initializer_list<const char*> cells) {
  std::string text = "x;y\n";
  for (const char* cell : cells) text += std::string(cell) + ";1\n";
  return read_csv(text, "t.csv", {.delimiter = ';'}).warnings;
}

TEST(ColumnWarnings, SayNothingOfOrdinaryColumns) {
  EXPECT_EQ(warnings_of({"1", "2", "NA"}), Warnings{});
  EXPECT_EQ(warnings_of({"a", "b", "", "2024-01-01"}), Warnings{});
  EXPECT_EQ(warnings_of({"2024-01-01", "2024-01-02 10:00"}), Warnings{});
  EXPECT_EQ(warnings_of({"NA", ""}), Warnings{});
}

TEST(ColumnWarnings, CountTheNumbersOfAMixedColumnAndNameTheFirstOtherCell) {
  EXPECT_EQ(warnings_of({"1", "NA", "2.5", "abc", "1", "xyz", "inf"}),
            Warnings{"column 'x': 4 of 6 cells are numbers; read as text because of 'abc' at line 5"});
}

TEST(ColumnWarnings, NameTheFirstCode) {
  EXPECT_EQ(warnings_of({"98765", "01234", "00001"}),
            Warnings{"column 'x': leading zeros ('01234' at line 3), read as text: a code, not a quantity"});
}

TEST(ColumnWarnings, NameColumnsOfIntegersBeyond64Bits) {
  EXPECT_EQ(warnings_of({"1", "18446744073709551616"}),
            Warnings{"column 'x': integers beyond 64 bits, read as numbers, which keep about 16 digits"});
  EXPECT_EQ(warnings_of({"1.5", "18446744073709551616"}), Warnings{});
}

TEST(ColumnWarnings, TellWhenMostCellsLookLikeDatesInAnotherForm) {
  EXPECT_EQ(
      warnings_of({"03/04/2021", "04/03/2021", "x", "NA"}),
      Warnings{"column 'x': 2 of 3 cells look like dates; read as text because '03/04/2021' at line 2 is not of the "
               "form YYYY-MM-DD, or not in the calendar"});
  EXPECT_EQ(
      warnings_of({"2023-03-01", "2023-02-29"}),
      Warnings{"column 'x': 2 of 2 cells look like dates; read as text because '2023-02-29' at line 3 is not of the "
               "form YYYY-MM-DD, or not in the calendar"});
  EXPECT_EQ(warnings_of({"03/04/2021", "x"}), Warnings{});  // half are not most
}

TEST(ColumnWarnings, TellWhenMostCellsAreNumbersWithSigns) {
  const Warnings warnings = warnings_of({"$950", "$1,200.50", "950"});
  ASSERT_EQ(warnings.size(), 2u);
  EXPECT_EQ(warnings[0], "column 'x': 1 of 3 cells are numbers; read as text because of '$950' at line 2");
  EXPECT_EQ(
      warnings[1],
      "column 'x': 2 of 3 cells are numbers with signs of money, per cent or thousands, such as '$950' at line 2; "
      "read as text: take the signs out to have numbers");
}

TEST(ColumnWarnings, QuoteNoMoreThanFortyCharacters) {
  const std::string long_text(1000, 'x');
  const Warnings warnings = warnings_of({"1", long_text.c_str()});
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_LT(warnings[0].size(), 150u);
}

}  // namespace
}  // namespace ffwd
