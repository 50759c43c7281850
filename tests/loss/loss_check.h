// What every loss is checked for: its table row's derivative against central differences of its own values.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/aligned.h"
#include "core/rows.h"
#include "loss/loss.h"

namespace ffwd {

struct LossResult {
  std::vector<double> per_row;
  AlignedVector<double> gradient;
};

/// Runs a loss on `outputs` numbers a row, in the layout plans use (a single output lies dense).
inline LossResult run_loss(const LossRow& loss, std::size_t outputs, const std::vector<double>& y,
                           const std::vector<double>& t, const std::vector<double>& weight = {}, double scale = 1,
                           double delta = 1) {
  const std::size_t rows = y.size() / outputs, ld = outputs == 1 ? 1 : padded<double>(outputs);
  const std::size_t targets = t.size() / rows, ldt = targets == 1 ? 1 : padded<double>(targets);
  const std::size_t room = padded<double>(rows) * std::max(ld, ldt);
  AlignedVector<double> yy(room), tt(room), dy(room, 7.0), per_row(padded<double>(rows)), ww(padded<double>(rows));
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t k = 0; k < outputs; ++k) yy[r * ld + k] = y[r * outputs + k];
    for (std::size_t k = 0; k < targets; ++k) tt[r * ldt + k] = t[r * targets + k];
    if (!weight.empty()) ww[r] = weight[r];
  }
  loss.batch(LossBatch<double>{.rows = rows,
                               .outputs = outputs,
                               .y = yy.data(),
                               .ldy = ld,
                               .t = tt.data(),
                               .ldt = ldt,
                               .weight = weight.empty() ? nullptr : ww.data(),
                               .scale = scale,
                               .per_row = per_row.data(),
                               .dy = dy.data(),
                               .lddy = ld,
                               .delta = delta});
  LossResult result{.per_row = {per_row.begin(), per_row.begin() + static_cast<std::ptrdiff_t>(rows)}, .gradient = {}};
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t k = 0; k < outputs; ++k) result.gradient.push_back(dy[r * ld + k]);
  }
  return result;
}

inline void check_gradient(const LossRow& loss, std::size_t outputs, std::vector<double> y,
                           const std::vector<double>& t, double delta = 1) {
  const std::size_t rows = y.size() / outputs;
  std::vector<double> weight;
  for (std::size_t r = 0; r < rows; ++r) weight.push_back(0.5 + static_cast<double>(r));
  const LossResult at = run_loss(loss, outputs, y, t, weight, 0.25, delta);
  for (std::size_t i = 0; i < y.size(); ++i) {
    const double h = 1e-6, middle = y[i];
    y[i] = middle + h;
    const double above = run_loss(loss, outputs, y, t, {}, 1, delta).per_row[i / outputs];
    y[i] = middle - h;
    const double below = run_loss(loss, outputs, y, t, {}, 1, delta).per_row[i / outputs];
    y[i] = middle;
    EXPECT_NEAR(at.gradient[i], 0.25 * weight[i / outputs] * (above - below) / (2 * h),
                1e-8 * (1 + std::abs(at.gradient[i])))
        << loss.name << " " << i;
  }
}

}  // namespace ffwd
