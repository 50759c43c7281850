#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "kernels/kernels.h"
#include "kernels/layout.h"
#include "reference.h"

namespace ffwd {
namespace {

template <class T>
class MovesTest : public ::testing::Test {};
TYPED_TEST_SUITE(MovesTest, Precisions);

TYPED_TEST(MovesTest, TransposeSwapsRowsAndColumnsAndZeroesThePadding) {
  using T = TypeParam;
  constexpr std::size_t kL = kLanes<T>;
  for (std::size_t rows :
       {std::size_t{0}, std::size_t{1}, std::size_t{3}, kL - 1, kL, kL + 1, std::size_t{26}, 4 * kL}) {
    for (std::size_t columns : {std::size_t{1}, std::size_t{2}, std::size_t{7}, kL, kL + 3, std::size_t{100}}) {
      SCOPED_TRACE(std::to_string(rows) + "x" + std::to_string(columns));
      const auto from = PaddedMatrix<T>(rows, columns).randomise(1);
      for (std::size_t ld : {padded<T>(rows), padded<T>(rows) + kL}) {
        for_each_target<T>([&](const Kernels<T>& k, bool) {
          PaddedMatrix<T> to(columns, rows, ld);
          to.fill(9);
          k.transpose(from.data(), rows, columns, from.ld(), to.data(), to.ld());
          for (std::size_t r = 0; r < rows; ++r) {
            for (std::size_t c = 0; c < columns; ++c) ASSERT_EQ(to(c, r), from(r, c)) << r << "," << c;
          }
          EXPECT_TRUE(to.padding_is_zero());
        });
      }
    }
  }
}

TYPED_TEST(MovesTest, GatherTakesRowsInTheOrderAsked) {
  using T = TypeParam;
  const std::vector<std::uint32_t> order = {5, 0, 5, 9, 3, 1, 8};
  const auto matrix = PaddedMatrix<T>(10, 2 * kLanes<T>).randomise(1), column = PaddedMatrix<T>(10, 1, 1).randomise(2);
  for_each_target<T>([&](const Kernels<T>& k, bool) {
    for (std::size_t n = 0; n <= order.size(); ++n) {
      PaddedMatrix<T> rows(n, matrix.columns()), numbers(n, 1, 1);
      k.gather(matrix.data(), matrix.ld(), order.data(), n, matrix.columns(), rows.data(), rows.ld());
      k.gather(column.data(), 1, order.data(), n, 1, numbers.data(), 1);
      for (std::size_t i = 0; i < n; ++i) {
        EXPECT_EQ(numbers(i, 0), column(order[i], 0));
        for (std::size_t c = 0; c < matrix.columns(); ++c) ASSERT_EQ(rows(i, c), matrix(order[i], c));
      }
    }
  });
}

}  // namespace
}  // namespace ffwd
