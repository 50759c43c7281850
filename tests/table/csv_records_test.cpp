#include "table/csv_records.h"

#include <gtest/gtest.h>

#include "table/padded_bytes.h"

namespace ffwd {
namespace {

using Rows = std::vector<std::vector<std::string>>;

struct Reading {
  Rows rows;
  std::vector<std::uint64_t> lines;  ///< of the records
  std::size_t n_blank = 0;
  std::string fault;  ///< "LINE:COLUMN: what"
};

std::string text_of(const std::optional<CsvFault>& fault) {
  return fault ? std::to_string(fault->line) + ":" + std::to_string(fault->column) + ": " + fault->what : "";
}

Reading read(std::string_view text, char delimiter = ',') {
  const PaddedBytes bytes(text);
  CsvRecords records(bytes.view(), delimiter);
  Reading reading;
  std::string scratch;
  while (records.next()) {
    std::vector<std::string> row;
    for (const CsvField& field : records.fields()) row.emplace_back(field_text(field, scratch));
    reading.rows.push_back(row);
    reading.lines.push_back(records.line());
    if (reading.fault.empty()) reading.fault = text_of(records.find_bad_text());
  }
  if (records.fault()) reading.fault = text_of(records.fault());
  reading.n_blank = records.n_blank();
  return reading;
}

TEST(CsvRecords, EveryKindOfLineEndEndsARecord) {
  const Rows wanted = {{"a", "b"}, {"1", "2"}, {"3", "4"}};
  for (const char* text :
       {"a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4\r", "a,b\r\n1,2\n3,4", "a,b\r1,2\n3,4\r\n"})
    EXPECT_EQ(read(text).rows, wanted) << text;
}

TEST(CsvRecords, NothingElseEndsARecord) {
  EXPECT_EQ(read("a\x0b"
                 "b\x0c"
                 "c\xe2\x80\xa8"
                 "d,e\n")
                .rows,
            (Rows{{"a\x0b"
                   "b\x0c"
                   "c\xe2\x80\xa8"
                   "d",
                   "e"}}));
}

TEST(CsvRecords, BlanksAroundUnquotedFieldsAreDroppedInsideQuotesKept) {
  EXPECT_EQ(read(" a , \tb c\t,  \"  z \" ,\n").rows, (Rows{{"a", "b c", "  z ", ""}}));
  EXPECT_EQ(read(" a \t b\t\t c\n", '\t').rows, (Rows{{"a", "b", "", "c"}}));  // tabs delimit: only spaces are dropped
  EXPECT_EQ(read("a b  \t\"c\"\n", ' ').rows, (Rows{{"a", "b", "", "c"}}));
}

TEST(CsvRecords, QuotesOpenAFieldOnlyAtItsStart) {
  EXPECT_EQ(read("\"a,\"\"b\"\"\n\",5\" steel,x\"y\"\n").rows, (Rows{{"a,\"b\"\n", "5\" steel", "x\"y\""}}));
  EXPECT_EQ(read("\"\",\"\"\"\",\"\"\"\"\"\"\n").rows, (Rows{{"", "\"", "\"\""}}));
  EXPECT_EQ(read("a\\\"b,\"c\\\",d\n").rows, (Rows{{"a\\\"b", "c\\", "d"}}));  // a backslash is like any character
}

TEST(CsvRecords, BlankRecordsAreLeftOutAndCounted) {
  const Reading reading = read("\n  \na\n\t\n\r\n\"\"\n,\n\n");
  EXPECT_EQ(reading.rows, (Rows{{"a"}, {""}, {"", ""}}));
  EXPECT_EQ(reading.n_blank, 5u);
  EXPECT_EQ(reading.lines, (std::vector<std::uint64_t>{3, 6, 7}));
}

TEST(CsvRecords, ADelimiterThatEndsTheTextIsFollowedByAnEmptyField) {
  EXPECT_EQ(read("a,").rows, (Rows{{"a", ""}}));
  EXPECT_EQ(read("a,\n").rows, (Rows{{"a", ""}}));
  EXPECT_EQ(read(",").rows, (Rows{{"", ""}}));
  EXPECT_EQ(read("").rows, Rows{});
}

TEST(CsvRecords, LinesAreCountedInsideQuotesToo) {
  const PaddedBytes bytes("\"1\n2\",\"3\r\n4\r5\",b\nc,d,e\n");
  CsvRecords records(bytes.view(), ',');
  ASSERT_TRUE(records.next());
  EXPECT_EQ(records.line_of(records.fields()[0]), 1u);
  EXPECT_EQ(records.line_of(records.fields()[1]), 2u);
  EXPECT_EQ(records.line_of(records.fields()[2]), 4u);
  ASSERT_TRUE(records.next());
  EXPECT_EQ(records.line(), 5u);
  EXPECT_FALSE(records.next());
  EXPECT_FALSE(records.fault());
}

TEST(CsvRecords, AQuoteThatIsNeverClosedIsAFaultWhereItOpens) {
  EXPECT_EQ(read("a,b\n1,\"x\n2,3\n").fault, "2:2: the quote that opens the field is never closed");
  EXPECT_EQ(read("\"").fault, "1:1: the quote that opens the field is never closed");
  EXPECT_EQ(read("\"a\"\"").fault, "1:1: the quote that opens the field is never closed");
}

TEST(CsvRecords, TextAfterAClosingQuoteIsAFault) {
  EXPECT_EQ(read("a\n\"x\ny\" z\n").fault, "2:1: text after the closing quote of the field");
  EXPECT_EQ(read("a,\"b\" \"c\"\n").fault, "1:2: text after the closing quote of the field");
}

TEST(CsvRecords, NulComesBeforeUtf8InAFieldAndTheFirstFieldBeforeTheNext) {
  using namespace std::string_view_literals;
  EXPECT_EQ(read("a,b\n1,\xff\0\n"sv).fault, "2:2: the field holds a NUL byte");
  EXPECT_EQ(read("a,b\ncaf\xe9,\0\n"sv).fault, "2:1: the field is not valid UTF-8 (byte 0xe9)");
  EXPECT_EQ(read("\"x\ny\",\"\0\"\n"sv).fault, "2:2: the field holds a NUL byte");
  EXPECT_EQ(read("\xc3,\xa9\n"sv).fault, "1:1: the field is not valid UTF-8 (byte 0xc3)");  // é, torn apart
  EXPECT_EQ(read("größe,\"年齢\",😀\n").fault, "");
}

TEST(CsvRecords, FieldsBeyondTheLimitAreAFault) {
  const std::string longest(kMaxFieldBytes, 'x');
  EXPECT_EQ(read("a," + longest + "\n").fault, "");
  EXPECT_EQ(read("a," + longest + "x\n").fault, "1:2: the field is longer than the limit of 16 MiB");
  EXPECT_EQ(read("a,\"" + longest + "\"\"\"\n").fault, "1:2: the field is longer than the limit of 16 MiB");
  EXPECT_EQ(read("a,\"" + longest + "x").fault, "1:2: the field is longer than the limit of 16 MiB");
}

TEST(CsvRecords, RecordsOfAnyLengthAreCountedButNotKept) {
  const PaddedBytes bytes(std::string(3 * kMaxColumns, ',') + "\xff\n");
  CsvRecords records(bytes.view(), ',');
  ASSERT_TRUE(records.next());
  EXPECT_EQ(records.n_fields(), 3 * kMaxColumns + 1);
  EXPECT_EQ(records.fields().size(), kMaxColumns + 1);
  EXPECT_EQ(text_of(records.find_bad_text()), "1:300001: the field is not valid UTF-8 (byte 0xff)");
}

TEST(CsvRecords, APartHoldsTheRecordsThatStartInIt) {
  const PaddedBytes bytes("a,b\n1,\"x\ny\"\n2,z\n");
  const std::string_view text = bytes.view();
  CsvRecords records(text, ',', {.text = text.substr(4, 5)});
  EXPECT_TRUE(records.next());
  EXPECT_EQ(records.line(), 1u);
  EXPECT_EQ(records.n_fields(), 2u);
  EXPECT_FALSE(records.next());
  EXPECT_EQ(records.position(), text.data() + 12);
  EXPECT_EQ(records.next_line(), 3u);
  CsvRecords guess(text, ',', {.text = text.substr(4, 5), .is_guess = true});
  EXPECT_FALSE(guess.next());
  EXPECT_TRUE(guess.fault());
}

}  // namespace
}  // namespace ffwd
