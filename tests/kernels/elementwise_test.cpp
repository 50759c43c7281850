// Products, choices and sums along rows and columns against plain loops, on awkward sizes.
#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <string>

#include "kernels/kernels.h"
#include "kernels/layout.h"
#include "reference.h"

namespace ffwd {
namespace {

template <class T>
class ElementwiseTest : public ::testing::Test {
 protected:
  static constexpr double kNear = sizeof(T) == 4 ? 2e-5 : 1e-13;

  /// f(rows, columns) for sizes around a block and beyond.
  template <class F>
  void for_sizes(const F& f) {
    constexpr std::size_t kL = kLanes<T>;
    for (std::size_t rows : {std::size_t{0}, std::size_t{1}, std::size_t{7}}) {
      for (std::size_t columns : {std::size_t{1}, kL - 1, kL, kL + 1, std::size_t{37}}) {
        SCOPED_TRACE(std::to_string(rows) + "x" + std::to_string(columns));
        f(rows, columns);
      }
    }
  }
  static Rows<T> rows_of(const PaddedMatrix<T>& m) {
    return {.rows = m.rows(), .columns = m.columns(), .x = m.data(), .ld = m.ld()};
  }
};
TYPED_TEST_SUITE(ElementwiseTest, Precisions);

TYPED_TEST(ElementwiseTest, MultiplyAndChooseGoNumberByNumber) {
  using T = TypeParam;
  this->for_sizes([&](std::size_t rows, std::size_t columns) {
    const auto x = PaddedMatrix<T>(rows, columns).randomise(1), y = PaddedMatrix<T>(rows, columns).randomise(2);
    const std::size_t n = rows * x.ld();
    for_each_target<T>([&](const Kernels<T>& k, bool) {
      PaddedMatrix<T> product(rows, columns), sum = x, chosen(rows, columns), positive(rows, columns);
      k.multiply(n, x.data(), y.data(), product.data(), false);
      k.multiply(n, x.data(), y.data(), sum.data(), true);
      k.choose(n, x.data(), y.data(), x.data(), y.data(), chosen.data());
      k.choose(n, x.data(), nullptr, x.data(), nullptr, positive.data());
      for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t c = 0; c < columns; ++c) {
          EXPECT_EQ(product(r, c), x(r, c) * y(r, c));
          EXPECT_NEAR(sum(r, c), x(r, c) * y(r, c) + x(r, c), TestFixture::kNear);
          EXPECT_EQ(chosen(r, c), std::max(x(r, c), y(r, c)));
          EXPECT_EQ(positive(r, c), std::max(x(r, c), T{0}));
        }
      }
      EXPECT_TRUE(product.padding_is_zero() && sum.padding_is_zero() && chosen.padding_is_zero());
    });
  });
}

TYPED_TEST(ElementwiseTest, RowsAndColumnsAreScaledAndSummed) {
  using T = TypeParam;
  this->for_sizes([&](std::size_t rows, std::size_t columns) {
    const auto x = PaddedMatrix<T>(rows, columns).randomise(1), y = PaddedMatrix<T>(rows, columns).randomise(2);
    const auto w = PaddedMatrix<T>(1, columns).randomise(3), factor = PaddedMatrix<T>(1, rows + 1).randomise(4);
    for_each_target<T>([&](const Kernels<T>& k, bool) {
      PaddedMatrix<T> by_column(rows, columns), by_row = y, shifted = x, sums(1, columns), plain(1, columns),
                                                dots(1, rows + 1);
      k.scale_columns(TestFixture::rows_of(x), w.data(), by_column.data(), false);
      k.scale_rows(TestFixture::rows_of(x), factor.data(), by_row.data(), true);
      k.add_to_columns(rows, x.ld(), w.data(), shifted.data());
      k.sum_columns(TestFixture::rows_of(x), y.data(), sums.data(), false);
      k.sum_columns(TestFixture::rows_of(x), nullptr, plain.data(), false);
      k.row_dots(TestFixture::rows_of(x), y.data(), T{2}, dots.data());
      for (std::size_t r = 0; r < rows; ++r) {
        double dot = 0;
        for (std::size_t c = 0; c < columns; ++c) {
          EXPECT_EQ(by_column(r, c), x(r, c) * w(0, c));
          EXPECT_NEAR(by_row(r, c), factor(0, r) * x(r, c) + y(r, c), TestFixture::kNear);
          EXPECT_EQ(shifted(r, c), x(r, c) + w(0, c));
          dot += 2.0 * static_cast<double>(x(r, c)) * static_cast<double>(y(r, c));
        }
        EXPECT_NEAR(dots(0, r), dot, TestFixture::kNear);
      }
      for (std::size_t c = 0; c < columns; ++c) {
        double sum = 0, of_x = 0;
        for (std::size_t r = 0; r < rows; ++r) {
          sum += static_cast<double>(x(r, c)) * static_cast<double>(y(r, c));
          of_x += static_cast<double>(x(r, c));
        }
        EXPECT_NEAR(sums(0, c), sum, TestFixture::kNear);
        EXPECT_NEAR(plain(0, c), of_x, TestFixture::kNear);
      }
      EXPECT_TRUE(by_column.padding_is_zero() && by_row.padding_is_zero() && shifted.padding_is_zero());
      EXPECT_TRUE(sums.padding_is_zero());
    });
  });
}

