// A split that keeps the rows of a group together.
#pragma once

#include <cstdint>
#include <span>

#include "dataset/split.h"

namespace ffwd {

/// As split_rows, but rows of equal number in `groups` (one per row, in the order of `rows`) go to the same part, so
/// that what is measured is the answer for groups that training has not seen. Groups are taken in random order while
/// that brings a part nearer to its share; one group at least is left for training. Classes are not looked at.
[[nodiscard]] Split split_groups(std::span<const std::uint32_t> rows, std::span<const std::uint32_t> groups,
                                 double valid_share, double test_share, std::uint64_t seed);

}  // namespace ffwd
