#include "core/philox.h"

namespace ffwd {

std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
  constexpr std::uint64_t kMultiplier0 = 0xD2511F53, kMultiplier1 = 0xCD9E8D57;
  constexpr std::uint32_t kWeyl0 = 0x9E3779B9, kWeyl1 = 0xBB67AE85;
  auto [c0, c1, c2, c3] = counter;
  auto [k0, k1] = key;
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t p0 = kMultiplier0 * c0, p1 = kMultiplier1 * c2;
    c0 = static_cast<std::uint32_t>(p1 >> 32) ^ c1 ^ k0;
    c1 = static_cast<std::uint32_t>(p1);
    c2 = static_cast<std::uint32_t>(p0 >> 32) ^ c3 ^ k1;
    c3 = static_cast<std::uint32_t>(p0);
    k0 += kWeyl0;
    k1 += kWeyl1;
  }
  return {c0, c1, c2, c3};
}

std::array<std::uint64_t, 2> Philox::pair(std::uint32_t stream, std::uint64_t block) const {
  const auto words = philox4x32({static_cast<std::uint32_t>(block), static_cast<std::uint32_t>(block >> 32), stream,
                                 static_cast<std::uint32_t>(purpose_)},
                                {static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32)});
  return {words[0] | static_cast<std::uint64_t>(words[1]) << 32, words[2] | static_cast<std::uint64_t>(words[3]) << 32};
}

std::uint64_t Philox::scaled(std::uint64_t random, std::uint64_t n) {
  // The high 64 bits of the 128-bit product random · n, from 32-bit halves: standard C++ has no 128-bit integer.
  const std::uint64_t a = random >> 32, b = random & 0xFFFFFFFF, c = n >> 32, d = n & 0xFFFFFFFF;
  const std::uint64_t middle = a * d + (b * d >> 32);
  const std::uint64_t carry = b * c + (middle & 0xFFFFFFFF);
  return a * c + (middle >> 32) + (carry >> 32);
}

}  // namespace ffwd
