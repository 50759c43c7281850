#include "table/column_store.h"

#include <gtest/gtest.h>

#include <array>
#include <mutex>
#include <vector>

#include "support/stored_table.h"

namespace ffwd {
namespace {

Table three_columns(std::size_t n) {
  Table table;
  table.source = "t";
  std::vector<double> x(n);
  std::vector<std::int64_t> k(n);
  std::vector<std::optional<std::string>> c(n);
  for (std::size_t i = 0; i < n; ++i) {
    x[i] = static_cast<double>(i) / 2;
    k[i] = static_cast<std::int64_t>(i);
    if (i % 3 > 0) c[i] = "level " + std::to_string(i % 5);
  }
  table.add_numbers("x", x);
  table.add_integers("k", k);
  table.add_text("c", c);
  return table;
}

TEST(ColumnStore, CellsOfATableInMemoryAreThoseOfTheTable) {
  const Table table = three_columns(4);
  const ColumnCells cells(table, 1);
  EXPECT_EQ(&cells.table(), &table);
  EXPECT_EQ(cells.column(), 1u);
}

TEST(ColumnStore, CellsOfAStoredColumnAreReadForAsLongAsTheyAreWanted) {
  const Table table = stored(three_columns(4));
  EXPECT_TRUE(table.column(1).is_stored);
  EXPECT_TRUE(table.column(1).integers.empty());
  const ColumnCells cells(table, 1);
  EXPECT_EQ(cells.table().source, "t");
  EXPECT_EQ(cells.table().column(cells.column()).integers, (std::vector<std::int64_t>{0, 1, 2, 3}));
}

TEST(ColumnStore, ATableInMemoryIsOnePiece) {
  const Table table = three_columns(10);
  EXPECT_EQ(n_parts(table), 1u);
  std::size_t pieces = 0;
  for_each_piece(table, std::array<std::size_t, 1>{0}, 2, [&](std::size_t part, const Table& piece) {
    EXPECT_EQ(part, 0u);
    EXPECT_EQ(&piece, &table);
    ++pieces;
  });
  EXPECT_EQ(pieces, 1u);
}

TEST(ColumnStore, PiecesHaveEveryRowOnceAndSayWhereTheyStand) {
  const Table table = stored(three_columns(250), 100, 30);
  ASSERT_EQ(n_parts(table), 3u);
  for (const unsigned threads : {1U, 4U}) {
    std::mutex lock;
    std::vector<int> seen(250);
    std::vector<std::size_t> next = {0, 100, 200};
    for_each_piece(table, std::array<std::size_t, 2>{2, 1}, threads, [&](std::size_t part, const Table& piece) {
      const std::scoped_lock held(lock);
      EXPECT_EQ(piece.names(), (std::vector<std::string>{"c", "k"}));
      EXPECT_EQ(piece.first_row, next[part]);
      next[part] += piece.n_rows();
      EXPECT_EQ(piece.where(0, 0), "t: row " + std::to_string(piece.first_row + 1));
      for (std::size_t row = 0; row < piece.n_rows(); ++row)
        ++seen[static_cast<std::size_t>(piece.column(1).integers[row])];
    });
    EXPECT_EQ(seen, std::vector<int>(250, 1));
    EXPECT_EQ(next, (std::vector<std::size_t>{100, 200, 250}));
  }
}

TEST(ColumnStore, ColumnsAreBroughtInByName) {
  Table table = stored(three_columns(4));
  const std::vector<std::string> names{"c", "no such column", "c"};
  bring_in(table, names);
  EXPECT_FALSE(table.column(2).is_stored);
  EXPECT_EQ(table.column(2).cell(1), "level 1");
  EXPECT_TRUE(table.column(2).is_missing(3));
  EXPECT_TRUE(table.column(0).is_stored);
}

TEST(ColumnStore, FewColumnsOfManyRowsAreWorkedOnAtATime) {
  EXPECT_EQ(columns_at_a_time(0, 8), 8u);
  EXPECT_EQ(columns_at_a_time(1'000'000, 8), 8u);
  EXPECT_EQ(columns_at_a_time(10'000'000, 8), 2u);
  EXPECT_EQ(columns_at_a_time(4'000'000'000, 8), 1u);
}

}  // namespace
}  // namespace ffwd
