// ColumnStore: columns whose cells stay in a file until they are needed, so that a table may be larger than memory.
// And the two ways to cells that are the same whether a table has them in memory or not: column by column, for what is
// fitted to a column as a whole, and piece by piece, for what is done to each row.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "ffwd/table.h"

namespace ffwd {

/// Where a table's stored columns are (Table::store, Column::is_stored). It has all columns of the table, by the same
/// numbers.
class ColumnStore {
 public:
  using TakePiece = std::function<void(const Table& piece)>;

  virtual ~ColumnStore() = default;
  /// Column `k` whole. Thread-safe.
  [[nodiscard]] virtual Column column(std::size_t k) const = 0;
  /// Runs of rows that may be read side by side.
  [[nodiscard]] virtual std::size_t n_parts() const = 0;
  /// Hands over `columns` of a part's rows, in order, some at a time, as tables whose first_row says where they stand.
  /// Thread-safe, as far as `take` is.
  virtual void read_part(std::size_t part, std::span<const std::size_t> columns, const TakePiece& take) const = 0;
};

/// A column and its cells: those in the table, or read for as long as this lives.
class ColumnCells {
 public:
  ColumnCells(const Table& table, std::size_t k);
  ColumnCells(const ColumnCells&) = delete;
  ColumnCells& operator=(const ColumnCells&) = delete;

  /// A table of the same rows that has the cells, and the column's place in it.
  [[nodiscard]] const Table& table() const { return *table_; }
  [[nodiscard]] std::size_t column() const { return column_; }

 private:
  Table own_;
  const Table* table_;
  std::size_t column_;
};

/// The columns of so many rows that are worked on at a time by up to `threads` threads, each of which has one in memory
/// and some copies of it.
[[nodiscard]] unsigned columns_at_a_time(std::size_t n_rows, unsigned threads);

/// The runs of rows that for_each_piece() tells apart.
[[nodiscard]] std::size_t n_parts(const Table& table);

/// Calls `take` with tables that have the cells of `columns` and together all rows: those of a part in order, parts
/// side by side. A table in memory is one piece, and is handed over itself.
void for_each_piece(const Table& table, std::span<const std::size_t> columns, unsigned threads,
                    const std::function<void(std::size_t part, const Table& piece)>& take);

/// Brings the cells of stored columns into memory for good. Names that the table does not have are passed over.
void bring_in(Table& table, std::span<const std::string> names);

}  // namespace ffwd
