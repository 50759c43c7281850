#include "cli/text_table.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>

namespace ffwd {
namespace {

struct Range {
  std::uint32_t first, last;
};

// The blocks in use of Unicode's East_Asian_Width=W, and the most common combining marks.
constexpr std::array<Range, 9> kWide = {{{0x1100, 0x115F},
                                         {0x2E80, 0xA4CF},
                                         {0xAC00, 0xD7A3},
                                         {0xF900, 0xFAFF},
                                         {0xFE30, 0xFE6F},
                                         {0xFF00, 0xFF60},
                                         {0xFFE0, 0xFFE6},
                                         {0x1F300, 0x1FAFF},
                                         {0x20000, 0x3FFFD}}};
constexpr std::array<Range, 3> kCombining = {{{0x0300, 0x036F}, {0x200B, 0x200D}, {0xFE00, 0xFE0F}}};

template <std::size_t n>
bool is_in(const std::array<Range, n>& ranges, std::uint32_t character) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [character](const Range& r) { return r.first <= character && character <= r.last; });
}

/// The character that starts at `at`, which is moved past it. The text is valid UTF-8.
std::uint32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at++);
  if (first < 0x80) return first;
  std::uint32_t character = first < 0xE0 ? first & 0x1Fu : first < 0xF0 ? first & 0x0Fu : first & 0x07u;
  while (at < text.size() && (byte(at) & 0xC0u) == 0x80u) character = (character << 6) | (byte(at++) & 0x3Fu);
  return character;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::uint32_t character = next_character(text, at);
    width += is_in(kWide, character) ? 2u : is_in(kCombining, character) ? 0u : 1u;
  }
  return width;
}

void TextTable::add(std::vector<std::string> cells) {
  assert(cells.size() == headings_.size());
  rows_.push_back(std::move(cells));
}

std::string TextTable::line(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) const {
  std::string line = "  ";
  for (std::size_t k = 0; k < cells.size(); ++k) {
    const std::string gap(widths[k] - display_width(cells[k]), ' ');
    if (k > 0) line += "  ";
    line += headings_[k].left ? cells[k] + gap : gap + cells[k];
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

void TextTable::print(const Console& console) const {
  std::vector<std::size_t> widths;
  std::vector<std::string> titles;
  for (std::size_t k = 0; k < headings_.size(); ++k) {
    titles.push_back(headings_[k].text);
    widths.push_back(display_width(titles[k]));
    for (const auto& row : rows_) widths[k] = std::max(widths[k], display_width(row[k]));
  }
  console.out << console.dim(line(titles, widths)) << '\n';
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    if (ruled_ > 0 && r == ruled_) {
      std::size_t width = 2 * (widths.size() - 1);
      for (const std::size_t w : widths) width += w;
      console.out << "  " << console.dim(std::string(width, '-')) << '\n';
    }
    console.out << line(rows_[r], widths) << '\n';
  }
}

}  // namespace ffwd
