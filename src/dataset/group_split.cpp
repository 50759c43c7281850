#include "dataset/group_split.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "core/philox.h"

namespace ffwd {
namespace {

enum class Part : std::uint8_t { kTrain, kValid, kTest };

std::vector<std::size_t> in_random_order(std::size_t n_groups, std::uint64_t seed) {
  const Philox random(seed, Purpose::kSplit);
  std::vector<std::size_t> order(n_groups);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<std::uint64_t> key(n_groups);
  for (std::size_t g = 0; g < n_groups; ++g) key[g] = random.bits(1, g);
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return key[a] != key[b] ? key[a] < key[b] : a < b; });
  return order;
}

/// Moves groups from training to `part` while that brings its rows nearer to `wanted`.
void fill(Part part, double wanted, const std::vector<std::size_t>& order, const std::vector<std::size_t>& sizes,
          std::vector<Part>& part_of) {
  double count = 0;
  auto left = std::ranges::count(part_of, Part::kTrain);
  for (const std::size_t g : order) {
    const double with = count + static_cast<double>(sizes[g]);
    if (left <= 1 || part_of[g] != Part::kTrain || std::abs(with - wanted) >= std::abs(count - wanted)) continue;
    part_of[g] = part;
    count = with;
    --left;
  }
}

}  // namespace

Split split_groups(std::span<const std::uint32_t> rows, std::span<const std::uint32_t> groups, double valid_share,
                   double test_share, std::uint64_t seed) {
  const std::size_t n_groups = groups.empty() ? 0 : *std::ranges::max_element(groups) + std::size_t{1};
  std::vector<std::size_t> sizes(n_groups);
  for (const std::uint32_t g : groups) ++sizes[g];
  const std::vector<std::size_t> order = in_random_order(n_groups, seed);
  std::vector<Part> part_of(n_groups, Part::kTrain);
  const auto n = static_cast<double>(rows.size());
  fill(Part::kTest, std::round(test_share * n), order, sizes, part_of);
  fill(Part::kValid, std::round(valid_share * n), order, sizes, part_of);
  Split split;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Part part = part_of[groups[i]];
    (part == Part::kTest ? split.test : part == Part::kValid ? split.valid : split.train).push_back(rows[i]);
  }
  for (auto* part : {&split.train, &split.valid, &split.test}) std::ranges::sort(*part);
  return split;
}

}  // namespace ffwd
