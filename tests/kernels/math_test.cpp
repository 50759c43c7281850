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
#include "kernels/units.h"
#include "reference.h"

namespace ffwd {
namespace {

using Reference = long double (*)(long double);

long double sigmoid(long double x) { return 1 / (1 + std::exp(-x)); }
long double softplus(long double x) { return std::fmax(x, 0.0L) + std::log1p(std::exp(-std::fabs(x))); }

/// Applies a function of the table, or a unit, to all of x.
template <class T>
std::vector<T> apply(const Kernels<T>& k, const std::string& name, const std::vector<T>& x) {
  std::vector<T> y(x.size());
  if (const UnitRow* unit = find_unit(name); unit && name != "tanh") {
    PaddedMatrix<T> z(1, x.size());
    std::copy(x.begin(), x.end(), z.data());
    k.unit_value[unit->index](z.data(), z.ld(), z.data(), z.ld(), 1, x.size());
    return z.numbers();
  }
  (name == "exp" ? k.exp : name == "log" ? k.log : k.tanh)(x.data(), y.data(), x.size());
  return y;
}

/// Error of `got` in units in the last place of `exact`. Where exact lies below the normal numbers, zero will do.
template <class T>
double ulps(T got, long double exact) {
  using Limits = std::numeric_limits<T>;
  if (std::fabs(exact) > static_cast<long double>(Limits::max())) return std::isinf(got) ? 0 : 1e9;
  if (std::fabs(exact) < 1.0001L * static_cast<long double>(Limits::min()) && got == 0) return 0;
  const int exponent = std::max(std::ilogb(exact), Limits::min_exponent - 1);
  return static_cast<double>(std::fabs(static_cast<long double>(got) - exact) /
                             std::ldexp(1.0L, exponent - Limits::digits + 1));
}

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

/// Largest error over x, and where.
template <class T>
struct Worst {
  double error = 0;
  T at = 0;
};
template <class T>
Worst<T> worst(const std::vector<T>& x, const std::vector<T>& y, Reference exact) {
  Worst<T> most;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double error = ulps(y[i], exact(static_cast<long double>(x[i])));
    if (!(error <= most.error)) most = {error, x[i]};
  }
  return most;
}

struct Function {
  const char* name;
  Reference exact;
  bool positive_only;
  double bound;  ///< as stated in math-inl.h, for both precisions and all targets
};
constexpr Function kFunctions[] = {
    {"exp", [](long double x) { return std::exp(x); }, false, 1.1},
    {"log", [](long double x) { return std::log(x); }, true, 0.9},
    {"tanh", [](long double x) { return std::tanh(x); }, false, 2.6},
    {"sigmoid", sigmoid, false, 2.5},
    {"softplus", softplus, false, 1.7},
};

template <class T>
class MathTest : public ::testing::Test {};
TYPED_TEST_SUITE(MathTest, Precisions);

TYPED_TEST(MathTest, ErrorsStayWithinTheStatedUlps) {
  using T = TypeParam;
  for (const Function& f : kFunctions) {
    SCOPED_TRACE(f.name);
    auto x = sweep<T>(30000, 10000);
    if (f.positive_only) std::erase_if(x, [](T v) { return v <= 0; });
    for_each_target<T>([&](const Kernels<T>& k, bool) {
      const auto most = worst(x, apply(k, f.name, x), f.exact);
      EXPECT_LE(most.error, f.bound) << "at " << most.at;
      ::testing::Test::RecordProperty(std::string(f.name) + "_" + std::string(k.target), std::to_string(most.error));
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
