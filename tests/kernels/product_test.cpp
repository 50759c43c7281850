#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

#include "kernels/kernels.h"
#include "kernels/layout.h"
#include "kernels/units.h"
#include "reference.h"

namespace ffwd {
namespace {

struct Shape {
  std::size_t rows, depth, columns;
  [[nodiscard]] std::string text() const {
    return std::to_string(rows) + "x" + std::to_string(depth) + "x" + std::to_string(columns);
  }
};

// No rows, one, every height of tile and the even cuts between; depths around a slice; columns around a lane, a vector
// and a block; matrices so wide that their panels are copied, or both sides are, with rows that lie whole pages apart
// and others; more rows than a slice.
template <class T>
std::vector<Shape> shapes() {
  constexpr std::size_t kL = kLanes<T>;
  std::vector<Shape> all = {{0, 5, 3},       {1, 0, 5},      {3, 0, kL + 1}, {1, 64, 64},   {1, 7, 100},
                            {2, 26, 100},    {32, 8, 64},    {32, 16, 100},  {32, 100, 26}, {7, 300, kL + 1},
                            {17, 31, 300},   {40, 300, 300}, {16, 256, 260}, {130, 3, 17},  {257, 13, 5},
                            {5, 129, 2},     {31, 128, kL},  {1, 1000, 1},   {2, 513, 6},   {32, 64, 512},
                            {33, 1024, 521}, {290, 70, 530}, {37, 300, 1050}};
  for (std::size_t rows = 1; rows <= 14; ++rows) all.push_back({rows, 5, 3 * kL - 2});
  for (std::size_t columns :
       {std::size_t{1}, kL / 2 - 1, kL / 2, kL / 2 + 1, kL - 1, kL, kL + 1, 2 * kL, 13 * kL / 2}) {
    all.push_back({1, 3, columns});
    all.push_back({2, 3, columns});
    all.push_back({11, 3, columns});
  }
  return all;
}

template <class T>
PaddedMatrix<T> chain(bool fused, const PaddedMatrix<T>& a, const PaddedMatrix<T>& b, const PaddedMatrix<T>* bias) {
  PaddedMatrix<T> c(a.rows(), b.columns());
  for (std::size_t r = 0; r < c.rows(); ++r) {
    for (std::size_t j = 0; j < c.columns(); ++j) {
      T sum = bias ? (*bias)(0, j) : T{0};
      for (std::size_t k = 0; k < a.columns(); ++k) sum = multiply_add(fused, a(r, k), b(k, j), sum);
      c(r, j) = sum;
    }
  }
  return c;
}

template <class T>
PaddedMatrix<T> transposed(const PaddedMatrix<T>& from) {
  PaddedMatrix<T> to(from.columns(), from.rows());
  for (std::size_t r = 0; r < from.rows(); ++r) {
    for (std::size_t c = 0; c < from.columns(); ++c) to(c, r) = from(r, c);
  }
  return to;
}

template <class T>
void expect_same_bits(const PaddedMatrix<T>& got, const PaddedMatrix<T>& expected) {
  EXPECT_EQ(got.numbers(), expected.numbers());
  EXPECT_TRUE(got.padding_is_zero());
}

template <class T>
class ProductTest : public ::testing::Test {};
TYPED_TEST_SUITE(ProductTest, Precisions);

TYPED_TEST(ProductTest, EveryElementIsOneChainOverTheDepth) {
  using T = TypeParam;
  for (const Shape& s : shapes<T>()) {
    SCOPED_TRACE(s.text());
    const auto a = PaddedMatrix<T>(s.rows, s.depth).randomise(1), b = PaddedMatrix<T>(s.depth, s.columns).randomise(2);
    const auto bias = PaddedMatrix<T>(1, s.columns).randomise(3);
    for_each_target<T>([&](const Kernels<T>& k, bool fused) {
      for (const PaddedMatrix<T>* start : {&bias, static_cast<const PaddedMatrix<T>*>(nullptr)}) {
        PaddedMatrix<T> c(s.rows, s.columns);
        c.fill(9);
        k.product({.rows = s.rows,
                   .depth = s.depth,
                   .columns = s.columns,
                   .a = a.data(),
                   .lda = a.ld(),
                   .b = b.data(),
                   .ldb = b.ld(),
                   .bias = start ? start->data() : nullptr,
                   .c = c.data(),
                   .ldc = c.ld()});
        expect_same_bits(c, chain(fused, a, b, start));
      }
    });
  }
}

TYPED_TEST(ProductTest, LeftSideNeedsNeitherAlignmentNorPadding) {
  using T = TypeParam;
  const auto a = PaddedMatrix<T>(9, 21, 21).randomise(1);
  const auto b = PaddedMatrix<T>(20, 33).randomise(2);
  PaddedMatrix<T> shifted(9, 20);
  for (std::size_t r = 0; r < 9; ++r) {
    for (std::size_t c = 0; c < 20; ++c) shifted(r, c) = a(r, c + 1);
  }
  for_each_target<T>([&](const Kernels<T>& k, bool fused) {
    PaddedMatrix<T> c(9, 33);
    k.product({.rows = 9,
               .depth = 20,
               .columns = 33,
               .a = a.data() + 1,
               .lda = 21,
               .b = b.data(),
               .ldb = b.ld(),
               .c = c.data(),
               .ldc = c.ld()});
    expect_same_bits(c, chain<T>(fused, shifted, b, nullptr));
  });
}

TYPED_TEST(ProductTest, RowIsTheSameAloneAndInAnyBatch) {
  using T = TypeParam;
  const auto a = PaddedMatrix<T>(150, 70).randomise(1), b = PaddedMatrix<T>(70, 100).randomise(2);
  for_each_target<T>([&](const Kernels<T>& k, bool) {
    PaddedMatrix<T> whole(150, 100), single(1, 100);
    k.product({.rows = 150,
               .depth = 70,
               .columns = 100,
               .a = a.data(),
               .lda = a.ld(),
               .b = b.data(),
               .ldb = b.ld(),
               .c = whole.data(),
               .ldc = whole.ld()});
    for (std::size_t r = 0; r < 150; ++r) {
      k.product({.rows = 1,
                 .depth = 70,
                 .columns = 100,
                 .a = &a(r, 0),
                 .lda = a.ld(),
                 .b = b.data(),
                 .ldb = b.ld(),
                 .c = single.data(),
                 .ldc = single.ld()});
      ASSERT_TRUE(std::equal(&whole(r, 0), &whole(r, 0) + 100, single.data())) << "row " << r;
    }
  });
}

TYPED_TEST(ProductTest, UnitAndSlopeAreAppliedToWhatTheProductGives) {
  using T = TypeParam;
  for (const Shape& s : {Shape{5, 7, 10}, Shape{140, 3, 37}}) {
    const auto a = PaddedMatrix<T>(s.rows, s.depth).randomise(1), b = PaddedMatrix<T>(s.depth, s.columns).randomise(2);
    const auto inputs = PaddedMatrix<T>(s.rows, s.columns).randomise(3);
    for_each_target<T>([&](const Kernels<T>& k, bool fused) {
      const std::size_t softplus = find_unit("softplus")->index;
      const T none = 0;
      const auto sums = chain<T>(fused, a, b, nullptr);
      auto expected = sums, gradient = sums;
      k.unit_value[softplus](sums.data(), sums.ld(), expected.data(), expected.ld(), s.rows, s.columns, none);
      k.unit_slope[softplus](gradient.data(), gradient.ld(), inputs.data(), inputs.ld(), s.rows, s.columns, none);

      PaddedMatrix<T> c(s.rows, s.columns), z(s.rows, s.columns, padded<T>(s.columns) + kLanes<T>);
      Product<T> p{.rows = s.rows,
                   .depth = s.depth,
                   .columns = s.columns,
                   .a = a.data(),
                   .lda = a.ld(),
                   .b = b.data(),
                   .ldb = b.ld(),
                   .c = c.data(),
                   .ldc = c.ld(),
                   .value = k.unit_value[softplus]};
      k.product(p);
      expect_same_bits(c, expected);
      c.fill(9);
      p.z = z.data();
      p.ldz = z.ld();
      k.product(p);
      expect_same_bits(c, expected);
      expect_same_bits(z, sums);
      p = {.rows = s.rows,
           .depth = s.depth,
           .columns = s.columns,
           .a = a.data(),
           .lda = a.ld(),
           .b = b.data(),
           .ldb = b.ld(),
           .c = c.data(),
           .ldc = c.ld(),
           .slope = k.unit_slope[softplus],
           .s = inputs.data(),
           .lds = inputs.ld()};
      k.product(p);
      expect_same_bits(c, gradient);
    });
  }
}

TYPED_TEST(ProductTest, WeightGradientIsOneChainOverTheRows) {
  using T = TypeParam;
  for (const Shape& s : shapes<T>()) {
    SCOPED_TRACE(s.text());
    const auto a = PaddedMatrix<T>(s.rows, s.depth).randomise(1), d = PaddedMatrix<T>(s.rows, s.columns).randomise(2);
    auto ones = PaddedMatrix<T>(1, s.rows);
    ones.fill(1);
    for_each_target<T>([&](const Kernels<T>& k, bool fused) {
      PaddedMatrix<T> g(s.depth, s.columns), bias(1, s.columns);
      g.fill(9);
      bias.fill(9);
      WeightGradient<T> w{s.rows,   s.depth, s.columns, a.data(), a.ld(),
                          d.data(), d.ld(),  g.data(),  g.ld(),   bias.data()};
      k.weight_gradient(w);
      expect_same_bits(g, chain<T>(fused, transposed(a), d, nullptr));
      expect_same_bits(bias, chain<T>(fused, ones, d, nullptr));
      w.g_bias = nullptr;
      g.fill(9);
      k.weight_gradient(w);
      expect_same_bits(g, chain<T>(fused, transposed(a), d, nullptr));
    });
  }
}

}  // namespace
}  // namespace ffwd
