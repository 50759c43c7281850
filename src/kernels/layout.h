// How numbers lie in memory everywhere in the engine, whatever the width of the machine's vectors.
//
// A block is 64 bytes: 16 float or 8 double "virtual lanes". Every row of a matrix starts on a block and is padded with
// zeros to whole blocks, and every kernel keeps the padding zero, so no kernel needs a masked tail. Sums across lanes
// always run on one block of accumulators and end in one fixed tree (lane i + lane i+n/2, then n/4, …), so a machine
// with narrower vectors, which holds a block in several registers, adds in the same order and gives the same bits.
#pragma once

#include <cstddef>

namespace ffwd {

inline constexpr std::size_t kBlockBytes = 64;

template <class T>
inline constexpr std::size_t kLanes = kBlockBytes / sizeof(T);

/// `n` rounded up to whole blocks.
template <class T>
[[nodiscard]] constexpr std::size_t padded(std::size_t n) {
  return (n + kLanes<T> - 1) / kLanes<T> * kLanes<T>;
}

/// Narrow layers, with few outputs and no fewer inputs, hold their weights as [outputs, inputs] and sum along the
/// inputs; all others hold [inputs, outputs] and keep a lane per output.
inline constexpr std::size_t kNarrowOutputs = 4;
[[nodiscard]] constexpr bool is_narrow(std::size_t inputs, std::size_t outputs) {
  return outputs <= kNarrowOutputs && inputs >= outputs;
}

/// Networks whose layers all have at most so many inputs and outputs keep their values as columns, a lane per row: a
/// lane per output would be left empty more often than not.
inline constexpr std::size_t kSmallUnits = 8;

}  // namespace ffwd
