#include "optim/penalty.h"

#include "kernels/kernels.h"

namespace ffwd {
namespace {

/// f(range, factor of the penalty) for each range that the penalty counts.
template <class F>
void for_each_counted(const Penalty& penalty, const ParameterLayout& layout, const F& f) {
  if (penalty.lambda == 0) return;
  for (const ParameterRange& range : layout.ranges()) {
    if (is_penalised(range, penalty.biases)) f(range, penalty.factor());
  }
}

}  // namespace

bool is_penalised(const ParameterRange& range, bool biases) {
  return range.kind == ParameterKind::kWeight || (biases && range.kind == ParameterKind::kBias);
}

template <class T>
double penalty_value(std::span<const Penalty> penalties, const ParameterLayout& layout, const T* parameters) {
  double sum = 0;
  for (const Penalty& penalty : penalties) {
    const auto norm = penalty.kind == PenaltyKind::kL2 ? kernels<T>().sum_of_squares : kernels<T>().sum_of_magnitudes;
    for_each_counted(penalty, layout, [&](const ParameterRange& range, double factor) {
      sum += factor * norm(range.stored(), parameters + range.offset);
    });
  }
  return sum;
}

template <class T>
void add_penalty_gradient(std::span<const Penalty> penalties, const ParameterLayout& layout, const T* parameters,
                          T* gradient) {
  for (const Penalty& penalty : penalties) {
    const bool squared = penalty.kind == PenaltyKind::kL2;
    const auto add = squared ? kernels<T>().add_scaled : kernels<T>().add_sign;
    for_each_counted(penalty, layout, [&](const ParameterRange& range, double factor) {
      add(range.stored(), static_cast<T>(squared ? 2 * factor : factor), parameters + range.offset,
          gradient + range.offset);
    });
  }
}

template <class T>
void add_penalty_hessian(std::span<const Penalty> penalties, const ParameterLayout& layout, const T* direction,
                         T* product) {
  for (const Penalty& penalty : penalties) {
    if (penalty.kind != PenaltyKind::kL2) continue;
    for_each_counted(penalty, layout, [&](const ParameterRange& range, double factor) {
      kernels<T>().add_scaled(range.stored(), static_cast<T>(2 * factor), direction + range.offset,
                              product + range.offset);
    });
  }
}

template double penalty_value(std::span<const Penalty>, const ParameterLayout&, const float*);
template double penalty_value(std::span<const Penalty>, const ParameterLayout&, const double*);
template void add_penalty_gradient(std::span<const Penalty>, const ParameterLayout&, const float*, float*);
template void add_penalty_gradient(std::span<const Penalty>, const ParameterLayout&, const double*, double*);
template void add_penalty_hessian(std::span<const Penalty>, const ParameterLayout&, const float*, float*);
template void add_penalty_hessian(std::span<const Penalty>, const ParameterLayout&, const double*, double*);

}  // namespace ffwd
