#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

#include "kernels/kernels.h"
#include "kernels/math_check.h"

namespace ffwd {
namespace {

/// Finite numbers of every binary exponent and both signs, and an even grid over where the functions bend.
template <class T>
std::vector<T> sweep(std::size_t patterns, std::size_t grid) {
  using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  const auto stride = static_cast<Bits>(std::numeric_limits<Bits>::max() / std::max<std::size_t>(patterns, 1) | 1);
  std::vector<T> x;
  for (std::size_t i = 0; i < patterns; ++i) {
    const T value = std::bit_cast<T>(static_cast<Bits>(static_cast<Bits>(i) * stride));
    if (std::isnormal(value)) x.push_back(value);
  }
  const double limit = sizeof(T) == 4 ? 105 : 750;
  for (std::size_t i = 0; i < grid; ++i) {
    const double position = 2 * static_cast<double>(i) / static_cast<double>(grid) - 1;
    x.push_back(static_cast<T>(limit * position));
    x.push_back(static_cast<T>(2 * position));
  }
  return x;
}

template <class T>
class MathTest : public ::testing::Test {};
TYPED_TEST_SUITE(MathTest, Precisions);

TYPED_TEST(MathTest, ErrorsStayWithinTheStatedUlps) {
  using T = TypeParam;
  for (const Function& f : kFunctions) {
    SCOPED_TRACE(f.name);
    const auto x = sweep<T>(30000, 10000);
    const auto exact = exact_values(f, x);
    for_each_target<T>([&](const Kernels<T>& k, bool) {
      Worst<T> most;
      find_worst(f, x, exact, apply(k, f.name, x), most);
      EXPECT_LE(most.error, f.bound<T>()) << "at " << most.at;
    });
  }
}

TYPED_TEST(MathTest, SpecialValuesAreWhatMathematicsSays) {
  using T = TypeParam;
  using Limits = std::numeric_limits<T>;
  const T inf = Limits::infinity(), tiny = Limits::denorm_min();
  for_each_target<T>([&](const Kernels<T>& k, bool) {
    const std::vector<T> x = {0, -T{0}, inf, -inf, Limits::max(), Limits::lowest(), tiny, 1e30f, -1e30f};
    EXPECT_EQ(apply(k, "exp", x), (std::vector<T>{1, 1, inf, 0, inf, 0, 1, inf, 0}));
    EXPECT_EQ(apply(k, "tanh", x), (std::vector<T>{0, -T{0}, 1, -1, 1, -1, tiny, 1, -1}));
    EXPECT_TRUE(std::signbit(apply(k, "tanh", x)[1]));
    EXPECT_EQ(apply(k, "log", std::vector<T>{0, -T{0}, inf, 1, tiny}), (std::vector<T>{-inf, -inf, inf, 0, -inf}));
    EXPECT_EQ(apply(k, "erf", x), (std::vector<T>{0, -T{0}, 1, -1, 1, -1, apply(k, "erf", {tiny})[0], 1, -1}));
    EXPECT_TRUE(std::signbit(apply(k, "erf", x)[1]));
    EXPECT_EQ(apply(k, "softplus", {T{-1e30f}, T{90}, T{1e30f}, inf}), (std::vector<T>{0, 90, 1e30f, inf}));
    EXPECT_EQ(apply(k, "sigmoid", {T{-1e30f}, T{0}, T{1e30f}, inf, -inf}), (std::vector<T>{0, 0.5f, 1, 1, 0}));
    for (const Function& f : kFunctions) {
      EXPECT_TRUE(std::isnan(apply(k, f.name, {Limits::quiet_NaN()})[0])) << f.name;
    }
    for (const T negative : {T{-1}, -Limits::min(), Limits::lowest(), -inf}) {
      EXPECT_TRUE(std::isnan(apply(k, "log", {negative})[0])) << negative;
    }
  });
}

TYPED_TEST(MathTest, AnyCountAndAlignmentGivesTheSameNumbers) {
  using T = TypeParam;
  const auto x = sweep<T>(0, 20);
  for_each_target<T>([&](const Kernels<T>& k, bool) {
    const auto all = apply(k, "exp", x);
    for (std::size_t first = 0; first < x.size(); ++first) {
      for (std::size_t last = first; last <= x.size(); ++last) {
        std::vector<T> part(last - first + 1, 7);
        k.exp(x.data() + first, part.data(), last - first);
        EXPECT_TRUE(std::equal(part.begin(), part.end() - 1, all.begin() + static_cast<std::ptrdiff_t>(first)));
        EXPECT_EQ(part.back(), 7);
      }
    }
  });
}

}  // namespace
}  // namespace ffwd
