// Large products cut into parts that threads compute side by side. Every number is computed whole in one of them, so
// the cut changes no bit.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>

#include "core/denormals.h"
#include "core/thread_pool.h"

namespace ffwd {

/// A part of C[rows, columns] = A[rows, depth] · B[depth, columns].
struct ProductPart {
  std::size_t row = 0, rows = 0, column = 0, columns = 0;
};

/// Calls compute(part) for ranges of columns, or of rows where columns are few or fewer, by up to `threads` threads;
/// once for the whole product where parts would be too small to gain.
template <class Compute>
void for_product_parts(unsigned threads, std::size_t rows, std::size_t depth, std::size_t columns,
                       const Compute& compute) {
  constexpr std::size_t kLeastWork = std::size_t{1} << 22;  // multiply-adds of a part: tens of microseconds
  constexpr std::size_t kLeastColumns = 128, kColumnStep = 64, kRowStep = 8;
  const std::size_t parts = std::min<std::size_t>(threads, rows * columns * depth / kLeastWork);
  if (parts < 2) return compute(ProductPart{.rows = rows, .columns = columns});
  // Each part reads all of one factor: better the smaller one.
  const bool by_columns = columns >= parts * kLeastColumns && columns >= rows;
  const std::size_t all = by_columns ? columns : rows, unit = by_columns ? kColumnStep : kRowStep;
  const std::size_t size = ((all + parts - 1) / parts + unit - 1) / unit * unit;
  const auto task = [&](std::size_t number, unsigned) {
    const FlushDenormals flush;  // also on the threads of the pool
    const std::size_t first = number * size, n = std::min(size, all - first);
    compute(by_columns ? ProductPart{.rows = rows, .column = first, .columns = n}
                       : ProductPart{.row = first, .rows = n, .columns = columns});
  };
  parallel_for(threads, (all + size - 1) / size, std::ref(task));  // a reference needs no heap
}

}  // namespace ffwd
