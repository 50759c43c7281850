// Descent: what the minimisers that search along a direction share. One iteration: choose a direction, go along it as
// far as the Wolfe conditions say; where nothing is to be won along it, start again along the gradient.
#pragma once

#include <cmath>

#include "optim/line_search.h"

namespace ffwd {

template <class T>
class Descent : public Minimizer<T> {
 public:
  Descent(Objective<T>& objective, WolfeConditions wolfe)
      : objective_(objective), search_(objective, wolfe), gradient_(objective.size()), direction_(objective.size()) {}

  Iteration iterate(T* parameters) override {
    if (!started_) {
      value_ = objective_.evaluate(parameters, gradient_.data());
      started_ = true;
    }
    if (!std::isfinite(value_)) return {.value = value_, .done = true};
    const double before = value_;
    const bool moved = go(parameters, false) || go(parameters, true);
    return {.value = value_, .step = moved ? search_.step() : 0, .done = !moved || stagnation_.is_over(before, value_)};
  }

 protected:
  /// Fills the direction in; one that does not lead down is replaced by the gradient's.
  virtual void choose_direction(const T* gradient, T* direction) = 0;
  /// Forgets what was learnt of the objective: the next direction is that of the gradient.
  virtual void forget() {}
  /// Told after a step; `step` is how far along `direction` it went.
  virtual void learn(const T* /*gradient*/, const T* /*direction*/, double /*step*/) {}
  /// The step to try first. By default the one that would win, to first order, what the last one won (Nocedal & Wright,
  /// section 3.5).
  [[nodiscard]] virtual double first_step(double slope) const {
    return last_slope_ == 0 ? cautious_step(slope) : last_step_ * last_slope_ / slope;
  }
  /// A step as long as 1 and no longer than the gradient, for where nothing is known yet.
  [[nodiscard]] static double cautious_step(double slope) { return std::fmin(1.0, 1 / std::sqrt(-slope)); }

  [[nodiscard]] std::size_t size() const { return gradient_.size(); }

 private:
  bool go(T* parameters, bool afresh) {
    if (afresh) forget();
    const Kernels<T>& k = kernels<T>();
    choose_direction(gradient_.data(), direction_.data());
    double slope = k.dot(size(), gradient_.data(), direction_.data());
    if (!(slope < 0)) {
      if (afresh) return false;
      forget();
      choose_direction(gradient_.data(), direction_.data());
      slope = k.dot(size(), gradient_.data(), direction_.data());
      if (!(slope < 0)) return false;
    }
    double first = afresh ? cautious_step(slope) : first_step(slope);
    if (!std::isfinite(first) || first <= 0) first = cautious_step(slope);
    typename LineSearch<T>::Place at{.parameters = parameters, .gradient = gradient_.data(), .value = value_};
    if (!search_.search(at, direction_.data(), first)) return false;
    value_ = at.value;
    last_slope_ = slope;
    last_step_ = search_.step();
    learn(gradient_.data(), direction_.data(), last_step_);
    return true;
  }

  Objective<T>& objective_;
  LineSearch<T> search_;
  AlignedVector<T> gradient_, direction_;
  Stagnation stagnation_;
  double value_ = 0, last_slope_ = 0, last_step_ = 0;
  bool started_ = false;
};

}  // namespace ffwd
