#include <gtest/gtest.h>

#include <algorithm>
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

/// w moved towards 0 by at most `by`.
template <class T>
T shrunk(T w, T by) {
  return w - std::min(std::max(w, -by), by);
}

TYPED_TEST(UpdatesTest, AmsgradDividesByTheLargestMomentSoFar) {
  using T = TypeParam;
  for_each_target<T>([](const Kernels<T>& k, bool fused) {
    auto w = TestFixture::numbers(1), m = TestFixture::numbers(2), v = TestFixture::numbers(3);
    auto peak = TestFixture::numbers(5);
    const auto g = TestFixture::numbers(4);
    for (std::size_t i = 0; i < v.columns(); ++i) {
      v(0, i) = std::abs(v(0, i));
      peak(0, i) = std::abs(peak(0, i));
    }
    auto expected_w = w, expected_m = m, expected_v = v, expected_peak = peak;
    const AdamUpdate<T> u{.n = TestFixture::kCount,
                          .w = w.data(),
                          .g = g.data(),
                          .m = m.data(),
                          .v = v.data(),
                          .peak = peak.data(),
                          .beta1 = 0.9f,
                          .rest1 = 0.1f,
                          .beta2 = 0.9f,
                          .rest2 = 0.1f,
                          .step = 0.01f,
                          .root = 1.5f,
                          .epsilon = 1e-8f,
                          .shrink = 0.05f};
    for (int step = 0; step < 3; ++step) {
      k.adam(u);
      for (std::size_t i = 0; i < w.columns(); ++i) {
        T &mi = expected_m(0, i), &vi = expected_v(0, i), &wi = expected_w(0, i), &top = expected_peak(0, i);
        mi = multiply_add(fused, u.rest1, g(0, i), u.beta1 * mi);
        vi = multiply_add(fused, u.rest2 * g(0, i), g(0, i), u.beta2 * vi);
        top = std::max(top, vi);
        const T scale = multiply_add(fused, std::sqrt(top), u.root, u.epsilon);
        wi = shrunk<T>(multiply_add(fused, -u.step, mi / scale, wi), u.shrink / scale);
      }
    }
    EXPECT_EQ(w.numbers(), expected_w.numbers());
    EXPECT_EQ(peak.numbers(), expected_peak.numbers());
    for (const auto* state : {&w, &m, &v, &peak}) EXPECT_TRUE(state->padding_is_zero());
  });
}

TYPED_TEST(UpdatesTest, SgdFollowsItsFormulaWithAndWithoutMomentum) {
  using T = TypeParam;
  const auto g = TestFixture::numbers(4);
  for_each_target<T>([&](const Kernels<T>& k, bool fused) {
    for (bool nesterov : {false, true}) {
      auto w = TestFixture::numbers(1), v = TestFixture::numbers(2);
      auto expected_w = w, expected_v = v;
      const SgdUpdate<T> u{.n = TestFixture::kCount,
                           .w = w.data(),
                           .g = g.data(),
                           .v = v.data(),
                           .momentum = 0.9f,
                           .nesterov = nesterov,
                           .rate = 0.05f,
                           .keep = 0.999f};
      k.sgd(u);
      for (std::size_t i = 0; i < w.columns(); ++i) {
        T &vi = expected_v(0, i), &wi = expected_w(0, i);
        vi = multiply_add(fused, u.momentum, vi, g(0, i));
        const T direction = nesterov ? multiply_add(fused, u.momentum, vi, g(0, i)) : vi;
        wi = multiply_add(fused, -u.rate, direction, u.keep * wi);
      }
      EXPECT_EQ(w.numbers(), expected_w.numbers());
      EXPECT_EQ(v.numbers(), expected_v.numbers());
      EXPECT_TRUE(w.padding_is_zero() && v.padding_is_zero());
    }
    for (const T shrink : {T{0}, T{0.2f}}) {
      auto w = TestFixture::numbers(1);
      auto expected = w;
      const SgdUpdate<T> u{
          .n = TestFixture::kCount, .w = w.data(), .g = g.data(), .rate = 0.05f, .keep = 0.999f, .shrink = shrink};
      k.sgd(u);
      for (std::size_t i = 0; i < w.columns(); ++i)
        expected(0, i) = shrunk<T>(multiply_add(fused, -u.rate, g(0, i), u.keep * expected(0, i)), shrink);
      EXPECT_EQ(w.numbers(), expected.numbers());
      if (shrink > 0) {
        EXPECT_GT(std::ranges::count(w.numbers(), T{0}), 5) << "some land on 0 and stay there";
      }
    }
  });
}

