#include "optim/optimizer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/aligned.h"
#include "core/rows.h"
#include "kernels/layout.h"

namespace ffwd {
namespace {

// Padding is zero in parameters and gradients, and every kernel counts on it staying so.
TEST(Optimizers, LeaveZeroParametersWithZeroGradientsAtZero) {
  for (const OptimizerRow* row : optimizers_of(false)) {
    SCOPED_TRACE(row->name);
    AlignedVector<float> parameters(kLanes<float>), gradient(kLanes<float>);
    const auto optimizer = make_optimizer<float>(*row, parameters.size(), {});
    for (int t = 0; t < 3; ++t) optimizer->step(parameters.data(), gradient.data(), row->default_learning_rate);
    for (float p : parameters) EXPECT_EQ(p, 0);
  }
}

TEST(Optimizers, HaveNamesSourcesAndRatesUnlessTheySearchTheirSteps) {
  for (const OptimizerRow* row : optimizers()) {
    SCOPED_TRACE(row->name);
    EXPECT_FALSE(row->summary.empty());
    EXPECT_FALSE(row->source.empty());
    EXPECT_EQ(row->default_learning_rate > 0, !row->is_full_batch());
    EXPECT_EQ(row->make_f32 != nullptr, !row->is_full_batch());
    EXPECT_EQ(row->minimize_f32 != nullptr, row->is_full_batch());
  }
}

TEST(Optimizers, ShareLargePartsAmongThreadsWithoutChangingABit) {
  constexpr std::size_t kCount = (std::size_t{1} << 16) + 5 * kLanes<float>;
  for (const OptimizerRow* row : optimizers_of(false)) {
    SCOPED_TRACE(row->name);
    const auto run = [&](unsigned threads) {
      AlignedVector<float> parameters(kCount), gradient(kCount);
      const auto optimizer = make_optimizer<float>(*row, kCount, {});
      const Segment all[] = {{.n = kCount}};
      for (int t = 0; t < 3; ++t) {
        for (std::size_t i = 0; i < kCount; ++i) gradient[i] = parameters[i] - static_cast<float>(i % 7);
        optimizer->step(parameters.data(), gradient.data(), 0.01, all, threads);
      }
      return parameters;
    };
    const auto one = run(1);
    EXPECT_EQ(run(2), one);
    EXPECT_EQ(run(3), one);
  }
}

TEST(Optimizers, MoveEachPartAtItsOwnRate) {
  constexpr std::size_t kPart = kLanes<double>;
  for (const OptimizerRow* row : optimizers_of(false)) {
    SCOPED_TRACE(row->name);
    const auto run = [&](std::span<const Segment> parts, double rate) {
      AlignedVector<double> parameters(2 * kPart), gradient(2 * kPart);
      const auto optimizer = make_optimizer<double>(*row, parameters.size(), {});
      for (int t = 0; t < 5; ++t) {
        for (std::size_t i = 0; i < gradient.size(); ++i) gradient[i] = parameters[i] - 1 - static_cast<double>(i);
        optimizer->step(parameters.data(), gradient.data(), rate, parts);
      }
      return parameters;
    };
    const Segment all[] = {{.begin = 0, .n = 2 * kPart}};
    const Segment own[] = {{.begin = 0, .n = kPart, .rate_factor = 0.5},
                           {.begin = kPart, .n = kPart, .rate_factor = 0}};
    const auto plain = run(all, 0.01), halved = run(own, 0.02);
    for (std::size_t i = 0; i < kPart; ++i) {
      EXPECT_EQ(halved[i], plain[i]);
      EXPECT_EQ(halved[kPart + i], 0);
    }
  }
}

// The minimum of Σ (p − k)²/2 + l1 Σ |p| is k − l1 sign(k) where |k| > l1, and exactly 0 elsewhere.
TEST(Optimizers, WithAProximalStepEndAtTheMinimumOfThePenalisedObjective) {
  constexpr std::size_t kCount = kLanes<double>;
  for (const OptimizerRow* row : optimizers_of(false)) {
    SCOPED_TRACE(row->name);
    AlignedVector<double> parameters(kCount), gradient(kCount);
    std::fill(parameters.begin(), parameters.end(), 1.5);
    const auto optimizer = make_optimizer<double>(
        *row, kCount, {.weight_decay = row->name == "adamw" ? std::optional(0.0) : std::nullopt});
    const Segment part[] = {{.begin = 0, .n = kCount, .l1 = 0.6}};
    const auto centre = [](std::size_t i) { return 0.5 * static_cast<double>(i) - 1.25; };
    for (int t = 0; t < 20000; ++t) {
      for (std::size_t i = 0; i < kCount; ++i) gradient[i] = parameters[i] - centre(i);
      optimizer->step(parameters.data(), gradient.data(), 10 * row->default_learning_rate / (1 + 0.01 * t), part);
    }
    for (std::size_t i = 0; i < kCount; ++i) {
      const double k = centre(i), expected = std::copysign(std::max(std::abs(k) - 0.6, 0.0), k);
      EXPECT_NEAR(parameters[i], expected, 1e-2) << i;
      if (std::abs(k) < 0.5) {
        EXPECT_EQ(parameters[i], 0) << i;
      }
    }
  }
}

}  // namespace
}  // namespace ffwd
