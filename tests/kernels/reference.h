// What the tests of the kernels share: matrices in the kernels' layout, the targets of this machine one by one, and the
// arithmetic that the kernels promise, as plain loops.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <new>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "kernels/kernels.h"
#include "kernels/layout.h"

namespace ffwd {

template <class T>
struct BlockAllocator {
  using value_type = T;
  BlockAllocator() = default;
  template <class U>
  explicit BlockAllocator(const BlockAllocator<U>&) {}
  T* allocate(std::size_t n) { return static_cast<T*>(::operator new(n * sizeof(T), std::align_val_t{kBlockBytes})); }
  void deallocate(T* p, std::size_t) { ::operator delete(p, std::align_val_t{kBlockBytes}); }
  bool operator==(const BlockAllocator&) const = default;
};

/// Rows on 64-byte boundaries, padded with zeros; a stride of 1 or any other can be asked for. Ends exactly where its
/// last row does, so that the address sanitizer sees a step too far.
template <class T>
class PaddedMatrix {
 public:
  PaddedMatrix(std::size_t rows, std::size_t columns) : PaddedMatrix(rows, columns, padded<T>(columns)) {}
  PaddedMatrix(std::size_t rows, std::size_t columns, std::size_t ld)
      : rows_(rows), columns_(columns), ld_(ld), storage_(rows * ld) {}

  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] std::size_t ld() const { return ld_; }
  [[nodiscard]] T* data() { return storage_.data(); }
  [[nodiscard]] const T* data() const { return storage_.data(); }
  T& operator()(std::size_t r, std::size_t c) { return storage_.data()[r * ld_ + c]; }
  const T& operator()(std::size_t r, std::size_t c) const { return storage_.data()[r * ld_ + c]; }

  /// Every number of the storage, padding included.
  void fill(T value) { std::fill(storage_.begin(), storage_.end(), value); }
  /// Numbers between -1 and 1 that use all their bits; the padding stays zero.
  PaddedMatrix& randomise(std::uint32_t seed) {
    std::mt19937_64 random(seed);
    for (std::size_t r = 0; r < rows_; ++r) {
      for (std::size_t c = 0; c < columns_; ++c)
        (*this)(r, c) = static_cast<T>(static_cast<double>(random()) * 0x1p-63 - 1);
    }
    return *this;
  }
  [[nodiscard]] bool padding_is_zero() const {
    for (std::size_t r = 0; r < rows_; ++r) {
      for (std::size_t c = columns_; c < ld_; ++c) {
        if ((*this)(r, c) != 0) return false;
      }
    }
    return true;
  }
  [[nodiscard]] std::vector<T> numbers() const {
    std::vector<T> all;
    for (std::size_t r = 0; r < rows_; ++r) all.insert(all.end(), &(*this)(r, 0), &(*this)(r, 0) + columns_);
    return all;
  }

 private:
  std::size_t rows_, columns_, ld_;
  std::vector<T, BlockAllocator<T>> storage_;
};

using Precisions = ::testing::Types<float, double>;

inline bool is_fused(std::string_view target) { return target == "avx512" || target == "avx2" || target == "neon"; }

/// body(kernels, fused) for every target that this machine has.
template <class T, class F>
void for_each_target(const F& body) {
  for (const std::string_view name : targets()) {
    SCOPED_TRACE(std::string(name));
    ASSERT_TRUE(force_target(name));
    body(kernels<T>(), is_fused(name));
  }
  force_target("");
}

/// a b + c as the target does it.
template <class T>
T multiply_add(bool fused, T a, T b, T c) {
  return fused ? std::fma(a, b, c) : a * b + c;
}

/// Lane i + lane i + n/2, then n/4, …: the tree of layout.h.
template <class T>
T tree_sum(std::vector<T> lanes) {
  for (std::size_t half = lanes.size() / 2; half > 0; half /= 2) {
    for (std::size_t i = 0; i < half; ++i) lanes[i] += lanes[i + half];
  }
  return lanes[0];
}

/// Σ a[i] b[i] on one block of lanes.
template <class T>
T block_dot(bool fused, const T* a, const T* b, std::size_t n) {
  std::vector<T> lanes(kLanes<T>);
  for (std::size_t i = 0; i < n; ++i) lanes[i % kLanes<T>] = multiply_add(fused, a[i], b[i], lanes[i % kLanes<T>]);
  return tree_sum(lanes);
}

}  // namespace ffwd
