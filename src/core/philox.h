// Random numbers by counting: every number is a function of (seed, purpose, stream, index), never of how many were
// drawn before, so shuffles, splits and initial weights do not depend on call order or threads.
//
// Source: Salmon, Moraes, Dror & Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3": Philox4x32-10.
#pragma once

#include <array>
#include <cstdint>

namespace ffwd {

/// The ten rounds themselves: counter and key to four 32-bit words.
[[nodiscard]] std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                                      std::array<std::uint32_t, 2> key);

/// What random numbers are for. The values are part of what makes runs repeatable: never renumber.
enum class Purpose : std::uint32_t {
  kInitialWeights = 1,
  kShuffle = 2,
  kSplit = 3,
  kRestart = 4,
  kDropout = 5,
  kMember = 6,
  kFold = 7
};

class Philox {
 public:
  Philox(std::uint64_t seed, Purpose purpose) : seed_(seed), purpose_(purpose) {}

  /// 64 random bits for `index` of `stream` (an epoch, a tensor number …).
  [[nodiscard]] std::uint64_t bits(std::uint32_t stream, std::uint64_t index) const {
    return pair(stream, index / 2)[index % 2];
  }
  /// The bits of the indices 2·block and 2·block + 1, which come out of one count.
  [[nodiscard]] std::array<std::uint64_t, 2> pair(std::uint32_t stream, std::uint64_t block) const;
  /// Uniform in [0, 1), 53 bits.
  [[nodiscard]] double uniform(std::uint32_t stream, std::uint64_t index) const {
    return static_cast<double>(bits(stream, index) >> 11) * 0x1p-53;
  }
  /// Uniform in 0 … n−1.
  [[nodiscard]] std::uint64_t below(std::uint64_t n, std::uint32_t stream, std::uint64_t index) const {
    return scaled(bits(stream, index), n);
  }
  /// 64 random bits to 0 … n−1, by the high half of their product with n (bias below n / 2^64).
  [[nodiscard]] static std::uint64_t scaled(std::uint64_t random, std::uint64_t n);

 private:
  std::uint64_t seed_;
  Purpose purpose_;
};

}  // namespace ffwd
