#include "table/csv_range.h"

#include <algorithm>

namespace ffwd {

namespace {

/// The place after the first line end at or after `from`; the end of the text if there is none.
std::size_t after_line_end(std::string_view text, std::size_t from) {
  std::size_t at = text.find_first_of("\r\n", from);
  if (at == std::string_view::npos) return text.size();
  if (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') ++at;
  return at + 1;
}

}  // namespace

std::vector<std::string_view> RangeCutter::next(std::size_t n_most) {
  std::vector<std::string_view> ranges;
  while (ranges.size() < n_most && !left_.empty()) {
    const std::size_t size = left_.size() <= range_bytes_ ? left_.size() : after_line_end(left_, range_bytes_);
    ranges.push_back(left_.substr(0, size));
    left_.remove_prefix(size);
  }
  return ranges;
}

std::size_t ranges_at_once(unsigned threads) {
  constexpr std::size_t kFewest = 32, kPerThread = 8;
  return threads == 1 ? 1 : std::max(kFewest, kPerThread * threads);
}

}  // namespace ffwd