TYPED_TEST(ElementwiseTest, ProjectAddsAMultipleOfARowAndLeavesThePaddingAlone) {
  using T = TypeParam;
  this->for_sizes([&](std::size_t rows, std::size_t columns) {
    const auto x = PaddedMatrix<T>(rows, columns).randomise(1), p = PaddedMatrix<T>(rows, columns).randomise(2);
    const auto q = PaddedMatrix<T>(rows, columns).randomise(3);
    for_each_target<T>([&](const Kernels<T>& k, bool) {
      PaddedMatrix<T> along = x, ones = x;
      k.project(TestFixture::rows_of(x), p.data(), q.data(), T{-0.5}, along.data());
      k.project(TestFixture::rows_of(x), nullptr, nullptr, T{0.25}, ones.data());
      for (std::size_t r = 0; r < rows; ++r) {
        double dot = 0, sum = 0;
        for (std::size_t c = 0; c < columns; ++c) {
          dot += static_cast<double>(p(r, c)) * static_cast<double>(x(r, c));
          sum += static_cast<double>(x(r, c));
        }
        for (std::size_t c = 0; c < columns; ++c) {
          EXPECT_NEAR(along(r, c), static_cast<double>(x(r, c)) - 0.5 * dot * static_cast<double>(q(r, c)),
                      TestFixture::kNear);
          EXPECT_NEAR(ones(r, c), static_cast<double>(x(r, c)) + 0.25 * sum, TestFixture::kNear);
        }
      }
      EXPECT_TRUE(along.padding_is_zero() && ones.padding_is_zero());
    });
  });
}

TYPED_TEST(ElementwiseTest, CopyColumnsTouchesNothingBesideThem) {
  using T = TypeParam;
  const auto from = PaddedMatrix<T>(5, 40).randomise(1);
  for_each_target<T>([&](const Kernels<T>& k, bool) {
    for (std::size_t count : {1U, 3U, 8U, 17U, 23U}) {
      PaddedMatrix<T> to(5, 30);
      to.fill(7);
      k.copy_columns(5, count, from.data() + 3, from.ld(), to.data() + 2, to.ld(), false);
      k.copy_columns(5, count, from.data() + 3, from.ld(), to.data() + 2, to.ld(), true);
      for (std::size_t r = 0; r < 5; ++r) {
        for (std::size_t c = 0; c < to.ld(); ++c) {
          const bool inside = c >= 2 && c < 2 + count;
          ASSERT_EQ(to(r, c), inside ? 2 * from(r, c + 1) : T{7}) << count << " columns, at " << c;
        }
      }
    }
  });
}

TYPED_TEST(ElementwiseTest, StandardisedRowsHaveMeanZeroAndVarianceOneFarFromZeroToo) {
  using T = TypeParam;
  this->for_sizes([&](std::size_t rows, std::size_t columns) {
    auto x = PaddedMatrix<T>(rows, columns).randomise(1);
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t c = 0; c < columns; ++c) x(r, c) += T{100};
    }
    for_each_target<T>([&](const Kernels<T>& k, bool) {
      PaddedMatrix<T> out(rows, columns), inverse(1, rows + 1);
      k.standardise_rows(TestFixture::rows_of(x), static_cast<T>(1e-6), out.data(), inverse.data());
      for (std::size_t r = 0; r < rows; ++r) {
        double mean = 0, squares = 0;
        for (std::size_t c = 0; c < columns; ++c) {
          mean += static_cast<double>(out(r, c)) / static_cast<double>(columns);
          squares += static_cast<double>(out(r, c)) * static_cast<double>(out(r, c)) / static_cast<double>(columns);
        }
        EXPECT_NEAR(mean, 0, 1e-4);
        EXPECT_NEAR(squares, columns == 1 ? 0 : 1, 1e-3);
        EXPECT_TRUE(std::isfinite(inverse(0, r)));
      }
      EXPECT_TRUE(out.padding_is_zero());
    });
  });
}

}  // namespace
}  // namespace ffwd
