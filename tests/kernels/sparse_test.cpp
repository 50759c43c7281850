#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "kernels/kernels.h"
#include "reference.h"

namespace ffwd {
namespace {

struct Shape {
  std::size_t rows, inputs, outputs;
  double density;
};

// Rows around every number of vectors side by side; outputs around a slice; no weight at all, and all of them.
const std::vector<Shape> kShapes = {{16, 5, 3, 0.5},    {32, 40, 16, 0.1},  {48, 40, 17, 0.2}, {64, 100, 33, 0.1},
                                    {80, 30, 50, 0.05}, {112, 30, 15, 0.3}, {144, 20, 8, 1},   {256, 7, 20, 0.5},
                                    {272, 9, 40, 0.3},  {16, 1, 1, 1},      {16, 4, 30, 0}};

/// The same weights as both kernels and the dense one read them.
template <class T>
struct Weights {
  PaddedMatrix<T> dense;  // [inputs, outputs]
  std::vector<std::uint32_t> start = {0}, input;
  std::vector<T> weight;
  std::vector<std::uint32_t> output, slice = {0};
  PaddedMatrix<T> lanes{0, kLanes<T>};
  std::vector<std::uint32_t> lane_input;

  explicit Weights(const Shape& s) : dense(s.inputs, s.outputs) {
    dense.randomise(7);
    std::mt19937 random(3);
    std::vector<std::vector<std::uint32_t>> inputs_of(s.outputs);
    for (std::size_t o = 0; o < s.outputs; ++o) {
      for (std::size_t i = 0; i < s.inputs; ++i) {
        if (std::uniform_real_distribution<double>(0, 1)(random) >= s.density) {
          dense(i, o) = 0;
          continue;
        }
        input.push_back(static_cast<std::uint32_t>(i));
        weight.push_back(dense(i, o));
        inputs_of[o].push_back(static_cast<std::uint32_t>(i));
      }
      start.push_back(static_cast<std::uint32_t>(weight.size()));
    }
    fill_slices(inputs_of);
  }

  void fill_slices(const std::vector<std::vector<std::uint32_t>>& inputs_of) {
    const std::size_t outputs = inputs_of.size();
    for (std::size_t o = outputs; o-- > 0;) output.push_back(static_cast<std::uint32_t>(o));  // any order will do
    std::vector<std::vector<T>> blocks;
    for (std::size_t first = 0; first < outputs; first += kLanes<T>) {
      std::size_t longest = 0;
      for (std::size_t lane = 0; lane < kLanes<T> && first + lane < outputs; ++lane) {
        longest = std::max(longest, inputs_of[output[first + lane]].size());
      }
      for (std::size_t k = 0; k < longest; ++k) {
        std::vector<T>& block = blocks.emplace_back(kLanes<T>);
        for (std::size_t lane = 0; lane < kLanes<T>; ++lane) {
          const bool there = first + lane < outputs && k < inputs_of[output[first + lane]].size();
          const std::uint32_t i = there ? inputs_of[output[first + lane]][k] : 0;
          block[lane] = there ? dense(i, output[first + lane]) : T{0};
          lane_input.push_back(i);
        }
      }
      slice.push_back(static_cast<std::uint32_t>(blocks.size()));
    }
    lanes = PaddedMatrix<T>(blocks.size(), kLanes<T>);
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      for (std::size_t lane = 0; lane < kLanes<T>; ++lane) lanes(b, lane) = blocks[b][lane];
    }
  }
};

template <class T>
class SparseTest : public ::testing::Test {};
TYPED_TEST_SUITE(SparseTest, Precisions);

TYPED_TEST(SparseTest, GivesTheBitsOfTheDenseProduct) {
  using T = TypeParam;
  for (const Shape& s : kShapes) {
    SCOPED_TRACE(std::to_string(s.rows) + "x" + std::to_string(s.inputs) + "x" + std::to_string(s.outputs));
    const Weights<T> w(s);
    const auto x = PaddedMatrix<T>(s.rows, s.inputs).randomise(1), bias = PaddedMatrix<T>(1, s.outputs).randomise(2);
    for_each_target<T>([&](const Kernels<T>& k, bool) {
      for (const T* start : {bias.data(), static_cast<const T*>(nullptr)}) {
        PaddedMatrix<T> expected(s.rows, s.outputs), columns(s.inputs, s.rows), sums(s.outputs, s.rows),
            rows(s.rows, s.outputs);
        k.product({.rows = s.rows,
                   .depth = s.inputs,
                   .columns = s.outputs,
                   .a = x.data(),
                   .lda = x.ld(),
                   .b = w.dense.data(),
                   .ldb = w.dense.ld(),
                   .bias = start,
                   .c = expected.data(),
                   .ldc = expected.ld()});
        k.transpose(x.data(), s.rows, s.inputs, x.ld(), columns.data(), columns.ld());
        k.sparse_columns({.rows = s.rows,
                          .outputs = s.outputs,
                          .start = w.start.data(),
                          .input = w.input.data(),
                          .weight = w.weight.data(),
                          .bias = start,
                          .x = columns.data(),
                          .y = sums.data()});
        for (std::size_t r = 0; r < s.rows; ++r) {
          for (std::size_t o = 0; o < s.outputs; ++o) ASSERT_EQ(sums(o, r), expected(r, o)) << r << " " << o;
        }
        rows.fill(9);
        for (std::size_t r = 0; r < s.rows; ++r) {
          k.sparse_row({.outputs = s.outputs,
                        .output = w.output.data(),
                        .start = w.slice.data(),
                        .input = w.lane_input.data(),
                        .weight = w.lanes.data(),
                        .bias = start,
                        .x = &x(r, 0),
                        .y = &rows(r, 0)});
        }
        EXPECT_EQ(rows.numbers(), expected.numbers());
        EXPECT_TRUE(rows.padding_is_zero());
      }
    });
  }
}

}  // namespace
}  // namespace ffwd
