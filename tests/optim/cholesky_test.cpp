#include "optim/cholesky.h"

#include <gtest/gtest.h>

#include "core/aligned.h"
#include "core/philox.h"
#include "kernels/layout.h"

namespace ffwd {
namespace {

TEST(Cholesky, SolvesASystemOfAnySize) {
  const Philox random(1, Purpose::kSplit);
  for (const std::size_t n : {1u, 2u, 7u, 8u, 9u, 30u}) {
    SCOPED_TRACE(n);
    const std::size_t ld = padded<double>(n);
    AlignedVector<double> root(n * ld), a(n * ld), l(n * ld), x(ld), right(ld);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) root[i * ld + j] = random.uniform(0, i * n + j) + (i == j ? 1 : 0);
      right[i] = random.uniform(1, i);
    }
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t k = 0; k < n; ++k) a[i * ld + j] += root[i * ld + k] * root[j * ld + k];
      }
    }
    l[0] = 99;  // whatever was there before
    ASSERT_TRUE(cholesky(n, ld, a.data(), l.data()));
    x = right;
    solve_cholesky(n, ld, l.data(), x.data());
    for (std::size_t i = 0; i < n; ++i) {
      double sum = 0, product = 0;
      for (std::size_t j = 0; j < n; ++j) sum += a[i * ld + j] * x[j];
      for (std::size_t k = 0; k < ld; ++k) product += l[i * ld + k] * l[i * ld + k];
      EXPECT_NEAR(sum, right[i], 1e-9);
      EXPECT_NEAR(product, a[i * ld + i], 1e-9);
      for (std::size_t j = i + 1; j < ld; ++j) EXPECT_EQ(l[i * ld + j], 0);
    }
  }
}

TEST(Cholesky, RefusesAMatrixThatIsNotPositiveDefinite) {
  AlignedVector<double> a(2 * 8), l(2 * 8);
  a[0] = 1;
  a[8] = 2;
  a[9] = 3;
  EXPECT_FALSE(cholesky(2, 8, a.data(), l.data()));
  a[9] = 4.5;
  EXPECT_TRUE(cholesky(2, 8, a.data(), l.data()));
}

}  // namespace
}  // namespace ffwd
