#include "dataset/shuffle.h"

#include <cstddef>
#include <numeric>
#include <utility>

#include "core/philox.h"

namespace ffwd {

void shuffled_order(std::uint64_t seed, std::uint32_t epoch, std::span<std::uint32_t> order) {
  std::iota(order.begin(), order.end(), 0u);
  const Philox random(seed, Purpose::kShuffle);
  for (std::size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1], order[random.below(i, epoch, i)]);
  }
}

}  // namespace ffwd
