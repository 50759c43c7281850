// Eight characters at a time in one 64-bit word.
//
// Source: H. S. Warren, Hacker's Delight, 2nd ed., section 6-1. The masks have the top bit of each matching byte set;
// bytes after the first match may be marked wrongly, the first one never.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace ffwd {

static_assert(std::endian::native == std::endian::little, "the first character is taken to be the lowest byte");

constexpr std::uint64_t kEveryByte = 0x0101010101010101u;
constexpr std::uint64_t kTopBits = 0x8080808080808080u;

/// Reads eight bytes wherever they start.
inline std::uint64_t load_eight(const char* at) {
  std::uint64_t word;
  std::memcpy(&word, at, sizeof word);
  return word;
}

constexpr std::uint64_t repeat(char c) { return kEveryByte * static_cast<unsigned char>(c); }

/// Bytes that are zero.
constexpr std::uint64_t zero_bytes(std::uint64_t word) { return (word - kEveryByte) & ~word & kTopBits; }

/// Bytes less than `limit` (1 to 128).
constexpr std::uint64_t bytes_below(std::uint64_t word, unsigned limit) {
  return (word - kEveryByte * limit) & ~word & kTopBits;
}

/// Index of the first byte marked in a mask that is not 0.
constexpr std::size_t first_marked(std::uint64_t mask) { return static_cast<std::size_t>(std::countr_zero(mask)) / 8; }

/// The top bit of each byte, gathered into eight bits.
constexpr std::uint64_t gather_marks(std::uint64_t mask) { return ((mask >> 7) * 0x0102040810204080u) >> 56; }

/// The word with every byte from index `n` (< 8) on made zero.
constexpr std::uint64_t first_bytes(std::uint64_t word, std::size_t n) {
  return word & ((std::uint64_t{1} << (8 * n)) - 1);
}

}  // namespace ffwd
