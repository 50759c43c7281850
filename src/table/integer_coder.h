// Codes integers while a column is read: each distinct one gets a number, in order of first appearance.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ffwd {

class IntegerCoder {
 public:
  /// The code of `value`, a new one if it is met for the first time.
  [[nodiscard]] std::int32_t code_of(std::int64_t value);

  [[nodiscard]] std::size_t n_levels() const { return levels_.size(); }
  /// The values, in the order of their codes.
  [[nodiscard]] const std::vector<std::int64_t>& levels() const { return levels_; }

 private:
  static constexpr std::int32_t kFree = -1;

  /// The place of `value`, or the free one where it belongs.
  [[nodiscard]] std::size_t find(std::int64_t value) const;
  void grow();

  std::vector<std::int64_t> levels_;
  std::vector<std::int32_t> slots_;  ///< codes by open addressing; the size is a power of two
};

}  // namespace ffwd
