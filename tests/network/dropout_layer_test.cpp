#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "ffwd/error.h"
#include "network/compile.h"
#include "network/layer.h"
#include "support/small_network.h"

namespace ffwd {
namespace {

NetworkSpec dropout(std::size_t size, double rate) {
  return {.inputs = {{"x", size}},
          .layers = {{.name = "d", .type = "dropout", .from = {"x"}, .size = size, .options = {{"rate", rate}}}},
          .outputs = {"d"}};
}

struct Draw {
  std::uint64_t seed = 1;
  std::uint32_t epoch = 1;
};

/// Outputs for rows of ones with these numbers in the data set.
std::vector<std::vector<float>> drawn(const NetworkSpec& spec, const std::vector<std::uint32_t>& rows, Draw draw = {}) {
  const Plan<float> plan = compile<float>(spec, rows.size());
  const std::size_t ld = padded<float>(spec.n_inputs());
  AlignedVector<float> parameters(plan.layout().size()), arena(plan.arena_size()), input(rows.size() * ld);
  for (std::size_t n = 0; n < rows.size(); ++n) std::fill_n(input.data() + n * ld, spec.n_inputs(), 1.0F);
  const Frame<float> frame{.rows = rows.size(),
                           .parameters = parameters.data(),
                           .arena = arena.data(),
                           .input = input.data(),
                           .input_ld = ld,
                           .row_numbers = rows.data(),
                           .seed = draw.seed,
                           .epoch = draw.epoch};
  plan.forward(frame);
  std::vector<std::vector<float>> outputs;
  for (std::size_t n = 0; n < rows.size(); ++n) {
    const float* const y = plan.outputs(frame) + n * plan.output().ld;
    outputs.emplace_back(y, y + plan.output().units);
  }
  return outputs;
}

TEST(DropoutLayer, OutsideOfTrainingIsWhatItReads) {
  const SmallNetwork net({{"x", 2}}, dropout(2, 0.9).layers);
  expect_near(net.outputs({3, -4}), {3, -4});
  expect_near(net.jacobian({3, -4}), {1, 0, 0, 1});
}

// Of 200 · 101 numbers the share that is zero lies within 5 standard deviations, and the mean stays.
TEST(DropoutLayer, DropsItsShareAndKeepsTheMean) {
  std::vector<std::uint32_t> rows(200);
  std::iota(rows.begin(), rows.end(), 0U);
  for (const double rate : {0.0, 0.1, 0.5, 0.99}) {
    double zeros = 0, sum = 0;
    for (const auto& row : drawn(dropout(101, rate), rows)) {
      for (const float y : row) {
        EXPECT_TRUE(y == 0 || y == static_cast<float>(1 / (1 - rate))) << y;
        zeros += y == 0 ? 1 : 0;
        sum += y;
      }
    }
    const double n = 200 * 101, sd = std::sqrt(rate * (1 - rate) / n);
    EXPECT_NEAR(zeros / n, rate, 5 * sd);
    EXPECT_NEAR(sum / n, 1, 5 * sd / (1 - rate) + 1e-6);
  }
}

TEST(DropoutLayer, WhatARowLosesDependsOnItsNumberAloneNotOnTheBatch) {
  const NetworkSpec spec = dropout(37, 0.5);
  const auto together = drawn(spec, {0, 1, 2, 3, 1'000'000});
  EXPECT_EQ(drawn(spec, {3})[0], together[3]);
  EXPECT_EQ(drawn(spec, {1'000'000, 2})[0], together[4]);
  EXPECT_EQ(drawn(spec, {1'000'000, 2})[1], together[2]);
  EXPECT_NE(together[0], together[1]);
}

TEST(DropoutLayer, DrawsAnewForEachEpochSeedAndLayer) {
  const NetworkSpec spec = dropout(64, 0.5);
  const auto first = drawn(spec, {5});
  EXPECT_EQ(drawn(spec, {5}), first);
  EXPECT_NE(drawn(spec, {5}, {.seed = 1, .epoch = 2}), first);
  EXPECT_NE(drawn(spec, {5}, {.seed = 2, .epoch = 1}), first);
  NetworkSpec two = spec;
  two.layers.push_back({.name = "e", .type = "dropout", .from = {"x"}, .size = 64});
  two.outputs = {"d", "e"};
  const std::vector<float> both = drawn(two, {5})[0];
  EXPECT_EQ(std::vector<float>(both.begin(), both.begin() + 64), first[0]);
  EXPECT_NE(std::vector<float>(both.begin() + 64, both.end()), first[0]);
}

TEST(DropoutLayer, RefusesToDropEverything) {
  try {
    dropout(2, 1).validate();
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "network: layer 'd': rate is 1\n  give a number from 0 to 0.99");
  }
}

}  // namespace
}  // namespace ffwd
