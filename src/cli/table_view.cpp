#include "cli/table_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string>
#include <vector>

#include "cli/readable.h"
#include "cli/text_table.h"
#include "core/names.h"
#include "core/text.h"

namespace ffwd {
namespace {

constexpr std::size_t kMostNameBytes = 40;
constexpr std::size_t kMostValueBytes = 20;
constexpr std::size_t kMostLevels = 4;

/// A cell as written, but no number with more digits than a person reads.
std::string cell_shown(const Column& column, std::size_t row) {
  const std::string text = column.cell(row);
  constexpr std::size_t kFewDigits = 10;
  if (column.type == ColumnType::kNumber && text.size() > kFewDigits) return fmt::format("{:.6g}", column.numbers[row]);
  return shorten(text, kMostValueBytes);
}

/// Rows of the least and the greatest live cell, by `less` on rows.
template <class Less>
std::string range(const Column& column, Less less) {
  std::size_t least = column.n_rows, most = column.n_rows;
  for (std::size_t row = 0; row < column.n_rows; ++row) {
    if (column.is_missing(row)) continue;
    if (least == column.n_rows || less(row, least)) least = row;
    if (most == column.n_rows || less(most, row)) most = row;
  }
  if (least == column.n_rows) return "";
  return cell_shown(column, least) + " … " + cell_shown(column, most);
}

/// "3 values: sale (1,204), rent (796), other (2)"
std::string levels(const Column& column) {
  std::vector<std::size_t> counts(column.text.levels.size());
  for (const std::int32_t code : column.text.codes) {
    if (code >= 0) ++counts[static_cast<std::size_t>(code)];
  }
  std::vector<std::size_t> order(counts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto shown = static_cast<std::ptrdiff_t>(std::min(order.size(), kMostLevels));
  std::partial_sort(order.begin(), order.begin() + shown, order.end(), [&](std::size_t a, std::size_t b) {
    return counts[a] != counts[b] ? counts[a] > counts[b] : a < b;
  });
  const bool each_once = counts.size() > 1 && counts[order.front()] == 1;
  std::string text = counted(counts.size(), "value") + (each_once ? ", each once: " : ": ");
  for (std::size_t i = 0; i < std::min(order.size(), kMostLevels); ++i) {
    if (i > 0) text += ", ";
    text += shorten(column.text.levels[order[i]], kMostValueBytes);
    if (!each_once) text += " (" + with_thousands(counts[order[i]]) + ")";
  }
  return order.size() > kMostLevels ? text + ", …" : text;
}

/// Forms of dates and timestamps differ; their instants are compared.
std::string instants(const Column& column) {
  std::vector<Instant> of_level;
  for (const std::string& level : column.text.levels) of_level.push_back(parse_instant(level).value_or(Instant{}));
  const auto at = [&](std::size_t row) { return of_level[static_cast<std::size_t>(column.text.codes[row])]; };
  return range(column, [&](std::size_t a, std::size_t b) {
    const Instant x = at(a), y = at(b);
    return x.days != y.days ? x.days < y.days : x.seconds < y.seconds;
  });
}

std::string contents(const Column& column) {
  switch (column.type) {
    case ColumnType::kInteger:
      return range(column, [&](std::size_t a, std::size_t b) { return column.integers[a] < column.integers[b]; });
    case ColumnType::kNumber:
      return range(column, [&](std::size_t a, std::size_t b) { return column.numbers[a] < column.numbers[b]; });
    case ColumnType::kText:
    case ColumnType::kBoolean:
      return levels(column);
    case ColumnType::kDate:
    case ColumnType::kTimestamp:
      return instants(column);
    case ColumnType::kMissing:
      break;
  }
  return "";
}

}  // namespace

void print_columns(const Console& console, const Table& table) {
  TextTable lines({{.text = "column", .left = true},
                   {.text = "type", .left = true},
                   {.text = "missing"},
                   {.text = "range or most frequent values", .left = true}});
  for (const Column& column : table.columns()) {
    lines.add({shorten(column.name, kMostNameBytes), std::string(to_string(column.type)),
               with_thousands(column.n_missing()), contents(column)});
  }
  lines.print(console);
}

}  // namespace ffwd
