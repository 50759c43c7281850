// Bytes in memory, with zeros to read past their end: the reader looks at 64 bytes at a time and does not ask how many
// are left.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace ffwd {

class PaddedBytes {
 public:
  static constexpr std::size_t kPadding = 64;

  PaddedBytes() = default;
  explicit PaddedBytes(std::string_view text);

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::string_view view() const { return {bytes_.get(), size_}; }

  /// Makes room for at least `n` more bytes; write to room(), then say with add() how many were written.
  void reserve(std::size_t n);
  [[nodiscard]] char* room() { return bytes_.get() + size_; }
  [[nodiscard]] std::size_t room_size() const { return capacity_ - size_; }
  void add(std::size_t n);

 private:
  std::unique_ptr<char[]> bytes_;  // capacity_ + kPadding; not a string, which would write every byte twice
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace ffwd
