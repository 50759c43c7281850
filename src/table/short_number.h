// Numbers of up to 16 characters, as nearly all are in tables: checked and valued as one, without a branch per
// character, sign or point: where a number ends and where its point is cannot be foreseen, and a wrong guess costs the
// processor more than all of the work.
//
// Sources: W. D. Clinger (1990), "How to read floating point numbers accurately", section 4: a mantissa of at most
// 2^53 over a power of ten of at most 10^22 is one division of exact numbers, so it is rounded correctly;
// D. Lemire (2022), "Quickly parsing eight digits".
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "table/eight_bytes.h"

namespace ffwd {

constexpr std::uint64_t kExactMantissa = std::uint64_t{1} << 53;

/// Its value is (negative ? -1 : 1) * mantissa / 10^decimals.
struct ShortNumber {
  std::uint64_t mantissa = 0;
  unsigned decimals = 0;
  bool negative = false;
  bool has_point = false;  ///< if not, the text is an integer
  bool valid = false;      ///< if not, the text is no number of this kind, and nothing else here means anything

  /// Whether to_double() has its value.
  [[nodiscard]] bool is_exact() const { return valid && mantissa <= kExactMantissa; }
};

namespace short_number {

constexpr std::size_t kMostCharacters = 16;
constexpr double kPowersOfTen[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

/// Sixteen characters, the first of them the lowest byte of `high`, or what is made of them.
struct Bytes {
  std::uint64_t high, low;
};

inline Bytes load_sixteen(const char* at) { return {load_eight(at), load_eight(at + 8)}; }

/// From its byte n on, sixteen bytes of which the last n are set.
constexpr char kLastOnes[] =
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff";

/// The `n` (1 to 16) characters before `end`, each less '0', and zeros before them. '0' is taken off by "exclusive or":
/// no byte then touches another, and digits, and they alone, become 0 to 9.
inline Bytes last_less_zero(const char* end, std::size_t n) {
  const Bytes text = load_sixteen(end - kMostCharacters), mask = load_sixteen(kLastOnes + n);
  return {(text.high ^ repeat('0')) & mask.high, (text.low ^ repeat('0')) & mask.low};
}

/// How to take the byte at an index out: the bytes after it, which stay where they are.
struct Cut {
  Bytes after;
  unsigned decimals;
};

/// By index; the last of them takes nothing out.
constexpr std::array<Cut, kMostCharacters + 1> kCuts = [] {
  std::array<Cut, kMostCharacters + 1> cuts{};
  const auto last_bytes = [](std::size_t n) { return n == 0 ? 0 : ~std::uint64_t{0} << (8 * (8 - n)); };
  for (std::size_t index = 0; index < kMostCharacters; ++index) {
    const std::size_t n = kMostCharacters - 1 - index;
    cuts[index] = {{last_bytes(n > 8 ? n - 8 : 0), last_bytes(n < 8 ? n : 8)}, static_cast<unsigned>(n)};
  }
  cuts[kMostCharacters] = {{~std::uint64_t{0}, ~std::uint64_t{0}}, 0};
  return cuts;
}();

/// Where the first point is; kMostCharacters if there is none.
inline std::size_t index_of_point(const Bytes& text) {
  constexpr std::uint64_t kPoints = repeat('.' ^ '0');
  const std::uint64_t high = zero_bytes(text.high ^ kPoints), low = zero_bytes(text.low ^ kPoints);
  // One word for both halves: of two words compilers would ask one after the other.
  return static_cast<std::size_t>(
      std::countr_zero(gather_marks(high) | gather_marks(low) << 8 | 1u << kMostCharacters));
}

/// The bytes before the cut move up by one, a zero comes in at the front.
inline Bytes without(const Bytes& text, const Cut& cut) {
  const std::uint64_t high = text.high << 8, low = (text.low << 8) | (text.high >> 56);
  return {(text.high & cut.after.high) | (high & ~cut.after.high), (text.low & cut.after.low) | (low & ~cut.after.low)};
}

/// Not 0 if some byte is over 9.
constexpr std::uint64_t beyond_digits(std::uint64_t word) { return ((word + repeat(0x76)) | word) & kTopBits; }

/// Of eight bytes of 0 to 9.
constexpr std::uint64_t value_of_digits(std::uint64_t word) {
  word = (word * 2561) >> 8;
  word = ((word & 0x00FF00FF00FF00FFu) * 6553601) >> 16;
  return ((word & 0x0000FFFF0000FFFFu) * 42949672960001) >> 32;
}

}  // namespace short_number

/// Reads a sign or none, then digits with one point or none: at most 16 characters after the sign. At least 16 bytes
/// before the text's end and one after it must be readable.
[[gnu::always_inline]] inline ShortNumber read_short_number(std::string_view text) {
  using namespace short_number;
  ShortNumber number;
  const char first = *text.data();
  number.negative = first == '-';
  const std::size_t n = text.size() - (number.negative || first == '+' ? 1u : 0u);
  if (n - 1 >= kMostCharacters) [[unlikely]]
    return number;
  const Bytes all = last_less_zero(text.data() + text.size(), n);
  const std::size_t point = index_of_point(all);
  const Cut& cut = kCuts[point];
  const Bytes digits = without(all, cut);
  number.has_point = point < kMostCharacters;
  number.decimals = cut.decimals;
  number.valid = (beyond_digits(digits.high) | beyond_digits(digits.low)) == 0 && n > std::size_t{number.has_point};
  number.mantissa = value_of_digits(digits.high) * 100'000'000 + value_of_digits(digits.low);
  return number;
}

/// The value, rounded correctly, of one that is_exact().
inline double to_double(const ShortNumber& number) {
  const double value = static_cast<double>(number.mantissa) / short_number::kPowersOfTen[number.decimals];
  const std::uint64_t sign = std::uint64_t{number.negative} << 63;
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(value) | sign);
}

}  // namespace ffwd
