#include "core/large_pages.h"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

namespace ffwd {
namespace {

TEST(LargePages, AreOnlyAdviceWhateverTheSize) {
  for (const std::size_t n : {0u, 1u, 100'000u, 3'000'000u}) {
    std::vector<int> numbers;
    numbers.reserve(n);
    prefer_large_pages(numbers.data(), n * sizeof(int));
    numbers.resize(n);
    std::iota(numbers.begin(), numbers.end(), 0);
    prefer_large_pages(numbers.data(), n * sizeof(int));
    for (std::size_t k = 0; k < n; ++k) ASSERT_EQ(numbers[k], static_cast<int>(k));
  }
  prefer_large_pages(nullptr, 0);
}

}  // namespace
}  // namespace ffwd
