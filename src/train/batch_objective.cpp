#include "train/batch_objective.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "core/denormals.h"
#include "core/thread_pool.h"

namespace ffwd {

template <class T>
BatchObjective<T>::BatchObjective(const Workshop<T>& shop, bool with_residuals)
    : plan_(shop.plan),
      data_(shop.run.train),
      penalties_(shop.penalties),
      pass_(shop.plan, shop.run.loss, shop.run.train, shop.run.train.rows, shop.threads),
      order_(shop.run.train.rows) {
  std::iota(order_.begin(), order_.end(), 0u);
  for (const Segment& segment : shop.segments) {
    if (segment.rate_factor == 0) frozen_.push_back(segment);
  }
  if (!with_residuals) return;
  list_positions();
  transposed_.resize(plan_.transposed_size());
  for (unsigned w = 0; w < shop.threads; ++w) singles_.emplace_back(plan_);
  probe_loss(shop.run);
}

template <class T>
void BatchObjective<T>::list_positions() {
  const auto moves = [this](std::size_t at) {
    return std::ranges::none_of(frozen_, [at](const Segment& s) { return at >= s.begin && at < s.begin + s.n; });
  };
  for (const ParameterRange& range : plan_.layout().ranges()) {
    for (std::size_t i = 0; i < range.n_values(); ++i) {
      const std::size_t at = range.position(i);
      if (moves(at)) positions_.push_back(static_cast<std::uint32_t>(at));
    }
  }
  std::ranges::sort(positions_);
}

// What a difference of 1 in one output adds to the loss of a row: the loss itself knows whether it takes the mean or
// the sum of its outputs, and half of the squares or all.
template <class T>
void BatchObjective<T>::probe_loss(const TrainingRun<T>& run) {
  const std::size_t outputs = plan_.output().units, ld = plan_.output().ld;
  AlignedVector<T> y(padded<T>(ld)), t(padded<T>(ld)), per_row(kLanes<T>);
  double total = 0;
  for (const T mass : data_.mass()) total += static_cast<double>(mass);
  if (data_.mass().empty()) total = static_cast<double>(data_.rows);
  for (std::size_t k = 0; k < outputs; ++k) {
    std::fill(y.begin(), y.end(), T{0});
    y[k] = 1;
    run.loss.batch(LossBatch<T>{
        .rows = 1, .outputs = outputs, .y = y.data(), .ldy = ld, .t = t.data(), .ldt = ld, .per_row = per_row.data()});
    factors_.push_back(total > 0 ? static_cast<double>(per_row[0]) / total : 0);
  }
}

template <class T>
double BatchObjective<T>::evaluate(const T* parameters, T* gradient) {
  const double loss = pass_.run(parameters, order_, gradient);
  add_penalty_gradient<T>(penalties_, plan_.layout(), parameters, gradient);
  for (const Segment& segment : frozen_) std::fill_n(gradient + segment.begin, segment.n, T{0});
  return loss + penalty_value<T>(penalties_, plan_.layout(), parameters);
}

template <class T>
void BatchObjective<T>::residuals(const T* parameters, std::size_t first, std::size_t n, double* residual,
                                  double* jacobian, std::size_t ld) {
  plan_.prepare(parameters, transposed_.data());
  const std::size_t outputs = plan_.output().units;
  const std::size_t first_row = first / outputs, last_row = (first + n - 1) / outputs;
  const auto compute = [&](std::size_t task, unsigned worker) {
    const FlushDenormals flush;  // also on the threads of the pool
    residuals_of_row(parameters, first_row + task, first, n, residual, jacobian, ld, singles_[worker]);
  };
  parallel_for(static_cast<unsigned>(singles_.size()), last_row - first_row + 1, std::ref(compute));
}

// Those of the row that are among first … first + n − 1, each by a backward pass of its own output.
template <class T>
void BatchObjective<T>::residuals_of_row(const T* parameters, std::size_t row, std::size_t first, std::size_t n,
                                         double* residual, double* jacobian, std::size_t ld, Single& single) const {
  const std::size_t outputs = plan_.output().units;
  const Frame<T> frame{.rows = 1,
                       .parameters = parameters,
                       .transposed = transposed_.data(),
                       .arena = single.arena.data(),
                       .gradient = single.gradient.data(),
                       .input = data_.features.data() + row * data_.ld,
                       .input_ld = data_.ld};
  plan_.forward(frame);
  const double weight = data_.weights.empty() ? 1 : static_cast<double>(data_.weights[row]);
  for (std::size_t k = 0; k < outputs; ++k) {
    const std::size_t index = row * outputs + k;
    if (index < first || index >= first + n) continue;
    double* const into = jacobian + (index - first) * ld;
    const auto target = static_cast<double>(data_.targets[row * data_.targets_ld + k]);
    const double factor = std::isnan(target) ? 0 : std::sqrt(factors_[k] * weight);
    residual[index - first] = factor == 0 ? 0 : factor * (static_cast<double>(plan_.outputs(frame)[k]) - target);
    T* const d = plan_.output_gradient(frame);
    std::fill_n(d, plan_.output().ld, T{0});
    d[k] = 1;
    plan_.backward(frame);
    for (std::size_t j = 0; j < positions_.size(); ++j) {
      into[j] = factor * static_cast<double>(single.gradient[positions_[j]]);
    }
    std::fill(into + positions_.size(), into + ld, 0.0);
  }
}

template <class T>
void BatchObjective<T>::half_curvature(double* of_each) const {
  std::fill_n(of_each, positions_.size(), 0.0);
  for (const Penalty& penalty : penalties_) {
    if (penalty.kind != PenaltyKind::kL2) continue;
    for (const ParameterRange& range : plan_.layout().ranges()) {
      if (!is_penalised(range, penalty.biases)) continue;
      for (std::size_t j = 0; j < positions_.size(); ++j) {
        const bool inside = positions_[j] >= range.offset && positions_[j] < range.offset + range.stored();
        if (inside) of_each[j] += penalty.factor();
      }
    }
  }
}

template class BatchObjective<float>;
template class BatchObjective<double>;

}  // namespace ffwd
