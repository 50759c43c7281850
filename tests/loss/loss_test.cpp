#include "loss/loss.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "loss/loss_check.h"

namespace ffwd {
namespace {

TEST(Losses, EachHasALikelihoodOfItsOwn) {
  for (const LossRow* a : losses()) {
    EXPECT_FALSE(a->summary.empty());
    EXPECT_FALSE(a->source.empty());
    for (const LossRow* b : losses()) EXPECT_TRUE(a == b || a->likelihood != b->likelihood);
  }
}

TEST(Losses, EachHasAGradientAndItsTangentForAnyNumberOfRowsAndTargets) {
  for (const LossRow* row : losses()) {
    const bool classes = row->targets == LossTargets::kClasses;
    for (const bool sum : {false, true}) {
      const Loss loss(*row, {.delta = 0.77, .label_smoothing = 0.1, .sum_outputs = sum, .full = true});
      for (const std::size_t rows : {1u, 8u, 11u}) {
        for (const std::size_t n : {1u, 2u, 7u, 9u}) {
          SCOPED_TRACE(std::string(row->name) + " " + std::to_string(rows) + " " + std::to_string(n));
          check_gradient_anywhere(loss, rows, classes ? 1 : n, classes ? n + 1 : 0);
        }
      }
    }
  }
}

TEST(Losses, EachGivesARowTheSameBitsInAnyBatch) {
  for (const LossRow* row : losses()) {
    SCOPED_TRACE(std::string(row->name));
    const Loss loss(*row);
    const std::size_t outputs = loss.n_outputs(3);
    const std::size_t targets = row->targets == LossTargets::kClasses ? 1 : 3;
    std::vector<double> y, t;
    for (std::size_t i = 0; i < 11 * outputs; ++i) y.push_back(std::sin(static_cast<double>(3 * i)));
    for (std::size_t i = 0; i < 11 * targets; ++i) t.push_back(static_cast<double>(i % 2));
    const LossResult all = run_loss(loss, outputs, y, t);
    for (std::size_t n = 0; n < 11; ++n) {
      const auto part = [n](const std::vector<double>& from, std::size_t columns) {
        const auto first = from.begin() + static_cast<std::ptrdiff_t>(n * columns);
        return std::vector<double>(first, first + static_cast<std::ptrdiff_t>(columns));
      };
      const LossResult one = run_loss(loss, outputs, part(y, outputs), part(t, targets));
      EXPECT_EQ(one.per_row[0], all.per_row[n]);
      for (std::size_t k = 0; k < outputs; ++k) EXPECT_EQ(one.gradient[k], all.gradient[n * outputs + k]);
    }
  }
}

TEST(Losses, OutputsAreCountedByTheTargets) {
  const auto outputs = [](const char* name, std::size_t targets) {
    return Loss(*find_row(losses(), name), {.levels = {0.2, 0.4, 0.6, 0.8}}).n_outputs(targets);
  };
  EXPECT_EQ(outputs("mse", 3), 3u);
  EXPECT_EQ(outputs("categorical_cross_entropy", 5), 5u);
  EXPECT_EQ(outputs("gaussian", 3), 6u);
  EXPECT_EQ(outputs("laplace", 1), 2u);
  EXPECT_EQ(outputs("quantile", 1), 4u);
  EXPECT_EQ(outputs("pinball", 2), 8u);
}

TEST(Losses, OfFloatsAgreeWithThoseOfDoubles) {
  for (const LossRow* row : losses()) {
    if (row->outputs == LossOutputs::kLevels) continue;
    SCOPED_TRACE(std::string(row->name));
    const Loss loss(*row, {.full = true});
    const std::size_t outputs = loss.n_outputs(2);
    AlignedVector<double> y(16), t(16), per_row(8), dy(16);
    AlignedVector<float> y_f(32), t_f(32), per_row_f(16), dy_f(32);
    for (std::size_t k = 0; k < outputs; ++k) y[k] = y_f[k] = 0.25f * static_cast<float>(k) - 0.5f;
    t[0] = t_f[0] = 1;
    loss.batch(LossBatch<double>{.rows = 1,
                                 .outputs = outputs,
                                 .y = y.data(),
                                 .ldy = 8,
                                 .t = t.data(),
                                 .ldt = 8,
                                 .per_row = per_row.data(),
                                 .dy = dy.data(),
                                 .lddy = 8});
    loss.batch(LossBatch<float>{.rows = 1,
                                .outputs = outputs,
                                .y = y_f.data(),
                                .ldy = 16,
                                .t = t_f.data(),
                                .ldt = 16,
                                .per_row = per_row_f.data(),
                                .dy = dy_f.data(),
                                .lddy = 16});
    EXPECT_NEAR(static_cast<double>(per_row_f[0]), per_row[0], 1e-6);
    loss.link(y.data(), 8, 1, outputs);
    loss.link(y_f.data(), 16, 1, outputs);
    for (std::size_t k = 0; k < outputs; ++k) {
      EXPECT_NEAR(static_cast<double>(dy_f[k]), dy[k], 1e-6);
      EXPECT_NEAR(static_cast<double>(y_f[k]), y[k], 1e-6);
    }
  }
}

}  // namespace
}  // namespace ffwd
