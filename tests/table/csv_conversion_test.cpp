#include "table/csv_conversion.h"

#include "reading.h"
#include "table/csv_structure.h"

namespace ffwd {
namespace {

/// Both columns of `text`, in ranges of a few bytes.
std::vector<Column> converted(std::string_view text, ColumnType first, ColumnType second, unsigned threads = 3) {
  const PaddedBytes bytes(text);
  const CsvJob job{.text = bytes.view(), .source = "t.csv", .threads = threads, .range_bytes = 4};
  const CsvStructure structure = read_structure(job);
  const std::vector<PendingColumn> pending = {{1, {"b", {second}, true, true}}, {0, {"a", {first}, true, false}}};
  return convert(job, structure.ranges, pending);
}

TEST(CsvConversion, PutsTheRangesTogetherInTheirOrder) {
  const auto columns =
      converted("a,b\n1,y\nNA,x\n-3,y\n4,NA\n9007199254740993,z\n", ColumnType::kInteger, ColumnType::kText);
  ASSERT_EQ(columns.size(), 2u);
  EXPECT_EQ(columns[0].name, "b");
  EXPECT_EQ(columns[0].text.levels, (std::vector<std::string>{"y", "x", "z"}));
  EXPECT_EQ(columns[0].text.codes, (std::vector<std::int32_t>{0, 1, 0, -1, 2}));
  EXPECT_EQ(columns[0].cell(3), "NA");
  EXPECT_EQ(columns[1].integers, (std::vector<std::int64_t>{1, 0, -3, 4, 9007199254740993}));
  EXPECT_EQ(columns[1].missing, (std::vector<bool>{false, true, false, false, false}));
  EXPECT_EQ(columns[1].n_rows, 5u);
}

TEST(CsvConversion, TheFirstCellThatDoesNotFitIsReportedWhoeverMeetsIt) {
  for (unsigned threads = 1; threads <= 3; ++threads) {
    std::string text = "a,b\n";
    for (int row = 0; row < 100; ++row) text += "1,2\n";
    text += "\"\n5\",no\nno,no\n";
    for (int row = 0; row < 100; ++row) text += "no,no\n";
    EXPECT_EQ(refusal([&] { (void)converted(text, ColumnType::kNumber, ColumnType::kNumber, threads); }),
              "t.csv:103:2: column 'b': 'no' is not a number\n  mend the cell");
  }
}

TEST(CsvConversion, ATableWithoutRowsHasEmptyColumns) {
  const auto columns = converted("a,b\n", ColumnType::kNumber, ColumnType::kText);
  EXPECT_EQ(columns[0].n_rows, 0u);
  EXPECT_EQ(columns[1].type, ColumnType::kNumber);
}

}  // namespace
}  // namespace ffwd
