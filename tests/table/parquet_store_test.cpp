#include "table/parquet_store.h"

#include <map>

#include "packing.h"
#include "reading.h"
#include "table/arrow_file.h"

namespace ffwd {
namespace {

TEST(ParquetStore, OtherFilesAreReadWhole) {
  const TestFolder folder;
  for (const std::string& path : {folder.write("t.csv", "a,b\n1,x\n"), folder.write("t.csv.gz", gzip("a,b\n1,x\n"))}) {
    const Table table = open_table(path, {}, 0);
    EXPECT_EQ(table.store, nullptr);
    EXPECT_EQ(table.column(0).integers[0], 1);
  }
  EXPECT_EQ(refusal_line([&] { (void)open_table(folder.path() + "/none.parquet", {}, 0); }),
            folder.path() + "/none.parquet: no such file");
}

#ifdef FFWD_HAS_ARROW

/// A Parquet file of 1,000 rows and nine columns: of each type, with and without gaps, and one of nothing.
std::string written(const TestFolder& folder) {
  std::string csv = "i,gaps,n,t,b,d,s,nothing,y\n";
  for (int r = 0; r < 1000; ++r) {
    const std::string digit = std::to_string(r % 9 + 1);
    csv += std::to_string(r % 23) + (r % 4 == 0 ? "," : "," + digit) + "," + std::to_string(r * 0.37) +
           (r % 11 == 0 ? "," : ",level " + digit) + (r % 3 == 0 ? ",true" : ",false") + ",200" + digit + "-01-0" +
           digit + ",2024-02-0" + digit + " 10:0" + digit + ":00,," + std::to_string((r * 7) % 31) + "\n";
  }
  std::string bytes;
  write_arrow_file(ArrowFileKind::kParquet, read_csv(csv, "t.csv"), "t.parquet",
                   [&](std::string_view some) { bytes += some; });
  return folder.write("t.parquet", bytes);
}

std::vector<std::string> cells(const Column& column, std::size_t begin = 0) {
  std::vector<std::string> all;
  for (std::size_t row = begin; row < column.n_rows; ++row)
    all.push_back(column.is_missing(row) ? "(missing)" : column.cell(row));
  return all;
}

TEST(ParquetStore, OfALargeFileOnlyTheDescriptionIsBroughtIn) {
  const TestFolder folder;
  const std::string path = written(folder);
  const Table whole = read_table(path), outline = open_table(path, {}, 9000);
  ASSERT_NE(outline.store, nullptr);
  EXPECT_EQ(outline.names(), whole.names());
  EXPECT_EQ(outline.n_rows(), 1000u);
  EXPECT_EQ(outline.source, path);
  EXPECT_EQ(outline.warnings, whole.warnings);
  EXPECT_EQ(outline.delimiter, 0);
  for (std::size_t k = 0; k < whole.n_columns(); ++k) {
    EXPECT_EQ(outline.column(k).type, whole.column(k).type);
    EXPECT_EQ(outline.column(k).is_stored, outline.column(k).name != "nothing");
    EXPECT_TRUE(outline.column(k).numbers.empty());
  }
  EXPECT_EQ(open_table(path, {}, 9001).store, nullptr);
}

TEST(ParquetStore, EveryColumnIsAsInTheWholeTable) {
  const TestFolder folder;
  const std::string path = written(folder);
  for (const ReadOptions& options : {ReadOptions{}, ReadOptions{.types = {{"i", ColumnType::kText}}}}) {
    const Table whole = read_table(path, options), outline = open_table(path, options, 0);
    for (std::size_t k = 0; k < whole.n_columns(); ++k) {
      const Column column = outline.store->column(k);
      EXPECT_EQ(column.type, whole.column(k).type);
      EXPECT_EQ(column.text.levels, whole.column(k).text.levels);
      EXPECT_EQ(cells(column), cells(whole.column(k)));
    }
  }
}

TEST(ParquetStore, PiecesHaveTheColumnsThatAreAskedFor) {
  const TestFolder folder;
  const std::string path = written(folder);
  const Table whole = read_table(path), outline = open_table(path, {}, 0);
  ASSERT_EQ(outline.store->n_parts(), 1u);
  std::size_t n_rows = 0;
  const std::vector<std::size_t> columns{6, 1, 7};
  outline.store->read_part(0, columns, [&](const Table& piece) {
    EXPECT_EQ(piece.names(), (std::vector<std::string>{"gaps", "s", "nothing"}));
    EXPECT_EQ(piece.first_row, n_rows);
    n_rows += piece.n_rows();
    EXPECT_EQ(cells(piece.column(1)), cells(whole.column(6), piece.first_row));
  });
  EXPECT_EQ(n_rows, 1000u);
}

TEST(ParquetStore, WhatTheColumnCannotBeIsRefusedAtOnce) {
  const TestFolder folder;
  const std::string path = written(folder);
  EXPECT_EQ(refusal_line([&] { (void)open_table(path, {.types = {{"t", ColumnType::kNumber}}}, 0); }),
            refusal_line([&] { (void)read_table(path, {.types = {{"t", ColumnType::kNumber}}}); }));
}

TEST(ParquetStore, DamagedFilesAreRefusedOrReadAsWhatTheyHold) {
  const TestFolder folder;
  const std::string path = written(folder);
  std::string bytes;
  {
    std::ifstream file(path, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(file), {});
  }
  std::size_t n_refused = 0;
  for (std::size_t at = 4; at < bytes.size(); at += bytes.size() / 150) {
    std::string bent = bytes;
    bent[at] = static_cast<char>(bent[at] ^ 0x5a);
    const std::string damaged = folder.write("damaged.parquet", bent);
    try {
      const Table outline = open_table(damaged, {}, 0);
      if (outline.store == nullptr) continue;
      for (std::size_t k = 0; k < outline.n_columns(); ++k)
        EXPECT_EQ(outline.store->column(k).n_rows, outline.n_rows());
      std::vector<std::size_t> all(outline.n_columns());
      for (std::size_t k = 0; k < all.size(); ++k) all[k] = k;
      for (std::size_t part = 0; part < outline.store->n_parts(); ++part)
        outline.store->read_part(part, all, [](const Table&) {});
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kData) << error.what();
      ++n_refused;
    }
  }
  EXPECT_GT(n_refused, 10u);
}

#endif

}  // namespace
}  // namespace ffwd
