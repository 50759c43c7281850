// Fingerprints of texts, by which a model knows the rare ones again without holding them: a rare value is often a name.
#pragma once

#include <cstdint>
#include <string_view>

namespace ffwd {

/// The upper 53 bits of the text's 64-bit FNV-1a hash, a whole number that float64 holds exactly. Two of a million
/// texts share one with a chance of 1 in 20,000.
[[nodiscard]] constexpr double level_hash(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001B3u;
  }
  return static_cast<double>(hash >> 11);
}

inline constexpr double kLevelHashes = 9007199254740992.0;  ///< 2^53: all hashes are below

}  // namespace ffwd
