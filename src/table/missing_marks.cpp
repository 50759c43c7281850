#include "table/missing_marks.h"

#include <algorithm>

#include "table/ascii.h"

namespace ffwd {

namespace {

const std::vector<std::string>& usual_marks() {
  static const std::vector<std::string> marks = {"", "NA", "N/A", "#N/A", "NaN", "null", "None", "?", "-"};
  return marks;
}

char to_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

}  // namespace

MissingMarks::MissingMarks(const std::optional<std::vector<std::string>>& marks) {
  for (const std::string& mark : marks ? *marks : usual_marks()) {
    const std::string_view text = trimmed(mark);
    marks_.emplace_back(text);
    const std::uint32_t bit = std::uint32_t{1} << size_bit(text.size());
    const char first = text.empty() ? '\0' : text.front();
    sizes_[static_cast<unsigned char>(to_lower(first))] |= bit;
    sizes_[static_cast<unsigned char>(to_upper(first))] |= bit;
  }
}

bool MissingMarks::matches(std::string_view text) const {
  return std::any_of(marks_.begin(), marks_.end(),
                     [&](std::string_view mark) { return equal_ignoring_case(mark, text); });
}

}  // namespace ffwd
