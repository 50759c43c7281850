#include "table/csv_delimiter.h"

#include <gtest/gtest.h>

#include <string>

#include "table/padded_bytes.h"

namespace ffwd {
namespace {

char found_in(std::string_view text) { return find_delimiter(PaddedBytes(text).view()); }

TEST(CsvDelimiter, IsTheOneThatMostRecordsAgreeOn) {
  EXPECT_EQ(found_in("a,b\n1,2\n"), ',');
  EXPECT_EQ(found_in("a;b\n1,5;2\n"), ';');
  EXPECT_EQ(found_in("a\tb\n1\tx,y\n"), '\t');
  EXPECT_EQ(found_in("a|b\n1|2\n"), '|');
  EXPECT_EQ(found_in("price, eur;qty\n10;1\n20;2\n"), ';');
}

TEST(CsvDelimiter, AmongEqualsIsTheOneWithMoreFieldsThenTheFirst) {
  EXPECT_EQ(found_in("a,b;c;d\n1,2;3;4\n"), ';');
  EXPECT_EQ(found_in("a;b,c\n1;2,3\n"), ',');
  EXPECT_EQ(found_in("a;b,c\n"), ',');
}

TEST(CsvDelimiter, IsACommaWhereNothingDelimits) {
  EXPECT_EQ(found_in("y\n1\n2\n"), ',');
  EXPECT_EQ(found_in(""), ',');
  EXPECT_EQ(found_in("\"never closed"), ',');
}

TEST(CsvDelimiter, IsNotSoughtInsideQuotes) { EXPECT_EQ(found_in("\"a;b;c\",d\n\"1;2;3\",4\n"), ','); }

TEST(CsvDelimiter, LooksAtTheFirstHundredRecordsOnly) {
  std::string text = "a;b,c\n";
  for (int k = 0; k < 100; ++k) text += "1;2\n";
  for (int k = 0; k < 300; ++k) text += "1;2;3,4\n";
  EXPECT_EQ(found_in(text), ';');
}

}  // namespace
}  // namespace ffwd
