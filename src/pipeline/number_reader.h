// NumberReader: the cells of an integer, number or boolean column as float64.
#pragma once

#include <span>
#include <vector>

#include "ffwd/table.h"
#include "pipeline/pipeline.h"

namespace ffwd {

/// Columns of other types read as all missing: callers have checked them with require_readable(). Integers beyond 2^53
/// are rounded. Not shared between threads.
class NumberReader {
 public:
  explicit NumberReader(const Column& column) : column_(&column) {}

  /// out[i] = the cell in rows[i]; NaN if missing, 1 for true, 0 for false; infinities are passed on.
  void read(std::span<const RowIndex> rows, std::span<double> out);

 private:
  void read_integers(std::span<const RowIndex> rows, std::span<double> out) const;
  void read_booleans(std::span<const RowIndex> rows, std::span<double> out);

  const Column* column_;
  std::vector<double> of_level_;  ///< booleans: the value of each spelling; NaN until it is met
};

}  // namespace ffwd
