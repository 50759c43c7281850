#include "table/range_scan.h"

#include "reading.h"

namespace ffwd {
namespace {

/// Reads `part` of a text that goes on with `rest`, as rows of two columns.
RangeScan scan_of(const PaddedBytes& bytes, std::size_t part_size, bool is_guess) {
  const CsvJob job{.text = bytes.view(), .source = "t.csv"};
  RangeScan scan;
  scan.read(job, {.text = bytes.view().substr(0, part_size), .is_guess = is_guess}, std::vector<ColumnScan>(2));
  return scan;
}

TEST(RangeScan, ReadsTheRecordsThatStartInItsPart) {
  const PaddedBytes bytes("1,x\n\n2,\n3,y\n");
  const RangeScan scan = scan_of(bytes, 8, true);
  EXPECT_FALSE(scan.fault());
  EXPECT_EQ(scan.end(), bytes.view().data() + 8);
  EXPECT_EQ(scan.n_lines(), 3u);
  EXPECT_EQ(scan.n_blank(), 1u);
  EXPECT_EQ(scan.lines().n_rows(), 2u);
  EXPECT_EQ(scan.lines().line(1, 0), 3u);
  EXPECT_FALSE(scan.last_column_is_empty());
  EXPECT_EQ(scan.column(0).infer(false).type, ColumnType::kInteger);
}

TEST(RangeScan, ARecordMayGoOnAfterThePart) {
  const PaddedBytes bytes("1,\"x\ny\"\n2,z\n");
  const RangeScan scan = scan_of(bytes, 5, false);
  EXPECT_FALSE(scan.fault());
  EXPECT_EQ(scan.end(), bytes.view().data() + 8);
  EXPECT_EQ(scan.n_lines(), 2u);
  EXPECT_TRUE(scan_of(bytes, 5, true).fault()) << "a guess does not look for the quote elsewhere";
}

TEST(RangeScan, GivesTheFirstFault) {
  const PaddedBytes bytes("1,2\n3\n\xff,4\n");
  const RangeScan scan = scan_of(bytes, bytes.size(), false);
  ASSERT_TRUE(scan.fault());
  EXPECT_EQ(scan.fault()->line, 2u);
  EXPECT_EQ(scan.fault()->what, "expected 2 fields, found 1");
}

TEST(RangeScan, IsUsedForOneRangeAfterTheOther) {
  const PaddedBytes bytes("1,x\n3\n4,\n"), later("5,\n");
  RangeScan scan = scan_of(bytes, bytes.size(), true);
  EXPECT_TRUE(scan.fault());
  scan.read({.text = later.view()}, {.text = later.view()}, std::vector<ColumnScan>(2));
  EXPECT_FALSE(scan.fault());
  EXPECT_EQ(scan.lines().n_rows(), 1u);
  EXPECT_TRUE(scan.last_column_is_empty());
  EXPECT_EQ(scan.column(1).infer(false).type, ColumnType::kMissing);
}

}  // namespace
}  // namespace ffwd
