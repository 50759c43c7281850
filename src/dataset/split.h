// Which rows are trained on, validated on and tested on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ffwd {

struct Split {
  std::vector<std::uint32_t> train, valid, test;  ///< each in rising order
};

/// Cuts `rows` at random: round(share · n) rows for testing and for validation, the rest for training. With `classes`
/// (one number per row, in the order of `rows`) the shares hold within each class as nearly as whole rows allow, the
/// sizes stay the same, and each class keeps at least one row for training. Where a row goes depends on the seed and
/// on all the rows given, not on threads.
[[nodiscard]] Split split_rows(std::span<const std::uint32_t> rows, std::span<const std::uint32_t> classes,
                               double valid_share, double test_share, std::uint64_t seed);

}  // namespace ffwd
