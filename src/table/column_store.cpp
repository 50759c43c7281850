#include "table/column_store.h"

#include <algorithm>

#include "core/thread_pool.h"

namespace ffwd {

ColumnCells::ColumnCells(const Table& table, std::size_t k) : table_(&table), column_(k) {
  if (!table.column(k).is_stored) return;
  own_.source = table.source;
  own_.add(table.store->column(k));
  table_ = &own_;
  column_ = 0;
}

unsigned columns_at_a_time(std::size_t n_rows, unsigned threads) {
  constexpr std::size_t kBytesPerRow = 48;  // a double as it was read, and while its array grows; to be sorted; a text
  constexpr std::size_t kMostBytes = std::size_t{1} << 30;
  const std::size_t most = kMostBytes / (kBytesPerRow * std::max<std::size_t>(n_rows, 1));
  return std::max(1U, static_cast<unsigned>(std::min<std::size_t>(most, threads)));
}

std::size_t n_parts(const Table& table) { return table.store == nullptr ? 1 : table.store->n_parts(); }

void for_each_piece(const Table& table, std::span<const std::size_t> columns, unsigned threads,
                    const std::function<void(std::size_t part, const Table& piece)>& take) {
  if (table.store == nullptr) return take(0, table);
  parallel_for(threads, table.store->n_parts(), [&](std::size_t part, unsigned) {
    table.store->read_part(part, columns, [&](const Table& piece) { take(part, piece); });
  });
}

void bring_in(Table& table, std::span<const std::string> names) {
  for (const std::string& name : names) {
    const auto k = table.find(name);
    if (k && table.column(*k).is_stored) table.edit(*k) = table.store->column(*k);
  }
}

}  // namespace ffwd
