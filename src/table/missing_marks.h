// The texts that stand for "no value" in a CSV file.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ffwd {

class MissingMarks {
 public:
  /// Empty, NA, N/A, #N/A, NaN, null, None, ? and -; or `marks` in their place. Letter case (of A to Z) and spaces
  /// around a mark do not count.
  explicit MissingMarks(const std::optional<std::vector<std::string>>& marks = std::nullopt);

  /// `text` has no spaces around it.
  [[nodiscard]] bool contains(std::string_view text) const {
    // Nearly every cell is told from the marks by its first character and its length, looked at as one: a "-" alone is
    // a mark, and whether a number has a sign cannot be foreseen.
    const unsigned char first = text.empty() ? 0 : static_cast<unsigned char>(text.front());
    return ((sizes_[first] >> size_bit(text.size())) & 1u) != 0 && matches(text);
  }

 private:
  static unsigned size_bit(std::size_t size) { return size < 31 ? static_cast<unsigned>(size) : 31u; }
  [[nodiscard]] bool matches(std::string_view text) const;

  std::vector<std::string> marks_;
  std::array<std::uint32_t, 256> sizes_{};  ///< by first character: bit n = a mark of n characters begins with it
};

}  // namespace ffwd
