#include "table/csv_structure.h"

#include "reading.h"

namespace ffwd {
namespace {

CsvStructure structure_of(std::string_view text) {
  const PaddedBytes bytes(text);
  return read_structure({.text = bytes.view(), .source = "t.csv"});
}

std::string fault_of(std::string_view text) {
  return refusal_line([&] { structure_of(text); });
}

TEST(CsvStructure, KnowsTheShapeAndWhereRowsAre) {
  const CsvStructure found = structure_of("\na,\"b\nc\"\n\n1,\"x\n\"\n2,y\n");
  EXPECT_EQ(found.names, (std::vector<std::string>{"a", "b\nc"}));
  EXPECT_EQ(found.name_lines, (std::vector<std::uint64_t>{2, 2}));
  EXPECT_EQ(found.n_blank, 2u);
  EXPECT_EQ(found.lines.n_rows(), 2u);
  EXPECT_EQ(found.lines.line(0, 0), 5u);
  EXPECT_EQ(found.lines.line(1, 1), 7u);
  EXPECT_EQ(found.columns[0].infer(false).type, ColumnType::kInteger);
  EXPECT_EQ(found.columns[1].infer(false).type, ColumnType::kText);
}

TEST(CsvStructure, FieldsAfterAQuotedLineEndAreOnLaterLines) {
  const CsvStructure found = structure_of("a,b,c,d\n1,\"x\ny\r\nz\",2,\"\n\"\n5,6,7,8\n");
  EXPECT_EQ(found.lines.line(0, 1), 2u);
  EXPECT_EQ(found.lines.line(0, 2), 4u);
  EXPECT_EQ(found.lines.line(0, 3), 4u);
  EXPECT_EQ(found.lines.line(1, 0), 6u);
}

TEST(CsvStructure, ARaggedRowNamesTheFirstMissingOrSurplusField) {
  EXPECT_EQ(fault_of("a,b,c\n1,2,3\n4,5\n"), "t.csv:3:3: expected 3 fields, found 2");
  EXPECT_EQ(fault_of("a,b\n1,2\n3,4,5\n"), "t.csv:3:3: expected 2 fields, found 3");
  EXPECT_EQ(fault_of("a,b\n\"x\ny\",2,3\n"), "t.csv:3:3: expected 2 fields, found 3");
  EXPECT_EQ(fault_of("a,b\n\"x\ny\"\n"), "t.csv:2:2: expected 2 fields, found 1");
  EXPECT_EQ(fault_of("a,b\n1,2,\n"), "t.csv:2:3: expected 2 fields, found 3");
}

TEST(CsvStructure, TheFirstFaultOfTheFileCountsAndInARecordTheStructureFirst) {
  EXPECT_EQ(fault_of("a,b\n1,\xff,3\n\"x\n"), "t.csv:2:2: the field is not valid UTF-8 (byte 0xff)");
  EXPECT_EQ(fault_of("a,b\n1,\xff,\"3\n"), "t.csv:2:3: the quote that opens the field is never closed");
  EXPECT_EQ(fault_of("a,\xff\n1\n"), "t.csv:1:2: the field is not valid UTF-8 (byte 0xff)");
}

TEST(CsvStructure, ColumnsBeyondTheLimitAreRefused) {
  EXPECT_EQ(structure_of(std::string(99'999, ',') + "\n").names.size(), 100'000u);
  EXPECT_EQ(fault_of(std::string(100'000, ',') + "\n"),
            "t.csv:1:100001: the header has 100001 columns, the limit is 100000");
}

TEST(CsvStructure, ARowOfAnyLengthIsCounted) {
  EXPECT_EQ(fault_of("a,b\n" + std::string(300'000, ',') + "\n"), "t.csv:2:3: expected 2 fields, found 300001");
}

TEST(CsvStructure, NoticesALastColumnWithoutAnything) {
  EXPECT_TRUE(structure_of("a,\n1,\n2, \n3,\"\"\n").last_column_is_empty);
  EXPECT_FALSE(structure_of("a,\n1,\n2,\" \"\n").last_column_is_empty);
  EXPECT_FALSE(structure_of("a,\n1,NA\n").last_column_is_empty);
}

}  // namespace
}  // namespace ffwd
