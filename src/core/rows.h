// Looking a name up in one of the tables of rows that the build writes or a family's file holds.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ffwd {

/// The row called `name`, or nullptr.
template <class Row>
[[nodiscard]] const Row* find_row(std::span<const Row* const> rows, std::string_view name) {
  for (const Row* row : rows) {
    if (row->name == name) return row;
  }
  return nullptr;
}

template <class Row>
[[nodiscard]] std::vector<std::string> row_names(std::span<const Row* const> rows) {
  std::vector<std::string> names;
  for (const Row* row : rows) names.emplace_back(row->name);
  return names;
}

}  // namespace ffwd
