#include "dataset/shuffle.h"

#include <array>
#include <cstddef>
#include <numeric>
#include <utility>

#include "core/philox.h"

namespace ffwd {

void shuffled_order(std::uint64_t seed, std::uint32_t epoch, std::span<std::uint32_t> order) {
  std::iota(order.begin(), order.end(), 0u);
  const Philox random(seed, Purpose::kShuffle);
  std::array<std::uint64_t, 2> pair = random.pair(epoch, order.size() / 2);
  for (std::size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1], order[Philox::scaled(pair[i % 2], i)]);
    if (i % 2 == 0 && i > 2) pair = random.pair(epoch, i / 2 - 1);
  }
}

}  // namespace ffwd
