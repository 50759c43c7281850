#include "table/line_map.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace ffwd {

void LineMap::add_row(std::uint64_t line) {
  if (runs_.empty() || line != next_line_) runs_.push_back({n_rows_, line});
  next_line_ = line + 1;
  ++n_rows_;
}

void LineMap::add_shift(std::uint32_t column, std::uint32_t lines) {
  assert(n_rows_ > 0);
  shifts_.push_back({n_rows_ - 1, column, lines});
}

void LineMap::append(const LineMap& next, std::uint64_t first_line) {
  const std::uint64_t before = first_line - 1;
  for (const Run& run : next.runs_) {
    const bool continues = run.row == 0 && !runs_.empty() && run.line + before == next_line_;
    if (!continues) runs_.push_back({n_rows_ + run.row, run.line + before});
  }
  for (const Shift& shift : next.shifts_) shifts_.push_back({n_rows_ + shift.row, shift.column, shift.lines});
  if (next.n_rows_ > 0) next_line_ = next.next_line_ + before;
  n_rows_ += next.n_rows_;
}

void LineMap::clear() {
  n_rows_ = 0;
  next_line_ = 0;
  runs_.clear();
  shifts_.clear();
}

std::uint64_t LineMap::line(std::size_t row, std::size_t column) const {
  assert(row < n_rows_);
  const auto after_run =
      std::upper_bound(runs_.begin(), runs_.end(), row, [](std::size_t r, const Run& run) { return r < run.row; });
  const Run& run = *(after_run - 1);
  const std::uint64_t start = run.line + (row - run.row);
  const auto after_shift =
      std::upper_bound(shifts_.begin(), shifts_.end(), std::pair(row, column), [](const auto& at, const Shift& shift) {
        return at < std::pair<std::size_t, std::size_t>(shift.row, shift.column);
      });
  if (after_shift == shifts_.begin() || (after_shift - 1)->row != row) return start;
  return start + (after_shift - 1)->lines;
}

}  // namespace ffwd
