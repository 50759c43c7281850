// TextTable: rows of words in columns that line up in a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/console.h"

namespace ffwd {

/// Columns that UTF-8 text takes in a terminal: East Asian wide characters and emoji count 2, combining marks 0.
[[nodiscard]] std::size_t display_width(std::string_view text);

struct Heading {
  std::string text = {};
  bool left = false;  ///< the column is aligned left, as words are; else right, as numbers are
};

class TextTable {
 public:
  explicit TextTable(std::vector<Heading> headings) : headings_(std::move(headings)) {}
  /// As many cells as headings. What comes from a file is to be passed through shorten() first.
  void add(std::vector<std::string> cells);
  /// The next row stands apart from the ones before, as a sum does.
  void rule() { ruled_ = rows_.size(); }
  /// Indented by two spaces, headings dim, each line ended.
  void print(const Console& console) const;

 private:
  [[nodiscard]] std::string line(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) const;

  std::vector<Heading> headings_;
  std::vector<std::vector<std::string>> rows_;
  std::size_t ruled_ = 0;
};

}  // namespace ffwd
