#include "plan/sparse_step.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "core/aligned.h"
#include "core/philox.h"
#include "network/compile.h"
#include "network/initialise.h"

namespace ffwd {
namespace {

/// The network's weights, of which about `density` are not zero.
template <class T>
AlignedVector<T> thinned(const ParameterLayout& layout, double density) {
  AlignedVector<T> parameters(layout.size());
  initialise(layout, 5, parameters.data());
  const Philox random(1, Purpose::kInitialWeights);
  for (const ParameterRange& range : layout.ranges()) {
    for (std::size_t i = 0; i < range.n_values(); ++i) {
      T& number = parameters[range.position(i)];
      if (!range.penalised()) number = static_cast<T>(random.uniform(77, i) - 0.5);
      if (range.penalised() && random.uniform(78, range.offset + i) > density) number = 0;
    }
  }
  return parameters;
}

template <class T>
std::vector<T> outputs(const Plan<T>& plan, const AlignedVector<T>& parameters, std::size_t rows) {
  const std::size_t ld = padded<T>(plan.n_inputs());
  AlignedVector<T> arena(plan.arena_size()), input(rows * ld);
  const Philox random(2, Purpose::kInitialWeights);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t i = 0; i < plan.n_inputs(); ++i) {
      input[r * ld + i] = static_cast<T>(random.uniform(1, r * 1000 + i) - 0.5);
    }
  }
  const Frame<T> frame{
      .rows = rows, .parameters = parameters.data(), .arena = arena.data(), .input = input.data(), .input_ld = ld};
  std::vector<T> numbers;
  for (int pass = 0; pass < 2; ++pass) {  // the second finds what the first left in the arena
    plan.forward(frame);
    numbers.clear();
    for (std::size_t r = 0; r < rows; ++r) {
      const T* const row = plan.outputs(frame) + r * plan.output().ld;
      numbers.insert(numbers.end(), row, row + plan.output().units);
    }
  }
  return numbers;
}

LayerSpec dense(const char* name, std::vector<std::string> from, std::size_t size, const char* unit = "relu") {
  return {.name = name, .type = "dense", .from = std::move(from), .size = size, .unit = unit};
}

/// Chains, skips, values that several layers read, maxout, a layer that is an output and read, no bias.
std::vector<NetworkSpec> networks() {
  std::vector<NetworkSpec> all = {dense_network(40, {96, 80, 64}, {"tanh"}, 26),
                                  dense_network(9, {128, 128}, {"gelu"}, 1),
                                  dense_network(300, {70}, {"leaky_relu"}, 40)};
  all.push_back({.inputs = {{"x", 64}},
                 .layers = {dense("a", {"x"}, 64),
                            dense("b", {"a"}, 64),
                            dense("c", {"a", "b"}, 64),
                            {.name = "sum", .type = "add", .from = {"b", "c"}, .size = 64},
                            dense("y", {"sum"}, 32)},
                 .outputs = {"y"}});
  all.push_back({.inputs = {{"x", 64}},
                 .layers = {{.name = "m", .type = "maxout", .from = {"x"}, .size = 64, .options = {{"pieces", 3}}},
                            dense("a", {"m"}, 64, "prelu"),
                            dense("b", {"a"}, 40)},
                 .outputs = {"b", "a"}});
  all.push_back({.inputs = {{"x", 64}}, .layers = {dense("a", {"x"}, 64), dense("b", {"a"}, 48)}, .outputs = {"b"}});
  all.back().layers[1].options["bias"] = 0;
  return all;
}

template <class T>
void expect_bits_of_dense() {
  for (const NetworkSpec& network : networks()) {
    SCOPED_TRACE(network.layers[0].name + " of " + std::to_string(network.layers[0].size));
    network.validate();
    for (const double density : {0.0, 0.02, 0.1, 0.2}) {
      const Plan<T> usual = compile<T>(network, 64);
      const AlignedVector<T> parameters = thinned<T>(usual.layout(), density);
      const Plan<T> fixed = compile<T>(network, 64, PlanUse::kTraining, parameters.data());
      EXPECT_NE(usual.arena_size(), fixed.arena_size()) << "no step is sparse";
      EXPECT_EQ(usual.layout().size(), fixed.layout().size());
      for (const std::size_t rows : {1U, 2U, 3U, 4U, 5U, 16U, 17U, 63U, 64U}) {
        EXPECT_EQ(outputs(fixed, parameters, rows), outputs(usual, parameters, rows)) << rows << " rows";
      }
    }
  }
}

TEST(SparseStep, GivesTheBitsOfDenseStepsWithZeros) {
  expect_bits_of_dense<float>();
  expect_bits_of_dense<double>();
}

TEST(SparseStep, IsForLayersThatAreLargeAndSparseEnough) {
  EXPECT_TRUE(is_quicker_sparse(256, 256, 6554));
  EXPECT_TRUE(is_quicker_sparse(64, 64, 200));
  EXPECT_FALSE(is_quicker_sparse(256, 256, 22000));
  EXPECT_FALSE(is_quicker_sparse(7, 256, 100)) << "turning the columns over takes longer";
  EXPECT_FALSE(is_quicker_sparse(8, 8, 0));
}

TEST(SparseStep, LeavesDenseNetworksAsTheyAre) {
  const NetworkSpec network = dense_network(40, {64, 64}, {"relu"}, 8);
  const Plan<float> usual = compile<float>(network, 64);
  AlignedVector<float> parameters(usual.layout().size());
  initialise(usual.layout(), 1, parameters.data());
  const Plan<float> fixed = compile<float>(network, 64, PlanUse::kTraining, parameters.data());
  EXPECT_EQ(usual.arena_size(), fixed.arena_size());
  EXPECT_EQ(usual.transposed_size(), fixed.transposed_size());
}

}  // namespace
}  // namespace ffwd
