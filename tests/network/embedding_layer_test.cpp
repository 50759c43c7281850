#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "network/compile.h"
#include "support/fault_of.h"
#include "support/small_network.h"

namespace ffwd {
namespace {

LayerSpec embedding(double categories, std::size_t size, const std::string& from = "c") {
  return {.name = "e", .type = "embedding", .from = {from}, .size = size, .options = {{"categories", categories}}};
}

SmallNetwork three_by_two() {
  SmallNetwork e({{"c", 1}}, {embedding(3, 2)});
  e.set("e.weight", {1, 2, 3, 4, 5, 6});
  return e;
}

TEST(EmbeddingLayer, GivesTheRowOfTheCategory) {
  const SmallNetwork e = three_by_two();
  expect_near(e.outputs({0}), {1, 2});
  expect_near(e.outputs({1}), {3, 4});
  expect_near(e.outputs({2}), {5, 6});
}

TEST(EmbeddingLayer, IsZeroForCodesThatAreNone) {
  const SmallNetwork e = three_by_two();
  for (const double code : {-1.0, 3.0, 1e300, -1e300, std::numeric_limits<double>::quiet_NaN()}) {
    expect_near(e.outputs({code}), {0, 0});
    expect_near(e.gradient("e.weight", {code}, {1, 1}), {0, 0, 0, 0, 0, 0});
  }
}

TEST(EmbeddingLayer, TakesTheNearestCode) {
  const SmallNetwork e = three_by_two();
  expect_near(e.outputs({1.0001}), {3, 4});
  expect_near(e.outputs({0.9999}), {3, 4});
  expect_near(e.outputs({-0.25}), {1, 2});
  expect_near(e.outputs({2.75}), {0, 0});
  SmallNetwork one({{"c", 1}}, {embedding(1, 1)});
  one.set("e.weight", {7});
  expect_near(one.outputs({std::nextafter(0.5, 0)}), {0});  // code + 1/2 rounds to 1: none, not what lies beyond
}

TEST(EmbeddingLayer, AddsTheGradientsOfACategorysRows) {
  const SmallNetwork e = three_by_two();
  const Matrix x(4, 1, {2, 0, 2, -1}), v(4, 2, {1, 10, 2, 20, 4, 40, 8, 80});
  const auto adjoints = e.at().vjp(x, v);
  std::vector<double> gradient(6);
  const auto layout = e.at();
  layout.layout().read(layout.layout().ranges()[0], adjoints.parameters.data(), std::span<double>(gradient));
  expect_near(gradient, {2, 20, 0, 0, 5, 50});
}

TEST(EmbeddingLayer, HasNoDerivativeInTheCode) {
  const SmallNetwork e = three_by_two();
  expect_near(e.jacobian({1}), {0, 0});
  SmallNetwork beside({{"x", 1}, {"c", 1}},
                      {embedding(2, 1), {.name = "y", .type = "concat", .from = {"x", "e"}, .size = 2}});
  beside.set("e.weight", {5, 6});
  expect_near(beside.outputs({3, 1}), {3, 6});
  expect_near(beside.jacobian({3, 1}), {1, 0, 0, 0});
}

TEST(EmbeddingLayer, MovesWithItsTable) {
  const SmallNetwork e = three_by_two();
  // L = Σ y³/6, so that L'' = y: d(gradient of row c) = y · direction.
  const auto rule = [](std::size_t outputs) {
    return OutputRule<double>{.gradient =
                                  [outputs](const OutputRule<double>::Rows& rows, double* d) {
                                    for (std::size_t n = 0; n < rows.rows; ++n)
                                      for (std::size_t k = 0; k < outputs; ++k)
                                        d[n * rows.ld + k] = rows.y[n * rows.ld + k] * rows.y[n * rows.ld + k] / 2;
                                  },
                              .tangent =
                                  [outputs](const OutputRule<double>::Rows& rows, const double* y_dot, double* d_dot) {
                                    for (std::size_t n = 0; n < rows.rows; ++n)
                                      for (std::size_t k = 0; k < outputs; ++k)
                                        d_dot[n * rows.ld + k] = rows.y[n * rows.ld + k] * y_dot[n * rows.ld + k];
                                  }};
  };
  const Derivatives<double> at = e.at();
  AlignedVector<double> direction(at.layout().size());
  const std::vector<double> ones = {1, 1, 10, 10, 100, 100};
  at.layout().write(at.layout().ranges()[0], std::span<const double>(ones), direction.data());
  const AlignedVector<double> product = at.hessian_product(Matrix(3, 1, {1, 1, 2}), rule(2), direction.data());
  std::vector<double> values(6);
  at.layout().read(at.layout().ranges()[0], product.data(), std::span<double>(values));
  expect_near(values, {0, 0, 60, 80, 500, 600});
}

TEST(EmbeddingLayer, SeveralMayReadOneInput) {
  SmallNetwork both({{"c", 1}},
                    {embedding(2, 1),
                     {.name = "f", .type = "embedding", .from = {"c"}, .size = 1, .options = {{"categories", 2}}},
                     {.name = "y", .type = "add", .from = {"e", "f"}, .size = 1}});
  both.set("e.weight", {1, 2}).set("f.weight", {10, 20});
  expect_near(both.outputs({1}), {22});
  expect_near(both.jacobian({1}), {0});
}

TEST(EmbeddingLayer, HasARowOfNumbersForEachCategory) {
  const SmallNetwork e({{"c", 1}}, {embedding(40, 8)});
  EXPECT_EQ(e.spec().n_parameters(), 320u);
  EXPECT_EQ(e.n_values(), 320u);
  double squares = 0;
  for (const double w : e.get("e.weight")) squares += w * w;
  EXPECT_NEAR(squares / 40, 1, 0.2) << "rows of length 1 in the mean";
}

// A single column of codes is read where the data set has it: its rows have padding of their own.
TEST(EmbeddingLayer, ReadsAnInputOfItsOwnStride) {
  const SmallNetwork e = three_by_two();
  const Plan<float> plan = compile<float>(e.spec(), 3);
  AlignedVector<float> parameters(plan.layout().size()), arena(plan.arena_size()), input(3 * padded<float>(1));
  const std::vector<float> table = {1, 2, 3, 4, 5, 6};
  plan.layout().write(plan.layout().ranges()[0], std::span<const float>(table), parameters.data());
  for (std::size_t n = 0; n < 3; ++n) input[n * padded<float>(1)] = static_cast<float>(2 - n);
  const Frame<float> f{.rows = 3,
                       .parameters = parameters.data(),
                       .arena = arena.data(),
                       .input = input.data(),
                       .input_ld = padded<float>(1)};
  plan.forward(f);
  const float* y = plan.outputs(f);
  for (std::size_t n = 0; n < 3; ++n) {
    EXPECT_EQ(y[n * plan.output().ld], table[2 * (2 - n)]);
    EXPECT_EQ(y[n * plan.output().ld + 2], 0.0F) << "padding";
  }
}

TEST(EmbeddingLayer, RefusesWhatIsNoCode) {
  const auto what = [](std::size_t inputs, LayerSpec layer) {
    NetworkSpec spec{.inputs = {{"c", inputs}}, .layers = {std::move(layer)}, .outputs = {"e"}};
    const Fault fault = fault_of([&] { spec.validate(); });
    EXPECT_EQ(fault.kind, ErrorKind::kUsage);
    EXPECT_FALSE(fault.fix.empty());
    return fault.what;
  };
  LayerSpec open = embedding(3, 2);
  open.options.clear();
  EXPECT_EQ(what(1, open), "layer 'e': it does not say how many categories there are");
  EXPECT_EQ(what(1, embedding(0, 2)), "layer 'e': categories is 0");
  EXPECT_EQ(what(1, embedding(2.5, 2)), "layer 'e': categories is 2.5");
  EXPECT_EQ(what(2, embedding(3, 2)), "layer 'e': its source has 2 numbers, but a code is one");
  EXPECT_EQ(what(1, embedding(1'000'000, 1'000'000)), "more than 2^29 parameters");
}

}  // namespace
}  // namespace ffwd
