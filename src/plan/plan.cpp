#include "plan/plan.h"

#include <cassert>
#include <utility>

#include "plan/small_network_step.h"

namespace ffwd {

template <class T>
void Plan<T>::prepare(const T* parameters, T* transposed, unsigned threads) const {
  if (transposed_size_ == 0) return;
  for (const auto& step : steps_) step->prepare(parameters, transposed, threads);
}

template <class T>
void Plan<T>::forward(const Frame<T>& frame) const {
  assert(frame.rows <= capacity_);
  for (const auto& step : steps_) step->forward(frame);
}

template <class T>
void Plan<T>::backward(const Frame<T>& frame) const {
  // Inside the plan each step multiplies by the slope of the unit it reaches; the loss knows no unit.
  if (const UnitSlope<T> slope = kernels<T>().unit_slope[output_.unit->index]) {
    const bool dense = output_.ld == 1;
    slope(frame.arena + output_.d, output_.ld, frame.arena + output_.z, output_.ld, dense ? 1 : frame.rows,
          dense ? frame.rows : output_.units, static_cast<T>(output_.unit_parameter));
  }
  for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) (*step)->backward(frame);
}

template <class T>
void Plan<T>::pass(const Frame<T>& frame, LossFunction<T> loss, const LossBatch<T>& batch) const {
  if (steps_.size() == 1) return steps_.front()->pass(frame, loss, batch);
  forward(frame);
  loss(batch);
  backward(frame);
}

template <class T>
void Plan<T>::tangent(const Frame<T>& frame, const Frame<T>& dot) const {
  for (const auto& step : steps_) step->tangent(frame, dot);
}

template <class T>
void Plan<T>::tangent_of_backward(const Frame<T>& frame, const Frame<T>& dot) const {
  assert(output_.unit->index == 0);  // no unit is fused in a plan for derivatives
  for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) (*step)->tangent_of_backward(frame, dot);
}

template <class T>
Reading PlanBuilder<T>::add_input(std::size_t units) {
  plan_.input_ = {.units = units, .ld = padded<T>(units), .is_input = true, .unit = &ffwd::units().front()};
  const bool wanted = use_ == PlanUse::kDerivatives;
  if (wanted) plan_.input_.d = add_buffer(plan_.input_.ld);
  return {.value = plan_.input_, .wanted = wanted};
}

template <class T>
std::size_t PlanBuilder<T>::add_buffer(std::size_t ld) {
  return add_scratch(plan_.capacity_ * ld);
}

template <class T>
Value PlanBuilder<T>::add_value(std::size_t units, const UnitRow& unit, bool feeds_loss) {
  Value value{.units = units,
              .ld = feeds_loss && units == 1 ? 1 : padded<T>(units),
              .unit = &unit,
              .unit_parameter = unit.default_parameter};
  value.a = add_buffer(value.ld);
  value.z = unit.slope_from_output ? value.a : add_buffer(value.ld);
  value.d = add_buffer(value.ld);
  return value;
}

template <class T>
Value PlanBuilder<T>::add_plain_value(std::size_t units, bool feeds_loss) {
  return add_value(units, ffwd::units().front(), feeds_loss);
}

template <class T>
std::size_t PlanBuilder<T>::add_scratch(std::size_t numbers) {
  const std::size_t offset = plan_.arena_size_;
  plan_.arena_size_ += padded<T>(numbers);
  return offset;
}

template <class T>
std::size_t PlanBuilder<T>::add_transposed(std::size_t numbers) {
  const std::size_t offset = plan_.transposed_size_;
  plan_.transposed_size_ += padded<T>(numbers);
  return offset;
}

template <class T>
Plan<T> PlanBuilder<T>::finish(const Value& output) {
  plan_.output_ = output;
  if (use_ == PlanUse::kTraining) {
    if (auto fused = fuse_small_network<T>(*this, plan_.steps_)) {
      plan_.steps_.clear();
      plan_.transposed_size_ = 0;
      plan_.steps_.push_back(std::move(fused));
    }
  }
  return std::move(plan_);
}

template class Plan<float>;
template class Plan<double>;
template class PlanBuilder<float>;
template class PlanBuilder<double>;

}  // namespace ffwd
