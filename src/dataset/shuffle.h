// The order in which an epoch visits the rows.
#pragma once

#include <cstdint>
#include <span>

namespace ffwd {

/// Fills `order` with a permutation of 0 … size−1 that depends on (seed, epoch, size) only: Fisher & Yates, with the
/// random numbers counted, not drawn.
void shuffled_order(std::uint64_t seed, std::uint32_t epoch, std::span<std::uint32_t> order);

}  // namespace ffwd
