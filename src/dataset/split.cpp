#include "dataset/split.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/philox.h"

namespace ffwd {
namespace {

// Shares `total` among groups in proportion to their sizes: whole parts first, then one each by largest remainder.
// No group gives more than `most` says.
std::vector<std::size_t> apportion(std::size_t total, const std::vector<std::size_t>& sizes,
                                   const std::vector<std::size_t>& most) {
  const auto sum = static_cast<double>(std::accumulate(sizes.begin(), sizes.end(), std::size_t{0}));
  std::vector<std::size_t> parts(sizes.size());
  std::vector<double> remainder(sizes.size());
  std::size_t given = 0;
  for (std::size_t g = 0; g < sizes.size(); ++g) {
    const double exact = static_cast<double>(total) * static_cast<double>(sizes[g]) / sum;
    parts[g] = std::min(most[g], static_cast<std::size_t>(exact));
    remainder[g] = exact - static_cast<double>(parts[g]);
    given += parts[g];
  }
  std::vector<std::size_t> by_remainder(sizes.size());
  std::iota(by_remainder.begin(), by_remainder.end(), std::size_t{0});
  std::ranges::sort(by_remainder, [&](std::size_t a, std::size_t b) {
    return remainder[a] != remainder[b] ? remainder[a] > remainder[b] : a < b;
  });
  for (bool any = true; given < total && any;) {
    any = false;
    for (const std::size_t g : by_remainder) {
      if (given == total) break;
      if (parts[g] == most[g]) continue;
      ++parts[g];
      ++given;
      any = true;
    }
  }
  return parts;
}

std::size_t rounded_share(double share, std::size_t n) {
  return static_cast<std::size_t>(std::floor(share * static_cast<double>(n) + 0.5));
}

// The positions of each class's rows, in random order.
std::vector<std::vector<std::uint32_t>> shuffled_groups(std::size_t n, std::span<const std::uint32_t> classes,
                                                        std::uint64_t seed) {
  const Philox random(seed, Purpose::kSplit);
  std::vector<std::uint64_t> key(n);
  for (std::size_t i = 0; i < n; ++i) key[i] = random.bits(0, i);
  const std::size_t n_groups = classes.empty() ? 1 : *std::max_element(classes.begin(), classes.end()) + std::size_t{1};
  std::vector<std::vector<std::uint32_t>> groups(n_groups);
  for (std::size_t i = 0; i < n; ++i) groups[classes.empty() ? 0 : classes[i]].push_back(static_cast<std::uint32_t>(i));
  for (auto& group : groups) {
    std::sort(group.begin(), group.end(),
              [&](std::uint32_t a, std::uint32_t b) { return key[a] != key[b] ? key[a] < key[b] : a < b; });
  }
  return groups;
}

}  // namespace

Split split_rows(std::span<const std::uint32_t> rows, std::span<const std::uint32_t> classes, double valid_share,
                 double test_share, std::uint64_t seed) {
  const std::size_t n = rows.size();
  Split split;
  if (n == 0) return split;
  const auto groups = shuffled_groups(n, classes, seed);
  std::vector<std::size_t> sizes, free;
  for (const auto& group : groups) {
    sizes.push_back(group.size());
    free.push_back(group.empty() ? 0 : group.size() - 1);
  }
  const auto n_test = apportion(rounded_share(test_share, n), sizes, free);
  for (std::size_t g = 0; g < groups.size(); ++g) free[g] -= n_test[g];
  const auto n_valid = apportion(rounded_share(valid_share, n), sizes, free);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (std::size_t k = 0; k < groups[g].size(); ++k) {
      auto& part = k < n_test[g] ? split.test : k < n_test[g] + n_valid[g] ? split.valid : split.train;
      part.push_back(rows[groups[g][k]]);
    }
  }
  for (auto* part : {&split.train, &split.valid, &split.test}) std::sort(part->begin(), part->end());
  return split;
}

}  // namespace ffwd
