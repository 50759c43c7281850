#include "table/padded_bytes.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "core/large_pages.h"

namespace ffwd {

PaddedBytes::PaddedBytes(std::string_view text) {
  reserve(text.size());
  std::copy(text.begin(), text.end(), room());
  add(text.size());
}

void PaddedBytes::reserve(std::size_t n) {
  if (bytes_ != nullptr && room_size() >= n) return;
  const std::size_t capacity = std::max(size_ + n, size_ * 2);
  const std::size_t n_bytes = kBefore + capacity + kPadding;
  auto bytes = std::make_unique_for_overwrite<char[]>(n_bytes);
  prefer_large_pages(bytes.get(), n_bytes);
  std::memset(bytes.get(), 0, kBefore);
  std::copy_n(begin(), size_, bytes.get() + kBefore);
  bytes_ = std::move(bytes);
  capacity_ = capacity;
  add(0);
}

void PaddedBytes::add(std::size_t n) {
  assert(n <= room_size());
  size_ += n;
  std::memset(room(), 0, kPadding);
}

}  // namespace ffwd
