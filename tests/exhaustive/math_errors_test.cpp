// The errors of the kernels' functions over every float there is, and over tens of millions of doubles. Minutes of
// work. Run with --gtest_output=xml it records what docs/numerics.md states.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "kernels/math_check.h"
#include "kernels/units.h"

namespace ffwd {
namespace {

constexpr std::size_t kChunk = 1 << 14;

template <class T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return std::ranges::equal(a, b, [](T u, T v) {
    return (u == v && std::signbit(u) == std::signbit(v)) || (std::isnan(u) && std::isnan(v));
  });
}

/// The errors on targets with and without a fused multiply-add, over all chunks that it is shown.
template <class T>
class Errors {
 public:
  explicit Errors(const Function& f) : f_(f) {}

  void add(const std::vector<T>& x) {
    const auto exact = exact_values(f_, x);
    std::map<bool, std::vector<T>> first;
    // The target without vectors would take half of the time; a part of the numbers shows that it agrees.
    const bool with_scalar = n_chunks_++ % 16 == 0;
    for_each_target<T>([&](const Kernels<T>& k, bool fused) {
      if (k.target == "scalar" && first.contains(fused) && !with_scalar) return;
      const auto y = apply(k, f_.name, x);
      const auto [known, is_new] = first.try_emplace(fused, y);
      if (is_new) {
        find_worst(f_, x, exact, y, most_[fused]);
      } else {
        EXPECT_TRUE(same_bits(y, known->second)) << f_.name << " from " << x[0];
      }
    });
  }

  void expect_within_bound() const {
    for (const auto& [fused, most] : most_) {
      EXPECT_LE(most.error, f_.bound<T>()) << f_.name << " at " << most.at << (fused ? ", fused" : "");
      ::testing::Test::RecordProperty(fused ? "fused" : "not_fused", std::to_string(most.error));
    }
  }

 private:
  const Function& f_;
  std::map<bool, Worst<T>> most_;
  std::size_t n_chunks_ = 0;
};

class MathErrors : public ::testing::TestWithParam<Function> {};

TEST_P(MathErrors, StayWithinTheStatedUlpsOverAllFloats) {
  // The units made of the others: one number in 31.
  const UnitRow* unit = find_unit(GetParam().name);
  const bool all = unit == nullptr || unit->slope_from_output;
  const std::uint64_t stride = all ? 1 : 31;
  Errors<float> errors(GetParam());
  std::vector<float> x;
  for (std::uint64_t bits = 0; bits <= std::numeric_limits<std::uint32_t>::max(); bits += stride) {
    x.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
    if (x.size() < kChunk) continue;
    errors.add(x);
    x.clear();
  }
  errors.add(x);
  errors.expect_within_bound();
}

/// Numbers that lie evenly among all bit patterns, in -40 … 40 and in -2 … 2; the golden ratio keeps them apart.
TEST_P(MathErrors, StayWithinTheStatedUlpsOverDoubles) {
  constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15, kCount = 1 << 24;
  Errors<double> errors(GetParam());
  std::vector<double> x;
  for (std::uint64_t i = 0; i < kCount; ++i) {
    const std::uint64_t bits = i * kGolden;
    const double position = static_cast<double>(bits >> 11) * 0x1p-52 - 1;
    x.insert(x.end(), {std::bit_cast<double>(bits), 40 * position, 2 * position});
    if (x.size() < kChunk && i + 1 < kCount) continue;
    errors.add(x);
    x.clear();
  }
  errors.expect_within_bound();
}

INSTANTIATE_TEST_SUITE_P(Of, MathErrors, ::testing::ValuesIn(kFunctions),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace ffwd
