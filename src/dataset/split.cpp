#include "dataset/split.h"

#include <algorithm>
#include <cmath>
#include <compare>
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

// A row by its position, and the random number that decides where it goes.
struct Drawn {
  std::uint64_t key;
  std::uint32_t position;

  auto operator<=>(const Drawn&) const = default;
};

std::vector<std::vector<Drawn>> draw_by_class(std::size_t n, std::span<const std::uint32_t> classes,
                                              std::uint64_t seed) {
  const Philox random(seed, Purpose::kSplit);
  const std::size_t n_groups = classes.empty() ? 1 : *std::max_element(classes.begin(), classes.end()) + std::size_t{1};
  std::vector<std::vector<Drawn>> groups(n_groups);
  if (classes.empty()) groups[0].reserve(n);
  for (std::size_t i = 0; i < n; ++i)
    groups[classes.empty() ? 0 : classes[i]].push_back({random.bits(0, i), static_cast<std::uint32_t>(i)});
  return groups;
}

enum class Part : std::uint8_t { kTrain, kValid, kTest };

// The rows of the smallest numbers go to testing, the next ones to validation. Which they are is asked, not their
// order: sorting a million takes ten times as long.
void deal(std::vector<Drawn>& group, std::size_t n_test, std::size_t n_valid, std::vector<Part>& parts) {
  const auto test_end = group.begin() + static_cast<std::ptrdiff_t>(n_test);
  const auto valid_end = test_end + static_cast<std::ptrdiff_t>(n_valid);
  if (n_test > 0) std::nth_element(group.begin(), test_end, group.end());
  if (n_valid > 0) std::nth_element(test_end, valid_end, group.end());
  for (auto drawn = group.begin(); drawn != test_end; ++drawn) parts[drawn->position] = Part::kTest;
  for (auto drawn = test_end; drawn != valid_end; ++drawn) parts[drawn->position] = Part::kValid;
}

Split in_parts(std::span<const std::uint32_t> rows, const std::vector<Part>& parts) {
  Split split;
  split.train.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& part = parts[i] == Part::kTest ? split.test : parts[i] == Part::kValid ? split.valid : split.train;
    part.push_back(rows[i]);
  }
  for (auto* part : {&split.train, &split.valid, &split.test})
    if (!std::ranges::is_sorted(*part)) std::ranges::sort(*part);
  return split;
}

}  // namespace

Split split_rows(std::span<const std::uint32_t> rows, std::span<const std::uint32_t> classes, double valid_share,
                 double test_share, std::uint64_t seed) {
  const std::size_t n = rows.size();
  std::vector<Part> parts(n, Part::kTrain);
  const std::size_t n_test_in_all = rounded_share(test_share, n), n_valid_in_all = rounded_share(valid_share, n);
  if (n_test_in_all + n_valid_in_all == 0) return in_parts(rows, parts);
  auto groups = draw_by_class(n, classes, seed);
  std::vector<std::size_t> sizes, free;
  for (const auto& group : groups) {
    sizes.push_back(group.size());
    free.push_back(group.empty() ? 0 : group.size() - 1);
  }
  const auto n_test = apportion(n_test_in_all, sizes, free);
  for (std::size_t g = 0; g < groups.size(); ++g) free[g] -= n_test[g];
  const auto n_valid = apportion(n_valid_in_all, sizes, free);
  for (std::size_t g = 0; g < groups.size(); ++g) deal(groups[g], n_test[g], n_valid[g], parts);
  return in_parts(rows, parts);
}

}  // namespace ffwd
