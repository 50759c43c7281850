// Finds the characters that can end a field of a CSV text, 64 bytes at a time.
//
// A loop over bytes ends each field at a place the processor cannot foresee, and pays for it every time. Here the stops
// of a whole block become the bits of one word, and the next stop is a shift and a count of zeros away.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace ffwd {

class StopFinder {
 public:
  static constexpr std::size_t kBlock = 64;

  /// Stops are `delimiter`, CR and LF between `begin` and `end`, where kBlock zero bytes must follow.
  StopFinder(const char* begin, const char* end, char delimiter) : block_(begin), end_(end), delimiter_(delimiter) {
    load(begin);
  }

  /// The first stop at or after `from`, which must not be before the stop that the last call gave; the end of the text
  /// if there is none.
  [[nodiscard]] const char* next(const char* from) {
    auto passed = static_cast<std::size_t>(from - block_);
    if (passed >= kBlock) {
      load(from);
      passed = 0;
    }
    std::uint64_t left = stops_ & (~std::uint64_t{0} << passed);
    while (left == 0) {
      if (end_ - block_ <= static_cast<std::ptrdiff_t>(kBlock)) return end_;
      load(block_ + kBlock);
      left = stops_;
    }
    return block_ + std::countr_zero(left);
  }

  /// Whether bytes beyond ASCII, or NUL, may have been passed since watch(). Text that was skipped is not looked at.
  [[nodiscard]] bool saw_unusual() const { return saw_unusual_; }
  void watch() { saw_unusual_ = block_is_unusual_; }

 private:
  void load(const char* block);

  const char* block_;
  const char* end_;
  char delimiter_;
  std::uint64_t stops_ = 0;  ///< bit k: block_[k] is a stop
  bool block_is_unusual_ = false;
  bool saw_unusual_ = false;
};

}  // namespace ffwd
