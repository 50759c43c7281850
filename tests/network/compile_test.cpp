#include "network/compile.h"

#include <gtest/gtest.h>

#include "core/aligned.h"
#include "core/philox.h"
#include "network/initialise.h"
#include "support/plain_network.h"

namespace ffwd {
namespace {

std::vector<double> canonical(const ParameterLayout& layout, const AlignedVector<double>& parameters) {
  std::vector<double> all;
  for (const ParameterRange& range : layout.ranges()) {
    std::vector<double> values(range.n_values());
    layout.read(range, parameters.data(), std::span<double>(values));
    all.insert(all.end(), values.begin(), values.end());
  }
  return all;
}

// Every unit, wide and narrow layers, sizes around the lanes, against the textbook's loops.
TEST(Compile, ComputesWhatTheTextbookComputes) {
  const Philox random(11, Purpose::kInitialWeights);
  for (const UnitRow& unit : units()) {
    for (const auto& sizes :
         std::vector<std::vector<std::size_t>>{{1, 3, 1}, {8, 64, 64, 1}, {5, 17, 2, 9, 26}, {3, 1, 4}, {7, 2}}) {
      const NetworkSpec spec =
          dense_network(sizes.front(), {sizes.begin() + 1, sizes.end() - 1}, {std::string(unit.name)}, sizes.back());
      const Plan<double> plan = compile<double>(spec, 5);
      AlignedVector<double> parameters(plan.layout().size()), arena(plan.arena_size());
      initialise(plan.layout(), 2, parameters.data());
      const std::size_t ld = padded<double>(sizes.front());
      AlignedVector<double> input(5 * ld);
      std::vector<std::vector<double>> rows;
      for (std::size_t r = 0; r < 5; ++r) {
        rows.emplace_back();
        for (std::size_t i = 0; i < sizes.front(); ++i) {
          input[r * ld + i] = 4 * random.uniform(99, r * 100 + i) - 2;
          rows.back().push_back(input[r * ld + i]);
        }
      }
      const Frame<double> frame{
          .rows = 5, .parameters = parameters.data(), .arena = arena.data(), .input = input.data(), .input_ld = ld};
      plan.forward(frame);
      const std::vector<double> values = canonical(plan.layout(), parameters);
      for (std::size_t r = 0; r < 5; ++r) {
        const std::vector<double> expected = plain::forward(spec, values, rows[r]);
        for (std::size_t k = 0; k < expected.size(); ++k) {
          EXPECT_NEAR(plan.outputs(frame)[r * plan.output().ld + k], expected[k], 1e-12) << unit.name;
        }
      }
    }
  }
}

TEST(Compile, LaysParametersOutTheSameForEveryCapacity) {
  const NetworkSpec spec = dense_network(8, {64, 3}, {"relu"}, 1);
  const Plan<float> small = compile<float>(spec, 1), large = compile<float>(spec, kShardRows);
  EXPECT_EQ(small.layout().size(), large.layout().size());
  EXPECT_LT(small.arena_size(), large.arena_size());
}

}  // namespace
}  // namespace ffwd
