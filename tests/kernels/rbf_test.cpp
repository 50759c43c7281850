// Distances from centres and their pulls against plain loops.
#include <gtest/gtest.h>

#include <cstddef>

#include "kernels/kernels.h"
#include "kernels/layout.h"
#include "reference.h"

namespace ffwd {
namespace {

template <class T>
class RbfTest : public ::testing::Test {};
TYPED_TEST_SUITE(RbfTest, Precisions);

TYPED_TEST(RbfTest, DistancesAndPullsAreTheirSums) {
  using T = TypeParam;
  const double near = sizeof(T) == 4 ? 1e-4 : 1e-12;
  for (const std::size_t inputs : {1U, 3U, 9U}) {
    for (const std::size_t units : {1U, 5U, 8U, 17U, 33U}) {
      constexpr std::size_t kRows = 6;
      const auto x = PaddedMatrix<T>(kRows, inputs).randomise(1), w = PaddedMatrix<T>(inputs, units).randomise(2);
      const auto e = PaddedMatrix<T>(kRows, units).randomise(3);
      const Centres<T> c{
          .rows = kRows, .inputs = inputs, .units = units, .x = x.data(), .ldx = x.ld(), .w = w.data(), .ld = w.ld()};
      for_each_target<T>([&](const Kernels<T>& k, bool) {
        PaddedMatrix<T> squared(kRows, units), along(kRows, units), dx(kRows, inputs), dw(inputs, units);
        dx.fill(9);
        k.distances(c, x.data(), w.data(), T{1}, squared.data());
        k.distances(c, nullptr, w.data(), T{2}, along.data());
        k.pull_rows(c, e.data(), T{2}, dx.data(), dx.ld(), false);
        k.pull_centres(c, e.data(), T{2}, dw.data(), false);
        for (std::size_t n = 0; n < kRows; ++n) {
          for (std::size_t u = 0; u < units; ++u) {
            double sum = 0, other = 0;
            for (std::size_t i = 0; i < inputs; ++i) {
              const double difference = static_cast<double>(w(i, u)) - static_cast<double>(x(n, i));
              sum += difference * difference;
              other += 2 * difference * static_cast<double>(w(i, u));
            }
            EXPECT_NEAR(squared(n, u), sum, near);
            EXPECT_NEAR(along(n, u), other, near);
          }
          for (std::size_t i = 0; i < inputs; ++i) {
            double sum = 0;
            for (std::size_t u = 0; u < units; ++u) {
              sum += 2 * static_cast<double>(e(n, u)) * (static_cast<double>(x(n, i)) - static_cast<double>(w(i, u)));
            }
            EXPECT_NEAR(dx(n, i), sum, near);
          }
        }
        for (std::size_t i = 0; i < inputs; ++i) {
          for (std::size_t u = 0; u < units; ++u) {
            double sum = 0;
            for (std::size_t n = 0; n < kRows; ++n) {
              sum += 2 * static_cast<double>(e(n, u)) * (static_cast<double>(w(i, u)) - static_cast<double>(x(n, i)));
            }
            EXPECT_NEAR(dw(i, u), sum, near);
          }
        }
        EXPECT_TRUE(squared.padding_is_zero() && along.padding_is_zero() && dx.padding_is_zero() &&
                    dw.padding_is_zero());
      });
    }
  }
}

TYPED_TEST(RbfTest, FactorsOfTheWidthsAreZeroInThePadding) {
  using T = TypeParam;
  for_each_target<T>([&](const Kernels<T>& k, bool) {
    PaddedMatrix<T> sigma(1, 3), square(1, 3), cube(1, 3), fourth(1, 3);
    sigma(0, 0) = 2;
    sigma(0, 1) = T{0.5};
    sigma(0, 2) = -1;
    for (PaddedMatrix<T>* m : {&square, &cube, &fourth}) m->fill(9);
    k.rbf_factors(3, sigma.data(), square.data(), cube.data(), fourth.data());
    EXPECT_EQ(square(0, 0), T{0.25});
    EXPECT_EQ(cube(0, 1), T{16});
    EXPECT_EQ(fourth(0, 2), T{6});
    EXPECT_TRUE(square.padding_is_zero() && cube.padding_is_zero() && fourth.padding_is_zero());
  });
}

}  // namespace
}  // namespace ffwd
