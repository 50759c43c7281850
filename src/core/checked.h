// Arithmetic on sizes that a file claims: a sum or product that does not fit is known as such, never wrapped around.
#pragma once

#include <cstddef>
#include <limits>

namespace ffwd {

/// A size computed from what a file claims, `CheckedSize(rows) * columns + 1`. Once it does not fit it stays so, also
/// times 0.
class CheckedSize {
 public:
  constexpr explicit(false) CheckedSize(std::size_t value) : value_(value) {}

  [[nodiscard]] constexpr bool fits() const { return fits_; }
  /// The size; where it does not fit the largest number there is, which is above every limit.
  [[nodiscard]] constexpr std::size_t value() const { return fits_ ? value_ : kMost; }

  constexpr CheckedSize& operator+=(CheckedSize other) {
    fits_ = fits_ && other.fits_ && other.value_ <= kMost - value_;
    if (fits_) value_ += other.value_;
    return *this;
  }
  constexpr CheckedSize& operator*=(CheckedSize other) {
    fits_ = fits_ && other.fits_ && (value_ == 0 || other.value_ <= kMost / value_);
    if (fits_) value_ *= other.value_;
    return *this;
  }
  [[nodiscard]] friend constexpr CheckedSize operator+(CheckedSize a, CheckedSize b) { return a += b; }
  [[nodiscard]] friend constexpr CheckedSize operator*(CheckedSize a, CheckedSize b) { return a *= b; }

 private:
  static constexpr std::size_t kMost = std::numeric_limits<std::size_t>::max();

  std::size_t value_;
  bool fits_ = true;
};

}  // namespace ffwd
