#include "core/philox.h"

namespace ffwd {
namespace {

struct Words {
  std::uint32_t c0, c1, c2, c3;
};

Words ten_rounds(Words c, std::uint32_t k0, std::uint32_t k1) {
  constexpr std::uint64_t kMultiplier0 = 0xD2511F53, kMultiplier1 = 0xCD9E8D57;
  constexpr std::uint32_t kWeyl0 = 0x9E3779B9, kWeyl1 = 0xBB67AE85;
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t p0 = kMultiplier0 * c.c0, p1 = kMultiplier1 * c.c2;
    c = {static_cast<std::uint32_t>(p1 >> 32) ^ c.c1 ^ k0, static_cast<std::uint32_t>(p1),
         static_cast<std::uint32_t>(p0 >> 32) ^ c.c3 ^ k1, static_cast<std::uint32_t>(p0)};
    k0 += kWeyl0;
    k1 += kWeyl1;
  }
  return c;
}

}  // namespace

std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
  const Words words = ten_rounds({counter[0], counter[1], counter[2], counter[3]}, key[0], key[1]);
  return {words.c0, words.c1, words.c2, words.c3};
}

// Not by way of arrays, whose halves would be stored and read again as a whole: that waits for the memory.
std::array<std::uint64_t, 2> Philox::pair(std::uint32_t stream, std::uint64_t block) const {
  const Words words = ten_rounds({static_cast<std::uint32_t>(block), static_cast<std::uint32_t>(block >> 32), stream,
                                  static_cast<std::uint32_t>(purpose_)},
                                 static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32));
  return {words.c0 | static_cast<std::uint64_t>(words.c1) << 32, words.c2 | static_cast<std::uint64_t>(words.c3) << 32};
}

std::uint64_t Philox::scaled(std::uint64_t random, std::uint64_t n) {
  // The high 64 bits of the 128-bit product random · n, from 32-bit halves: standard C++ has no 128-bit integer.
  const std::uint64_t a = random >> 32, b = random & 0xFFFFFFFF, c = n >> 32, d = n & 0xFFFFFFFF;
  const std::uint64_t middle = a * d + (b * d >> 32);
  const std::uint64_t carry = b * c + (middle & 0xFFFFFFFF);
  return a * c + (middle >> 32) + (carry >> 32);
}

}  // namespace ffwd
