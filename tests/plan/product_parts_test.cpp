#include "plan/product_parts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <mutex>
#include <vector>

#include "core/aligned.h"
#include "network/compile.h"
#include "network/initialise.h"

namespace ffwd {
namespace {

struct Size {
  std::size_t rows, depth, columns;
  bool is_cut;
};

TEST(ProductParts, CoverEveryNumberOnce) {
  for (const Size& s : {Size{256, 784, 1024, true}, Size{256, 1024, 10, false}, Size{1000, 3000, 10, true},
                        Size{32, 64, 64, false}, Size{257, 999, 301, true}, Size{0, 5, 5, false}}) {
    for (const unsigned threads : {1u, 2u, 3u, 7u}) {
      std::vector<int> met(s.rows * s.columns);
      std::size_t parts = 0;
      std::mutex mutex;
      for_product_parts(threads, s.rows, s.depth, s.columns, [&](const ProductPart& part) {
        const std::lock_guard lock(mutex);
        ++parts;
        EXPECT_EQ(part.column % 16, 0u);  // whole blocks
        for (std::size_t r = part.row; r < part.row + part.rows; ++r) {
          for (std::size_t c = part.column; c < part.column + part.columns; ++c) ++met[r * s.columns + c];
        }
      });
      EXPECT_TRUE(std::ranges::all_of(met, [](int n) { return n == 1; }));
      EXPECT_EQ(parts > 1, s.is_cut && threads > 1) << s.rows << " " << s.depth << " " << s.columns;
    }
  }
}

// A step of a wide network by several threads: the same outputs and the same gradient, to the bit.
TEST(ProductParts, ChangeNoBit) {
  constexpr std::size_t kRows = 200, kInputs = 300;
  const Plan<float> plan = compile<float>(dense_network(kInputs, {700, 400}, {"silu"}, 12), kRows);
  AlignedVector<float> parameters(plan.layout().size()), transposed(plan.transposed_size());
  AlignedVector<float> input(kRows * padded<float>(kInputs));
  initialise(plan.layout(), 1, parameters.data());
  for (std::size_t r = 0; r < kRows; ++r) {
    for (std::size_t i = 0; i < kInputs; ++i)
      input[r * padded<float>(kInputs) + i] = static_cast<float>((r * 31 + i * 17) % 101) / 50 - 1;
  }
  plan.prepare(parameters.data(), transposed.data());
  std::vector<AlignedVector<float>> gradients, outputs;
  for (const unsigned threads : {1u, 2u, 5u}) {
    AlignedVector<float> arena(plan.arena_size()), gradient(parameters.size());
    const Frame<float> frame{.rows = kRows,
                             .parameters = parameters.data(),
                             .transposed = transposed.data(),
                             .arena = arena.data(),
                             .gradient = gradient.data(),
                             .input = input.data(),
                             .input_ld = padded<float>(kInputs),
                             .threads = threads};
    plan.forward(frame);
    const std::size_t n = kRows * plan.output().ld;
    outputs.emplace_back(plan.outputs(frame), plan.outputs(frame) + n);
    std::copy_n(plan.outputs(frame), n, plan.output_gradient(frame));
    plan.backward(frame);
    gradients.push_back(gradient);
  }
  for (std::size_t k = 1; k < gradients.size(); ++k) {
    EXPECT_EQ(outputs[k], outputs[0]);
    EXPECT_EQ(gradients[k], gradients[0]);
  }
}

}  // namespace
}  // namespace ffwd