TYPED_TEST(UpdatesTest, AdagradFollowsItsFormula) {
  using T = TypeParam;
  const auto g = TestFixture::numbers(4);
  for_each_target<T>([&](const Kernels<T>& k, bool fused) {
    for (const T shrink : {T{0}, T{0.01f}}) {
      auto w = TestFixture::numbers(1), s = TestFixture::numbers(7);
      for (std::size_t i = 0; i < s.columns(); ++i) s(0, i) = std::abs(s(0, i));
      auto expected_w = w, expected_s = s;
      const AdagradUpdate<T> u{.n = TestFixture::kCount,
                               .w = w.data(),
                               .g = g.data(),
                               .s = s.data(),
                               .rate = 0.05f,
                               .epsilon = 1e-8f,
                               .shrink = shrink};
      k.adagrad(u);
      for (std::size_t i = 0; i < w.columns(); ++i) {
        T &si = expected_s(0, i), &wi = expected_w(0, i);
        si = multiply_add(fused, g(0, i), g(0, i), si);
        const T scale = std::sqrt(si) + u.epsilon;
        wi = multiply_add(fused, -u.rate, g(0, i) / scale, wi);
        if (shrink > 0) wi = shrunk<T>(wi, shrink / scale);
      }
      EXPECT_EQ(w.numbers(), expected_w.numbers());
      EXPECT_EQ(s.numbers(), expected_s.numbers());
      EXPECT_TRUE(w.padding_is_zero() && s.padding_is_zero());
    }
  });
}

