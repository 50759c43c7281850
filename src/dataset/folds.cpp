#include "dataset/folds.h"

#include <algorithm>
#include <numeric>

#include "core/philox.h"

namespace ffwd {
namespace {

/// Numbers 0 … n − 1, in the order of `before` and at random where it makes no difference.
template <class Before>
std::vector<std::uint32_t> in_order(std::size_t n, std::uint32_t stream, std::uint64_t seed, Before before) {
  const Philox random(seed, Purpose::kFold);
  std::vector<std::uint64_t> key(n);
  for (std::size_t i = 0; i < n; ++i) key[i] = random.bits(stream, i);
  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), std::uint32_t{0});
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    if (before(a, b)) return true;
    if (before(b, a)) return false;
    return key[a] != key[b] ? key[a] < key[b] : a < b;
  });
  return order;
}

}  // namespace

// Class by class, one row to each fold in turn: the turn goes on from class to class.
std::vector<std::uint32_t> deal_rows(std::size_t rows, std::span<const std::uint32_t> classes, std::size_t folds,
                                     std::uint64_t seed) {
  const auto by_class = [&](std::uint32_t a, std::uint32_t b) { return !classes.empty() && classes[a] < classes[b]; };
  const std::vector<std::uint32_t> order = in_order(rows, 0, seed, by_class);
  std::vector<std::uint32_t> fold(rows);
  for (std::size_t k = 0; k < rows; ++k) fold[order[k]] = static_cast<std::uint32_t>(k % folds);
  return fold;
}

std::vector<std::uint32_t> deal_groups(std::span<const std::uint32_t> groups, std::size_t folds, std::uint64_t seed) {
  const std::size_t n = groups.empty() ? 0 : *std::ranges::max_element(groups) + std::size_t{1};
  std::vector<std::size_t> sizes(n), filled(folds);
  for (const std::uint32_t g : groups) ++sizes[g];
  const auto larger = [&](std::uint32_t a, std::uint32_t b) { return sizes[a] > sizes[b]; };
  std::vector<std::uint32_t> fold_of(n);
  for (const std::uint32_t g : in_order(n, 1, seed, larger)) {
    const auto smallest = static_cast<std::size_t>(std::ranges::min_element(filled) - filled.begin());
    fold_of[g] = static_cast<std::uint32_t>(smallest);
    filled[smallest] += sizes[g];
  }
  std::vector<std::uint32_t> fold;
  fold.reserve(groups.size());
  for (const std::uint32_t g : groups) fold.push_back(fold_of[g]);
  return fold;
}

}  // namespace ffwd
