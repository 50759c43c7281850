// What every loss is checked for: its gradient against central differences of its own values, and the tangent of its
// gradient against central differences of that.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include "core/aligned.h"
#include "core/rows.h"
#include "loss/loss.h"

namespace ffwd {

struct LossResult {
  std::vector<double> per_row;
  AlignedVector<double> gradient;
  AlignedVector<double> tangent;  ///< of the gradient, along y_dot; empty without one
};

struct LossWeights {
  std::vector<double> of_rows = {};
  double scale = 1;
};

/// A matrix in the layout plans use: a single column lies dense, several in rows of whole blocks.
class PlanMatrix {
 public:
  PlanMatrix(const std::vector<double>& values, std::size_t rows, double filling = 0)
      : rows_(rows), columns_(rows == 0 ? 0 : values.size() / rows), ld_(columns_ == 1 ? 1 : padded<double>(columns_)) {
    numbers_.assign(padded<double>(rows_) * ld_, filling);
    for (std::size_t i = 0; i < values.size(); ++i) numbers_[i / columns_ * ld_ + i % columns_] = values[i];
  }
  double* data() { return numbers_.data(); }
  [[nodiscard]] std::size_t ld() const { return ld_; }
  [[nodiscard]] AlignedVector<double> values() const {
    AlignedVector<double> all;
    for (std::size_t i = 0; i < rows_ * columns_; ++i) all.push_back(numbers_[i / columns_ * ld_ + i % columns_]);
    return all;
  }
  [[nodiscard]] bool padding_is_zero() const {
    for (std::size_t i = 0; i < rows_ * ld_; ++i) {
      if (i % ld_ >= columns_ && numbers_[i] != 0) return false;
    }
    return true;
  }

 private:
  std::size_t rows_, columns_, ld_;
  AlignedVector<double> numbers_;
};

/// Runs a loss on `outputs` numbers a row.
inline LossResult run_loss(const Loss& loss, std::size_t outputs, const std::vector<double>& y,
                           const std::vector<double>& t, const LossWeights& weights = {},
                           const std::vector<double>& y_dot = {}) {
  const std::size_t rows = y.size() / outputs;
  PlanMatrix yy(y, rows), tt(t, rows), dy(y, rows, 7.0), dot(y_dot.empty() ? y : y_dot, rows), dy_dot(y, rows, 7.0);
  AlignedVector<double> per_row(padded<double>(rows)), weight(weights.of_rows.begin(), weights.of_rows.end());
  weight.resize(padded<double>(rows));
  loss.batch(LossBatch<double>{.rows = rows,
                               .outputs = outputs,
                               .y = yy.data(),
                               .ldy = yy.ld(),
                               .t = tt.data(),
                               .ldt = tt.ld(),
                               .weight = weights.of_rows.empty() ? nullptr : weight.data(),
                               .scale = weights.scale,
                               .per_row = per_row.data(),
                               .dy = dy.data(),
                               .lddy = dy.ld(),
                               .y_dot = y_dot.empty() ? nullptr : dot.data(),
                               .dy_dot = y_dot.empty() ? nullptr : dy_dot.data()});
  EXPECT_TRUE(dy.padding_is_zero());
  EXPECT_TRUE(y_dot.empty() || dy_dot.padding_is_zero());
  return {.per_row = {per_row.begin(), per_row.begin() + static_cast<std::ptrdiff_t>(rows)},
          .gradient = dy.values(),
          .tangent = y_dot.empty() ? AlignedVector<double>() : dy_dot.values()};
}

/// y + h along.
inline std::vector<double> moved(std::vector<double> y, double h, const std::vector<double>& along) {
  for (std::size_t i = 0; i < y.size(); ++i) y[i] += h * along[i];
  return y;
}

/// `y` and `t` away from kinks.
inline void check_gradient(const Loss& loss, std::size_t outputs, const std::vector<double>& y,
                           const std::vector<double>& t) {
  const std::size_t rows = y.size() / outputs;
  LossWeights weights{.of_rows = {}, .scale = 0.25};
  std::vector<double> direction;
  for (std::size_t r = 0; r < rows; ++r) weights.of_rows.push_back(0.5 + static_cast<double>(r));
  for (std::size_t i = 0; i < y.size(); ++i) direction.push_back(std::cos(static_cast<double>(3 * i + 1)));
  const LossResult at = run_loss(loss, outputs, y, t, weights, direction);
  EXPECT_EQ(run_loss(loss, outputs, y, t, weights).gradient, at.gradient);
  constexpr double kStep = 1e-6;
  for (std::size_t i = 0; i < y.size(); ++i) {
    std::vector<double> one(y.size());
    one[i] = 1;
    const std::size_t row = i / outputs;
    const double above = run_loss(loss, outputs, moved(y, kStep, one), t).per_row[row];
    const double below = run_loss(loss, outputs, moved(y, -kStep, one), t).per_row[row];
    EXPECT_NEAR(at.gradient[i], 0.25 * weights.of_rows[row] * (above - below) / (2 * kStep),
                1e-7 * (1 + std::abs(at.gradient[i])))
        << loss.row().name << " " << i;
  }
  const auto above = run_loss(loss, outputs, moved(y, kStep, direction), t, weights).gradient;
  const auto below = run_loss(loss, outputs, moved(y, -kStep, direction), t, weights).gradient;
  for (std::size_t i = 0; i < y.size(); ++i) {
    EXPECT_NEAR(at.tangent[i], (above[i] - below[i]) / (2 * kStep), 1e-7 * (1 + std::abs(at.tangent[i])))
        << loss.row().name << " " << i;
  }
}

/// Both, of numbers that no loss finds special: whole targets, which are counts, and classes when `classes` > 0.
inline void check_gradient_anywhere(const Loss& loss, std::size_t rows, std::size_t n_targets, std::size_t classes) {
  const std::size_t outputs = loss.n_outputs(classes > 0 ? classes : n_targets);
  std::vector<double> y, t;
  for (std::size_t i = 0; i < rows * outputs; ++i) y.push_back(2.3 * std::sin(static_cast<double>(7 * i + 2)));
  for (std::size_t i = 0; i < rows * n_targets; ++i) {
    t.push_back(static_cast<double>(i * 5 %
                                    (classes > 0                                      ? classes
                                     : loss.row().targets == LossTargets::kTwoClasses ? 2
                                                                                      : 4)));
  }
  check_gradient(loss, outputs, y, t);
}

}  // namespace ffwd
