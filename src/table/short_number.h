// Numbers of up to 16 characters, as nearly all are in tables: checked and valued eight characters at a time, without
// a branch per character.
//
// Sources: W. D. Clinger (1990), "How to read floating point numbers accurately", section 4: a mantissa of at most
// 2^53 over a power of ten of at most 10^22 is one division of exact numbers, so it is rounded correctly;
// D. Lemire (2022), "Quickly parsing eight digits".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "table/eight_bytes.h"

namespace ffwd {

namespace short_number {

constexpr std::uint64_t kZeros = repeat('0');
constexpr double kPowersOfTen[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

/// The `n` (1 to 8) characters from `at` on, moved to the end of the word, zeros before them.
inline std::uint64_t right_aligned(const char* at, std::size_t n) {
  if (n == 8) return load_eight(at);
  const auto gap = static_cast<unsigned>(8 * (8 - n));
  return (load_eight(at) << gap) | (kZeros >> (64 - gap));
}

/// Takes the byte at index `at` out; those before it move up by one, `fill` comes in at the front.
constexpr std::uint64_t without_byte(std::uint64_t word, std::size_t at, std::uint64_t fill) {
  const auto bits = static_cast<unsigned>(8 * at);
  const std::uint64_t before = word & ((std::uint64_t{1} << bits) - 1);
  const std::uint64_t after = word & (~std::uint64_t{0xFF} << bits);
  return after | (before << 8) | fill;
}

constexpr bool all_digits(std::uint64_t word) { return (((word + repeat(0x46)) | (word - kZeros)) & kTopBits) == 0; }

constexpr std::uint64_t value_of_digits(std::uint64_t word) {
  word = ((word & repeat(0x0F)) * 2561) >> 8;
  word = ((word & 0x00FF00FF00FF00FFu) * 6553601) >> 16;
  return ((word & 0x0000FFFF0000FFFFu) * 42949672960001) >> 32;
}

}  // namespace short_number

/// Its value is (negative ? -1 : 1) * mantissa / 10^decimals.
struct ShortNumber {
  std::uint64_t mantissa = 0;
  unsigned decimals = 0;
  bool negative = false;
  bool has_point = false;  ///< if not, the text is an integer
  bool valid = false;      ///< if not, the text is no number of this kind, and nothing else here means anything
};

namespace short_number {

/// Takes a point out of `low`, if it is there, and then out of `high`, the digits before it.
inline void take_point(std::uint64_t& high, std::uint64_t& low, ShortNumber& number) {
  if (const std::uint64_t point = zero_bytes(low ^ repeat('.')); point != 0) {
    const std::size_t index = first_marked(point);
    low = without_byte(low, index, high >> 56);
    high = (high << 8) | '0';
    number.decimals = static_cast<unsigned>(7 - index);
    number.has_point = true;
  } else if (const std::uint64_t high_point = zero_bytes(high ^ repeat('.')); high_point != 0) {
    const std::size_t index = first_marked(high_point);
    high = without_byte(high, index, '0');
    number.decimals = static_cast<unsigned>(15 - index);
    number.has_point = true;
  }
}

/// 1 to 8 characters.
inline void read_one_word(const char* at, std::size_t n, ShortNumber& number) {
  std::uint64_t digits = right_aligned(at, n);
  if (const std::uint64_t point = zero_bytes(digits ^ repeat('.')); point != 0) {
    const std::size_t index = first_marked(point);
    digits = without_byte(digits, index, '0');
    number.decimals = static_cast<unsigned>(7 - index);
    number.has_point = true;
  }
  number.valid = all_digits(digits) && (n > 1 || !number.has_point);
  number.mantissa = value_of_digits(digits);
}

/// 9 to 16 characters.
inline void read_two_words(const char* at, std::size_t n, ShortNumber& number) {
  std::uint64_t high = right_aligned(at, n - 8);
  std::uint64_t low = load_eight(at + n - 8);
  take_point(high, low, number);
  number.valid = all_digits(low) && all_digits(high);
  number.mantissa = value_of_digits(high) * 100'000'000 + value_of_digits(low);
}

}  // namespace short_number

/// Reads a sign or none, then digits with one point or none: at most 16 characters after the sign. At least 8 bytes
/// after the text must be readable.
inline ShortNumber read_short_number(std::string_view text) {
  const char* at = text.data();
  std::size_t n = text.size();
  ShortNumber number;
  if (n > 0 && (*at == '-' || *at == '+')) {
    number.negative = *at == '-';
    ++at;
    --n;
  }
  // Two paths, because most cells fit one word, and the second costs half as much again.
  if (n - 1 < 8)
    short_number::read_one_word(at, n, number);
  else if (n - 1 < 16)
    short_number::read_two_words(at, n, number);
  return number;
}

constexpr std::uint64_t kExactMantissa = std::uint64_t{1} << 53;

/// The value, rounded correctly; the mantissa must not be more than kExactMantissa.
inline double to_double(const ShortNumber& number) {
  const double value = static_cast<double>(number.mantissa) / short_number::kPowersOfTen[number.decimals];
  return number.negative ? -value : value;
}

}  // namespace ffwd