TYPED_TEST(UpdatesTest, RmspropFollowsItsFormulaCentredOrNotWithMomentumOrWithout) {
  using T = TypeParam;
  const auto g = TestFixture::numbers(4);
  for_each_target<T>([&](const Kernels<T>& k, bool fused) {
    for (int variant = 0; variant < 4; ++variant) {
      const bool centred = variant % 2 == 1, with_momentum = variant / 2 == 1;
      auto w = TestFixture::numbers(1), s = TestFixture::numbers(3), m = TestFixture::numbers(5);
      auto v = TestFixture::numbers(2);
      for (std::size_t i = 0; i < s.columns(); ++i) s(0, i) = std::abs(s(0, i));
      auto expected = w, expected_s = s, expected_m = m, expected_v = v;
      const RmspropUpdate<T> u{.n = TestFixture::kCount,
                               .w = w.data(),
                               .g = g.data(),
                               .s = s.data(),
                               .m = centred ? m.data() : nullptr,
                               .v = with_momentum ? v.data() : nullptr,
                               .decay = 0.9f,
                               .rest = 0.1f,
                               .momentum = 0.5f,
                               .rate = 0.01f,
                               .epsilon = 1e-3f};
      k.rmsprop(u);
      for (std::size_t i = 0; i < w.columns(); ++i) {
        T &si = expected_s(0, i), &mi = expected_m(0, i), &vi = expected_v(0, i);
        si = multiply_add(fused, u.rest * g(0, i), g(0, i), u.decay * si);
        mi = multiply_add(fused, u.rest, g(0, i), u.decay * mi);
        const T spread = centred ? std::max(multiply_add(fused, -mi, mi, si), T{0}) : si;
        T direction = g(0, i) / (std::sqrt(spread) + u.epsilon);
        if (with_momentum) direction = vi = multiply_add(fused, u.momentum, vi, direction);
        expected(0, i) = multiply_add(fused, -u.rate, direction, expected(0, i));
      }
      EXPECT_EQ(w.numbers(), expected.numbers()) << variant;
      EXPECT_EQ(s.numbers(), expected_s.numbers());
      for (const auto* state : {&w, &s, &m, &v}) EXPECT_TRUE(state->padding_is_zero());
    }
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

TYPED_TEST(UpdatesTest, ScaleMoveTowardsAndAddSignAreWhatTheySay) {
  using T = TypeParam;
  auto x = TestFixture::numbers(1);
  x(0, 3) = 0;
  const auto start = TestFixture::numbers(2);
  for_each_target<T>([&](const Kernels<T>& k, bool fused) {
    auto scaled = start, moved = start, signs = start;
    k.scale(TestFixture::kCount, T{0.3f}, scaled.data());
    k.move_towards(TestFixture::kCount, T{0.3f}, x.data(), moved.data());
    k.add_sign(TestFixture::kCount, T{0.3f}, x.data(), signs.data());
    for (std::size_t i = 0; i < x.columns(); ++i) {
      const T from = start(0, i), sign = x(0, i) > 0 ? T{1} : x(0, i) < 0 ? T{-1} : T{0};
      EXPECT_EQ(scaled(0, i), T{0.3f} * from);
      EXPECT_EQ(moved(0, i), multiply_add(fused, T{0.3f}, x(0, i) - from, from));
      EXPECT_EQ(signs(0, i), from + sign * T{0.3f});
    }
    EXPECT_TRUE(scaled.padding_is_zero() && moved.padding_is_zero() && signs.padding_is_zero());
  });
}

TYPED_TEST(UpdatesTest, SumsRunOnEightLanesOfDouble) {
  using T = TypeParam;
  const auto x = PaddedMatrix<T>(1, 7 * kLanes<T> - 2).randomise(1);
  const auto y = PaddedMatrix<T>(1, 7 * kLanes<T> - 2).randomise(2);
  const std::vector<double> wide(x.data(), x.data() + x.ld()), other(y.data(), y.data() + y.ld());
  for_each_target<T>([&](const Kernels<T>& k, bool fused) {
    EXPECT_EQ(k.sum_of_squares(x.ld(), x.data()), block_dot(fused, wide.data(), wide.data(), wide.size()));
    EXPECT_EQ(k.sum_of_squares(0, x.data()), 0);
    EXPECT_EQ(k.dot(x.ld(), x.data(), y.data()), block_dot(fused, wide.data(), other.data(), wide.size()));
    std::vector<double> magnitudes(wide.size()), ones(wide.size(), 1);
    for (std::size_t i = 0; i < wide.size(); ++i) magnitudes[i] = std::abs(wide[i]);
    EXPECT_EQ(k.sum_of_magnitudes(x.ld(), x.data()), block_dot(fused, magnitudes.data(), ones.data(), wide.size()));
  });
}

TYPED_TEST(UpdatesTest, WeightedSumTakesAnyCountAndAlignment) {
  using T = TypeParam;
  const auto x = PaddedMatrix<T>(1, 42).randomise(1), w = PaddedMatrix<T>(1, 42).randomise(2);
  for_each_target<T>([&](const Kernels<T>& k, bool fused) {
    for (std::size_t n = 0; n < 40; ++n) {
      std::vector<double> values, weights;
      for (std::size_t i = 0; i < n; ++i) {
        values.push_back(static_cast<double>(x(0, i + 1)));
        weights.push_back(static_cast<double>(w(0, i + 2)));
      }
      const std::size_t whole = n / 8 * 8;
      const std::vector<double> ones(n, 1);
      double tail = 0, plain_tail = 0;
      for (std::size_t i = whole; i < n; ++i) {
        tail += values[i] * weights[i];
        plain_tail += values[i];
      }
      EXPECT_EQ(k.weighted_sum(n, x.data() + 1, w.data() + 2),
                block_dot(fused, values.data(), weights.data(), whole) + tail);
      EXPECT_EQ(k.weighted_sum(n, x.data() + 1, nullptr),
                block_dot(fused, values.data(), ones.data(), whole) + plain_tail);
    }
  });
}

}  // namespace
}  // namespace ffwd
