// A table whose columns are stored, in memory all the same: in parts and pieces as small as one likes.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "table/column_store.h"

namespace ffwd {

template <class Values>
Values some_of(const Values& values, std::size_t begin, std::size_t end) {
  const auto at = [&](std::size_t row) {
    return values.begin() + static_cast<std::ptrdiff_t>(std::min(row, values.size()));
  };
  return Values(at(begin), at(end));
}

class HeldStore final : public ColumnStore {
 public:
  HeldStore(Table table, std::size_t part_rows, std::size_t piece_rows)
      : table_(std::move(table)), part_rows_(part_rows), piece_rows_(piece_rows) {}

  [[nodiscard]] Column column(std::size_t k) const override { return table_.column(k); }
  [[nodiscard]] std::size_t n_parts() const override { return (table_.n_rows() + part_rows_ - 1) / part_rows_; }
  void read_part(std::size_t part, std::span<const std::size_t> columns, const TakePiece& take) const override {
    const std::size_t end = std::min((part + 1) * part_rows_, table_.n_rows());
    for (std::size_t row = part * part_rows_; row < end; row += piece_rows_)
      take(piece(columns, row, std::min(row + piece_rows_, end)));
  }

 private:
  [[nodiscard]] Table piece(std::span<const std::size_t> columns, std::size_t begin, std::size_t end) const {
    Table piece;
    piece.source = table_.source;
    piece.first_row = begin;
    for (const std::size_t k : columns) {
      const Column& whole = table_.column(k);
      piece.add({.name = whole.name,
                 .type = whole.type,
                 .n_rows = end - begin,
                 .integers = some_of(whole.integers, begin, end),
                 .missing = some_of(whole.missing, begin, end),
                 .numbers = some_of(whole.numbers, begin, end),
                 .text = {.codes = some_of(whole.text.codes, begin, end), .levels = whole.text.levels},
                 .spelling = std::nullopt});
    }
    return piece;
  }

  Table table_;
  std::size_t part_rows_, piece_rows_;
};

/// `table` with all cells in a store.
inline Table stored(Table table, std::size_t part_rows = 100, std::size_t piece_rows = 30) {
  table.lines = nullptr;
  Table outline = Table::with_rows(table.n_rows());
  outline.source = table.source;
  for (const Column& column : table.columns())
    outline.add({.name = column.name,
                 .type = column.type,
                 .n_rows = column.n_rows,
                 .spelling = std::nullopt,
                 .is_stored = column.type != ColumnType::kMissing});
  outline.store = std::make_shared<HeldStore>(std::move(table), part_rows, piece_rows);
  return outline;
}

}  // namespace ffwd
