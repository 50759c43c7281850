#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <vector>

#include "kernels/kernels.h"
#include "kernels/layout.h"
#include "reference.h"

namespace ffwd {
namespace {

template <class T>
class UpdatesTest : public ::testing::Test {
 protected:
  static constexpr std::size_t kCount = 5 * kLanes<T>;
  /// Some numbers, followed by a block of padding.
  static PaddedMatrix<T> numbers(std::uint32_t seed) { return PaddedMatrix<T>(1, kCount - 3, kCount).randomise(seed); }
};
TYPED_TEST_SUITE(UpdatesTest, Precisions);

TYPED_TEST(UpdatesTest, AdamFollowsItsFormulaStepByStep) {
  using T = TypeParam;
  for_each_target<T>([](const Kernels<T>& k, bool fused) {
    auto w = TestFixture::numbers(1), m = TestFixture::numbers(2), v = TestFixture::numbers(3);
    const auto g = TestFixture::numbers(4);
    for (std::size_t i = 0; i < v.columns(); ++i) v(0, i) = std::abs(v(0, i));
    auto expected_w = w, expected_m = m, expected_v = v;
    const AdamUpdate<T> u{.n = TestFixture::kCount,
                          .w = w.data(),
                          .g = g.data(),
                          .m = m.data(),
                          .v = v.data(),
                          .beta1 = 0.9f,
                          .rest1 = 0.1f,
                          .beta2 = 0.999f,
                          .rest2 = 0.001f,
                          .step = 0.01f,
                          .root = 1.5f,
                          .epsilon = 1e-8f,
                          .keep = 0.99f};
    for (int step = 0; step < 3; ++step) {
      k.adam(u);
      for (std::size_t i = 0; i < w.columns(); ++i) {
        T &mi = expected_m(0, i), &vi = expected_v(0, i), &wi = expected_w(0, i);
        mi = multiply_add(fused, u.rest1, g(0, i), u.beta1 * mi);
        vi = multiply_add(fused, u.rest2 * g(0, i), g(0, i), u.beta2 * vi);
        wi = multiply_add(fused, -u.step, mi / multiply_add(fused, std::sqrt(vi), u.root, u.epsilon), u.keep * wi);
      }
    }
    EXPECT_EQ(w.numbers(), expected_w.numbers());
    EXPECT_EQ(m.numbers(), expected_m.numbers());
    EXPECT_EQ(v.numbers(), expected_v.numbers());
    for (const auto* state : {&w, &m, &v}) EXPECT_TRUE(state->padding_is_zero());
  });
}

TYPED_TEST(UpdatesTest, SgdFollowsItsFormulaWithAndWithoutMomentum) {
  using T = TypeParam;
  const T momentum = 0.9f, rate = 0.05f, keep = 0.999f;
  const auto g = TestFixture::numbers(4);
  for_each_target<T>([&](const Kernels<T>& k, bool fused) {
    for (bool nesterov : {false, true}) {
      auto w = TestFixture::numbers(1), v = TestFixture::numbers(2);
      auto expected_w = w, expected_v = v;
      k.sgd(TestFixture::kCount, w.data(), g.data(), v.data(), momentum, nesterov, rate, keep);
      for (std::size_t i = 0; i < w.columns(); ++i) {
        T &vi = expected_v(0, i), &wi = expected_w(0, i);
        vi = multiply_add(fused, momentum, vi, g(0, i));
        wi = multiply_add(fused, -rate, nesterov ? multiply_add(fused, momentum, vi, g(0, i)) : vi, keep * wi);
      }
      EXPECT_EQ(w.numbers(), expected_w.numbers());
      EXPECT_EQ(v.numbers(), expected_v.numbers());
      EXPECT_TRUE(w.padding_is_zero() && v.padding_is_zero());
    }
    auto w = TestFixture::numbers(1);
    auto expected = w;
    k.sgd(TestFixture::kCount, w.data(), g.data(), nullptr, 0, false, rate, keep);
    for (std::size_t i = 0; i < w.columns(); ++i)
      expected(0, i) = multiply_add(fused, -rate, g(0, i), keep * expected(0, i));
    EXPECT_EQ(w.numbers(), expected.numbers());
  });
}

TYPED_TEST(UpdatesTest, AddScaledAddsAMultiple) {
  using T = TypeParam;
  const auto x = TestFixture::numbers(1), start = TestFixture::numbers(2);
  for_each_target<T>([&](const Kernels<T>& k, bool fused) {
    auto y = start;
    k.add_scaled(TestFixture::kCount, T{0.3f}, x.data(), y.data());
    for (std::size_t i = 0; i < y.columns(); ++i)
      EXPECT_EQ(y(0, i), multiply_add(fused, T{0.3f}, x(0, i), start(0, i)));
    EXPECT_TRUE(y.padding_is_zero());
  });
}

TYPED_TEST(UpdatesTest, SumOfSquaresRunsOnEightLanesOfDouble) {
  using T = TypeParam;
  const auto x = PaddedMatrix<T>(1, 7 * kLanes<T> - 2).randomise(1);
  const std::vector<double> wide(x.data(), x.data() + x.ld());
  for_each_target<T>([&](const Kernels<T>& k, bool fused) {
    EXPECT_EQ(k.sum_of_squares(x.ld(), x.data()), block_dot(fused, wide.data(), wide.data(), wide.size()));
    EXPECT_EQ(k.sum_of_squares(0, x.data()), 0);
  });
}

}  // namespace
}  // namespace ffwd
