// Bytes in memory, with zeros to read past their end and before their start: the reader looks at 64 bytes at a time,
// and at 16 up to a number's end, and does not ask how many there are.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace ffwd {

class PaddedBytes {
 public:
  static constexpr std::size_t kPadding = 64;  ///< after the bytes
  static constexpr std::size_t kBefore = 16;

  PaddedBytes() = default;
  explicit PaddedBytes(std::string_view text);

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::string_view view() const { return {begin(), size_}; }

  /// Makes room for at least `n` more bytes; write to room(), then say with add() how many were written.
  void reserve(std::size_t n);
  [[nodiscard]] char* room() { return begin() + size_; }
  [[nodiscard]] std::size_t room_size() const { return capacity_ - size_; }
  void add(std::size_t n);

 private:
  [[nodiscard]] char* begin() const { return bytes_ == nullptr ? nullptr : bytes_.get() + kBefore; }

  // kBefore + capacity_ + kPadding; not a string, which would write every byte twice
  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace ffwd
