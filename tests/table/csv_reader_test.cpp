#include "table/csv_reader.h"

#include <cmath>
#include <random>
#include <string>

#include "csv_parallel.h"
#include "ffwd/table.h"
#include "packing.h"
#include "reading.h"

namespace ffwd {
namespace {

using Texts = std::vector<std::string>;

Table read(std::string_view text, const ReadOptions& options = {}) { return read_csv(text, "t.csv", options); }

std::string fault_of(std::string_view text, const ReadOptions& options = {}) {
  return refusal_line([&] { (void)read(text, options); });
}

/// Type and cells of a column, as "integer: 1 | | 3".
std::string shown(const Table& table, std::size_t k) {
  const Column& column = table.column(k);
  std::string text(to_string(column.type));
  for (std::size_t row = 0; row < column.n_rows; ++row) text += (row == 0 ? ": " : " | ") + column.cell(row);
  return text;
}

TEST(CsvReader, ReadsATableWhole) {
  const Table table =
      read("id,price,city,new,sold\n1,1.5,Rome,true,2024-01-01\n2,,\"São Paulo\",FALSE,2024-01-02 10:00\n");
  EXPECT_EQ(table.source, "t.csv");
  EXPECT_EQ(table.delimiter, ',');
  EXPECT_EQ(table.n_rows(), 2u);
  EXPECT_EQ(table.warnings, Texts{});
  EXPECT_EQ(shown(table, 0), "integer: 1 | 2");
  EXPECT_EQ(shown(table, 1), "number: 1.5 | ");
  EXPECT_EQ(shown(table, 2), "text: Rome | São Paulo");
  EXPECT_EQ(shown(table, 3), "boolean: true | FALSE");
  EXPECT_EQ(shown(table, 4), "timestamp: 2024-01-01 | 2024-01-02 10:00");
}

TEST(CsvReader, ReadsFilesAndArchives) {
  const TestFolder folder;
  const std::string text = "a,b\n1,x\n2,\n";
  for (const std::string& path :
       {folder.write("t.csv", text), folder.write("t.csv.gz", gzip(text)), folder.write("t.zst", zstd(text))}) {
    const Table table = read_table(path);
    EXPECT_EQ(shown(table, 1), "text: x | ");
    EXPECT_EQ(table.where(1, 1), path + ":3:2");
  }
  const std::string path = folder.write("bad.csv.gz", gzip("a,b\n1\n"));
  EXPECT_EQ(refusal_line([&] { (void)read_table(path); }), path + ":2:2: expected 2 fields, found 1");
}

TEST(CsvReader, AHeaderAloneIsATableWithoutRows) {
  const Table table = read("a,b\n");
  EXPECT_EQ(table.n_rows(), 0u);
  EXPECT_EQ(shown(table, 1), "missing");
  EXPECT_EQ(table.names(), (Texts{"a", "b"}));
}

TEST(CsvReader, AnEmptyFileIsRefused) {
  for (const char* text : {"", "\n \n\r\n", "\xef\xbb\xbf", "\t\t\n"})
    EXPECT_EQ(refusal([&] { (void)read(text); }),
              "t.csv: the file is empty: it has no header\n  the first line must hold the names of the columns");
}

TEST(CsvReader, DropsAByteOrderMark) {
  EXPECT_EQ(read("\xef\xbb\xbf"
                 "a,b\n1,2\n")
                .names()[0],
            "a");
}

TEST(CsvReader, CountsBlankLinesInOneWarning) {
  EXPECT_EQ(read("\na,b\n\n1,2\n  \n").warnings, Texts{"3 blank lines left out"});
}

TEST(CsvReader, MissingCellsInAColumnOfOneAreWrittenAsMarks) {
  const Table table = read("x\n1\n\n\"\"\nNA\n2\n");
  EXPECT_EQ(shown(table, 0), "integer: 1 |  |  | 2");
  EXPECT_EQ(table.where(3, 0), "t.csv:6:1");
}

TEST(CsvReader, TheDelimiterMayBeGiven) {
  EXPECT_EQ(read("a b\n1 2\n", {.delimiter = ' '}).names(), (Texts{"a", "b"}));
  EXPECT_EQ(read("a;b,c\n1;2,3\n", {.delimiter = ';'}).names(), (Texts{"a", "b,c"}));
  for (const char bad : {'"', '\n', '\r', '\x80'}) {
    try {
      (void)read("a\n", {.delimiter = bad});
      ADD_FAILURE() << "was not refused";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kUsage);
      EXPECT_EQ(error.fault().what, "a delimiter must be one ASCII character, and neither a quote nor a line end");
    }
  }
}

TEST(CsvReader, MissingMarksMayBeReplaced) {
  const Table table = read("a,b\n-999,NA\n2,x\n", {.missing = Texts{"-999"}});
  EXPECT_EQ(shown(table, 0), "integer:  | 2");
  EXPECT_EQ(shown(table, 1), "text: NA | x");
}

TEST(CsvReader, TypesComeFromAllRows) {
  std::string text = "x\n";
  for (int row = 0; row < 200'000; ++row) text += "12\n";
  const Table table = read(text + "abc\n");
  EXPECT_EQ(table.column(0).type, ColumnType::kText);
  EXPECT_EQ(table.warnings,
            Texts{"column 'x': 200000 of 200001 cells are numbers; read as text because of 'abc' at line 200002"});
}

TEST(CsvReader, ValuesBeyondFloat64AreRefusedTheFirstOfTheFileFirst) {
  EXPECT_EQ(refusal([] { (void)read("a,b\n1,2\n3,1e400\n"); }),
            "t.csv:3:2: column 'b': number '1e400' is out of the range of float64\n  mend the cell");
  EXPECT_EQ(fault_of("a,b\n1,1e500\n1e600,2\n"),
            "t.csv:2:2: column 'b': number '1e500' is out of the range of float64");
  EXPECT_EQ(fault_of("a\n1e999\n1,2\n"), "t.csv:3:2: expected 1 fields, found 2");  // structure comes first
  EXPECT_EQ(fault_of("a,a\n1e999,2\n"), "t.csv:1:2: duplicate column name 'a' (also column 1)");
  EXPECT_EQ(read("a\n1e999\nx\n").column(0).type, ColumnType::kText);  // as text it is no number
}

TEST(CsvReader, InfinitiesAreRead) {
  const Table table = read("a\n1\ninf\n-Infinity\n");
  EXPECT_EQ(table.column(0).numbers, (std::vector<double>{1.0, INFINITY, -INFINITY}));
}

TEST(CsvReader, IntegersOf64BitsAreExact) {
  EXPECT_EQ(shown(read("a\n9223372036854775807\n-9223372036854775808\n+5\n-0\n"), 0),
            "integer: 9223372036854775807 | -9223372036854775808 | 5 | 0");
  EXPECT_EQ(shown(read("a\n18446744073709551616\n9007199254740993\n"), 0),
            "number: 18446744073709551616 | 9007199254740992");
}

TEST(CsvReader, MinusZeroIsKeptInNumbers) { EXPECT_TRUE(std::signbit(read("a\n-0\n0.5\n").column(0).numbers[0])); }

TEST(CsvReader, ForcedTextKeepsWhatTheCellsSay) {
  const ReadOptions text{.types = {{"a", ColumnType::kText}}};
  EXPECT_EQ(shown(read("a,b\n007,1\n1.50,2\nNA,3\n\" x\",4\n", text), 0), "text: 007 | 1.50 |  |  x");
  EXPECT_EQ(read("a\n007\n1\nabc\n", text).warnings, Texts{});  // the caller knows
}

TEST(CsvReader, ForcedNumbersTakeIntegersAndNumbers) {
  const ReadOptions number{.types = {{"a", ColumnType::kNumber}}};
  EXPECT_EQ(shown(read("a\n1\n2\n", number), 0), "number: 1 | 2");
  EXPECT_EQ(shown(read("a\n007\n\n", number), 0), "number: 7");
  EXPECT_EQ(shown(read("a;b\n1,5;x\n2;y\n", number), 0), "number: 1.5 | 2");
  EXPECT_EQ(fault_of("a,b\n1,x\nabc,y\n", number), "t.csv:3:1: column 'a': 'abc' is not a number");
  EXPECT_EQ(fault_of("a;b\n1,5;x\nabc;y\n", number), "t.csv:3:1: column 'a': 'abc' is not a number");
  const ReadOptions integer{.types = {{"a", ColumnType::kInteger}}};
  EXPECT_EQ(shown(read("a\n1\nNA\n", integer), 0), "integer: 1 | ");
  EXPECT_EQ(shown(read("a\n1\n2.5\n", integer), 0), "number: 1 | 2.5");
  EXPECT_EQ(shown(read("a\n1\n9223372036854775808\n", integer), 0), "number: 1 | 9223372036854775808");
  EXPECT_EQ(fault_of("a\n1\ntrue\n", integer), "t.csv:3:1: column 'a': 'true' is not a number");
}

TEST(CsvReader, OtherForcedTypesLookAtEveryCell) {
  EXPECT_EQ(shown(read("a\ntrue\nNA\n", {.types = {{"a", ColumnType::kBoolean}}}), 0), "boolean: true | ");
  EXPECT_EQ(fault_of("a\ntrue\n1\n", {.types = {{"a", ColumnType::kBoolean}}}),
            "t.csv:3:1: column 'a': '1' is not true or false");
  EXPECT_EQ(fault_of("a\n2024-01-01\n03/04/2021\n", {.types = {{"a", ColumnType::kDate}}}),
            "t.csv:3:1: column 'a': '03/04/2021' is not a date (YYYY-MM-DD)");
  EXPECT_EQ(shown(read("a\n2024-01-01\n", {.types = {{"a", ColumnType::kTimestamp}}}), 0), "timestamp: 2024-01-01");
  EXPECT_EQ(fault_of("a\n\"x\ny\"\n1\n", {.types = {{"a", ColumnType::kTimestamp}}}),
            "t.csv:2:1: column 'a': 'x?y' is not a timestamp (YYYY-MM-DD HH:MM:SS)");
}

TEST(CsvReader, AColumnWithoutValuesTakesAnyForcedType) {
  for (const auto type : {ColumnType::kMissing, ColumnType::kInteger, ColumnType::kNumber, ColumnType::kText,
                          ColumnType::kBoolean, ColumnType::kDate, ColumnType::kTimestamp}) {
    const Table table = read("a,b\n,1\nNA,2\n", {.types = {{"a", type}, {"not there", type}}});
    EXPECT_EQ(table.column(0).type, type);
    EXPECT_EQ(table.column(0).n_rows, 2u);
    EXPECT_EQ(table.column(0).n_missing(), 2u);
  }
  EXPECT_EQ(read("a\n", {.types = {{"a", ColumnType::kNumber}}}).column(0).type, ColumnType::kNumber);
}

TEST(CsvReader, SpellingsAreKeptWhereAsked) {
  const Table table = read("a,b,c\n1.50,NA,x\n+2, ? ,\" y \"\n", {.keep_spelling = {"a", "b", "c", "none"}});
  EXPECT_EQ(table.column(0).numbers, (std::vector<double>{1.5, 2.0}));
  EXPECT_EQ(shown(table, 0), "number: 1.50 | +2");
  EXPECT_EQ(shown(table, 1), "missing: NA | ?");
  EXPECT_EQ(shown(table, 2), "text: x |  y ");
  EXPECT_FALSE(read("a\n1\n").column(0).spelling);
}

TEST(CsvReader, ForcedNumbersTakeTheMarkThatComesFirst) {
  const ReadOptions number{.types = {{"a", ColumnType::kNumber}}};
  EXPECT_EQ(fault_of("a;b\n1;x\n2.5;y\n1,5;z\n", number), "t.csv:4:1: column 'a': '1,5' is not a number");
  EXPECT_EQ(fault_of("a;b\n1;x\n1,5;y\n2.5;z\n", number), "t.csv:4:1: column 'a': '2.5' is not a number");
}

TEST(CsvReader, QuotedLineEndsAtAnyPlaceMakeNoDifference) {
  expect_same_however_read("a,b\n1,\"x\n1,2\n1,2\n\"\n3,y\n\"4\n\",\"\n\n\n\"\n5,z\n");
  expect_same_however_read("a,b\n1,\"x\n1,2\n1,2\n3,y\n");  // never closed
  expect_same_however_read("a\n\n\"\r\n\"\r\n\r\n5\" steel\r6\n");
}

TEST(CsvReader, WhatTheFirstRowsDoNotTellMakesNoDifference) {
  const std::string rows = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
  for (const char* row : {"abc", "inf", "007", "1e400", "9007199254740993", "99999999999999999999", "true",
                          "2024-01-01", "1,5", "1.5", "\" x\"", "NA"}) {
    for (const std::string& text :
         {rows + row + "\n" + rows, row + ("\n" + rows), "\"\"\n\"\"\n" + (row + ("\n" + rows))}) {
      expect_same_however_read("a\n" + text, {.delimiter = ';'});
      for (const ColumnType type : {ColumnType::kNumber, ColumnType::kText, ColumnType::kDate})
        expect_same_however_read("a\n" + text, {.delimiter = ';', .types = {{"a", type}}, .keep_spelling = {"a"}});
    }
  }
}

// Texts of pieces that matter to the reader, most of them broken somewhere.
TEST(CsvReader, RandomTextsAreTheSameForAnyNumberOfThreadsAndRanges) {
  const std::vector<std::string> pieces = {
      "1",    "-2.5", "abc", "\"q\"", "\"\"", "\"a\nb\"", "\"x,\r\ny\"", "5\" s",      " 7 ", "NA",
      "true", "007",  "1,5", "1e400", "\"",   "\xff",     "2024-01-01",  "\"a\"\"b\"", "inf", ""};
  std::mt19937 random(11);
  for (int repeat = 0; repeat < 400; ++repeat) {
    std::string text = "a,b\n";
    const std::size_t n_usual = random() % 6, n_pieces = 1 + random() % pieces.size();
    for (std::size_t n = random() % 30; n > 0; --n) {
      for (const char* end : {",", random() % 5 == 0 ? "\r\n" : "\n"})
        text += pieces[random() % 4 == 0 ? random() % n_pieces : n_usual] + end;
      if (random() % 20 == 0) text += "\n";
    }
    expect_same_however_read(text);
    if (HasFatalFailure()) FAIL() << text;
  }
}

TEST(CsvReader, ALargeTextIsTheSameForAnyNumberOfThreads) {
  std::mt19937 random(12);
  std::string text = "number,integer,word,note\n";
  while (text.size() < 5 * kRangeBytes) {
    text +=
        std::to_string(random() % 1000) + "." + std::to_string(random() % 1000) + "," + std::to_string(random()) + ",w";
    text += std::to_string(random() % 100) + ",\"line\nline " + std::to_string(random()) + "\"\n";
  }
  const std::string wanted = outcome(text, {}, 1, text.size());
  for (const unsigned threads : {1u, 2u, 3u}) EXPECT_TRUE(outcome(text, {}, threads, kRangeBytes) == wanted) << threads;
}

TEST(CsvReader, AMessageIsShortHoweverLongTheCell) {
  const std::string long_text(100'000, 'x');
  EXPECT_LT(fault_of("a\n" + long_text + "\n", {.types = {{"a", ColumnType::kNumber}}}).size(), 200u);
  EXPECT_LT(fault_of(long_text + "," + long_text + "\n1,2\n").size(), 200u);
}

}  // namespace
}  // namespace ffwd
