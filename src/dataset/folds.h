// Folds: rows dealt into parts of nearly equal size, each to be held out once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ffwd {

/// The fold, from 0, of each of `rows` rows, at random by the seed. With `classes` (one number per row; empty = none)
/// each fold has each class's share as nearly as whole rows allow. Sizes differ by one at most.
[[nodiscard]] std::vector<std::uint32_t> deal_rows(std::size_t rows, std::span<const std::uint32_t> classes,
                                                   std::size_t folds, std::uint64_t seed);

/// The same where rows of equal number in `groups` (from 0 without gaps) stay together: the largest groups first, each
/// to the smallest fold so far. Classes are not looked at.
[[nodiscard]] std::vector<std::uint32_t> deal_groups(std::span<const std::uint32_t> groups, std::size_t folds,
                                                     std::uint64_t seed);

}  // namespace ffwd
