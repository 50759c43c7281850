#include "table/stop_finder.h"

#include <cstring>

namespace ffwd {

namespace {

// Sixteen characters compared at once, by the compilers' own vector types: every machine has such instructions, and
// where one has not, the compiler writes loops.
using Bytes [[gnu::vector_size(16)]] = signed char;
using Words [[gnu::vector_size(16)]] = std::uint64_t;

/// The lowest bit of each byte, gathered into eight bits.
constexpr std::uint64_t gather(std::uint64_t bytes) {
  return ((bytes & 0x0101010101010101u) * 0x0102040810204080u) >> 56;
}

}  // namespace

void StopFinder::load(const char* block) {
  const auto delimiter = static_cast<signed char>(delimiter_);
  Bytes unusual{};
  stops_ = 0;
  for (unsigned k = 0; k < kBlock; k += 16) {
    Bytes bytes;
    std::memcpy(&bytes, block + k, sizeof bytes);
    unusual |= bytes <= 0;  // as signed numbers, bytes beyond ASCII are negative
    const auto stops = reinterpret_cast<Words>((bytes == delimiter) | (bytes == '\n') | (bytes == '\r'));
    stops_ |= (gather(stops[0]) | gather(stops[1]) << 8) << k;
  }
  const auto any = reinterpret_cast<Words>(unusual);
  block_ = block;
  block_is_unusual_ = (any[0] | any[1]) != 0;
  saw_unusual_ = saw_unusual_ || block_is_unusual_;
}

}  // namespace ffwd
