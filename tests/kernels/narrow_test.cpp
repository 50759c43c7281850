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

template <class T>
class NarrowTest : public ::testing::Test {};
TYPED_TEST_SUITE(NarrowTest, Precisions);

template <class T>
PaddedMatrix<T> dots(bool fused, const PaddedMatrix<T>& x, const PaddedMatrix<T>& w, const PaddedMatrix<T>& bias) {
  PaddedMatrix<T> y(x.rows(), w.rows());
  for (std::size_t r = 0; r < y.rows(); ++r) {
    for (std::size_t o = 0; o < y.columns(); ++o)
      y(r, o) = block_dot(fused, &x(r, 0), &w(o, 0), x.columns()) + bias(0, o);
  }
  return y;
}

/// rows x inputs x outputs, from nothing to sizes that no vector divides.
template <class T, class F>
void for_shapes(const F& body) {
  constexpr std::size_t kL = kLanes<T>;
  for (std::size_t rows : {0u, 1u, 3u, 4u, 5u, 13u, 32u}) {
    for (std::size_t inputs : {std::size_t{2}, kL - 1, kL, kL + 1, std::size_t{26}, std::size_t{100}, 9 * kL}) {
      for (std::size_t outputs = 1; outputs <= kNarrowOutputs; ++outputs) {
        SCOPED_TRACE(std::to_string(rows) + "x" + std::to_string(inputs) + "x" + std::to_string(outputs));
        body(rows, inputs, outputs);
      }
    }
  }
}

TYPED_TEST(NarrowTest, OutputIsTheTreeSumOfOneBlockPlusBias) {
  using T = TypeParam;
  for_shapes<T>([](std::size_t rows, std::size_t inputs, std::size_t outputs) {
    const auto x = PaddedMatrix<T>(rows, inputs).randomise(1), w = PaddedMatrix<T>(outputs, inputs).randomise(2);
    const auto bias = PaddedMatrix<T>(1, outputs).randomise(3);
    for_each_target<T>([&](const Kernels<T>& k, bool fused) {
      for (std::size_t ld : {outputs, padded<T>(outputs)}) {
        PaddedMatrix<T> y(rows, outputs, ld);
        y.fill(9);
        k.narrow_forward({.rows = rows,
                          .inputs = inputs,
                          .outputs = outputs,
                          .x = x.data(),
                          .ldx = x.ld(),
                          .w = w.data(),
                          .ldw = w.ld(),
                          .bias = bias.data(),
                          .y = y.data(),
                          .ldy = ld});
        EXPECT_EQ(y.numbers(), dots(fused, x, w, bias).numbers());
        EXPECT_TRUE(y.padding_is_zero());
      }
    });
  });
}

TYPED_TEST(NarrowTest, UnitIsAppliedAndItsInputKept) {
  using T = TypeParam;
  const auto x = PaddedMatrix<T>(11, 20).randomise(1), w = PaddedMatrix<T>(3, 20).randomise(2);
  const PaddedMatrix<T> no_bias(1, 3);
  for_each_target<T>([&](const Kernels<T>& k, bool fused) {
    const auto sums = dots(fused, x, w, no_bias);
    auto expected = sums;
    const auto tanh = k.unit_value[find_unit("tanh")->index];
    tanh(sums.data(), sums.ld(), expected.data(), expected.ld(), 11, 3, T{0});
    for (std::size_t ld : {std::size_t{3}, std::size_t{5}, padded<T>(3)}) {
      PaddedMatrix<T> y(11, 3, ld), z(11, 3, ld);
      k.narrow_forward({.rows = 11,
                        .inputs = 20,
                        .outputs = 3,
                        .x = x.data(),
                        .ldx = x.ld(),
                        .w = w.data(),
                        .ldw = w.ld(),
                        .y = y.data(),
                        .ldy = ld,
                        .value = tanh,
                        .z = z.data()});
      EXPECT_EQ(y.numbers(), expected.numbers());
      EXPECT_EQ(z.numbers(), sums.numbers());
      EXPECT_TRUE(y.padding_is_zero());
      EXPECT_TRUE(z.padding_is_zero());
    }
  });
}

TYPED_TEST(NarrowTest, GradientsAreChainsOverRowsAndOutputs) {
  using T = TypeParam;
  for_shapes<T>([](std::size_t rows, std::size_t inputs, std::size_t outputs) {
    const auto x = PaddedMatrix<T>(rows, inputs).randomise(1), w = PaddedMatrix<T>(outputs, inputs).randomise(2);
    const auto d = PaddedMatrix<T>(rows, outputs, rows % 2 ? outputs : padded<T>(outputs)).randomise(3);
    for_each_target<T>([&](const Kernels<T>& k, bool fused) {
      PaddedMatrix<T> g(outputs, inputs), bias(1, outputs, outputs), dx(rows, inputs);
      for (auto* m : {&g, &bias, &dx}) m->fill(9);
      NarrowGradient<T> n{.rows = rows,
                          .inputs = inputs,
                          .outputs = outputs,
                          .x = x.data(),
                          .ldx = x.ld(),
                          .d = d.data(),
                          .ldd = d.ld(),
                          .w = w.data(),
                          .ldw = w.ld(),
                          .g = g.data(),
                          .g_bias = bias.data(),
                          .dx = dx.data(),
                          .lddx = dx.ld()};
      k.narrow_gradient(n);
      PaddedMatrix<T> expected_g(outputs, inputs), expected_bias(1, outputs, outputs), expected_dx(rows, inputs);
      for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t o = 0; o < outputs; ++o) {
          expected_bias(0, o) += d(r, o);
          for (std::size_t i = 0; i < inputs; ++i) {
            expected_g(o, i) = multiply_add(fused, d(r, o), x(r, i), expected_g(o, i));
            expected_dx(r, i) = multiply_add(fused, d(r, o), w(o, i), expected_dx(r, i));
          }
        }
      }
      EXPECT_EQ(g.numbers(), expected_g.numbers());
      EXPECT_EQ(bias.numbers(), expected_bias.numbers());
      EXPECT_EQ(dx.numbers(), expected_dx.numbers());
      EXPECT_TRUE(g.padding_is_zero());
      EXPECT_TRUE(dx.padding_is_zero());

      const auto relu = k.unit_slope[find_unit("relu")->index];
      relu(expected_dx.data(), expected_dx.ld(), x.data(), x.ld(), rows, inputs, T{0});
      n.slope = relu;
      n.s = x.data();
      n.lds = x.ld();
      k.narrow_gradient(n);
      EXPECT_EQ(dx.numbers(), expected_dx.numbers());
      n.dx = nullptr;
      n.g_bias = nullptr;
      g.fill(9);
      k.narrow_gradient(n);
      EXPECT_EQ(g.numbers(), expected_g.numbers());
    });
  });
}

}  // namespace
}  // namespace ffwd
