#include "pipeline/level_counter.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace ffwd {

bool has_codes(const Column& column) {
  switch (column.type) {
    case ColumnType::kMissing:
    case ColumnType::kInteger:
    case ColumnType::kNumber:
      return false;
    default:
      return true;
  }
}

void LevelCounter::add(const Column& column, std::span<const RowIndex> rows) {
  if (!has_codes(column)) {
    for (const RowIndex row : rows) {
      if (column.is_missing(row))
        ++n_missing_;
      else
        count(column.cell(row), 1);
    }
    return;
  }
  // By code first: texts are then hashed once per piece, not once per row.
  std::vector<std::size_t> of_code(column.text.levels.size(), 0);
  for (const RowIndex row : rows) {
    const std::int32_t code = column.text.codes[row];
    if (code < 0)
      ++n_missing_;
    else
      ++of_code[static_cast<std::size_t>(code)];
  }
  for (std::size_t code = 0; code < of_code.size(); ++code)
    if (of_code[code] > 0) count(column.text.levels[code], of_code[code]);
}

void LevelCounter::count(const std::string& text, std::size_t n_rows) {
  counts_[text] += n_rows;
  n_present_ += n_rows;
}

bool LevelCounter::respell(Respelling respelling) {
  decltype(counts_) respelled;
  for (const auto& [text, n_rows] : counts_) {
    const std::optional<std::string> same = respelling(text);
    if (!same) return false;
    respelled[*same] += n_rows;
  }
  counts_ = std::move(respelled);
  return true;
}

void LevelCounter::merge_spellings() {
  if (!respell(spelled_as_number)) respell(spelled_as_boolean);
}

std::vector<LevelCount> LevelCounter::sorted() const {
  std::vector<LevelCount> levels;
  levels.reserve(counts_.size());
  for (const auto& [text, n_rows] : counts_) levels.push_back({text, n_rows});
  std::ranges::sort(levels, [](const LevelCount& a, const LevelCount& b) {
    return a.n_rows != b.n_rows ? a.n_rows > b.n_rows : a.text < b.text;
  });
  return levels;
}

}  // namespace ffwd
