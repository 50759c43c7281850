#include "table/padded_bytes.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace ffwd {

PaddedBytes::PaddedBytes(std::string_view text) {
  reserve(text.size());
  std::copy(text.begin(), text.end(), room());
  add(text.size());
}

void PaddedBytes::reserve(std::size_t n) {
  if (bytes_ != nullptr && room_size() >= n) return;
  const std::size_t capacity = std::max(size_ + n, size_ * 2);
  auto bytes = std::make_unique_for_overwrite<char[]>(capacity + kPadding);
  std::copy_n(bytes_.get(), size_, bytes.get());
  bytes_ = std::move(bytes);
  capacity_ = capacity;
  add(0);
}

void PaddedBytes::add(std::size_t n) {
  assert(n <= room_size());
  size_ += n;
  std::memset(bytes_.get() + size_, 0, kPadding);
}

}  // namespace ffwd
