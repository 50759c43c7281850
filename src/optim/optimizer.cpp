#include "optim/optimizer.h"

#include <algorithm>
#include <cassert>
#include <functional>
#include <type_traits>

#include "core/denormals.h"
#include "core/thread_pool.h"
#include "kernels/layout.h"

namespace ffwd {

std::vector<const OptimizerRow*> optimizers_of(bool full_batch) {
  std::vector<const OptimizerRow*> rows;
  for (const OptimizerRow* row : optimizers()) {
    if (row->is_full_batch() == full_batch) rows.push_back(row);
  }
  return rows;
}

template <class T>
void Optimizer<T>::update_shared(T* parameters, const T* gradient, double rate, const Segment& part, unsigned threads) {
  const std::size_t share = padded<T>((part.n + threads - 1) / threads);
  const auto task = [&](std::size_t number, unsigned) {
    const FlushDenormals flush;  // also on the threads of the pool
    Segment own = part;
    own.begin += number * share;
    own.n = std::min(share, part.n - number * share);
    update(parameters, gradient, rate, own);
  };
  parallel_for(threads, (part.n + share - 1) / share, std::ref(task));  // a reference needs no heap
}

template <class T>
std::unique_ptr<Optimizer<T>> make_optimizer(const OptimizerRow& row, std::size_t n, const OptimizerOptions& options) {
  assert(!row.is_full_batch());
  if constexpr (std::is_same_v<T, float>) {
    return row.make_f32(n, with_defaults(row, options));
  } else {
    return row.make_f64(n, with_defaults(row, options));
  }
}

template <class T>
std::unique_ptr<Minimizer<T>> make_minimizer(const OptimizerRow& row, Objective<T>& objective,
                                             const OptimizerOptions& options) {
  assert(row.is_full_batch());
  if constexpr (std::is_same_v<T, float>) {
    return row.minimize_f32(objective, with_defaults(row, options));
  } else {
    return row.minimize_f64(objective, with_defaults(row, options));
  }
}

template class Optimizer<float>;
template class Optimizer<double>;
template std::unique_ptr<Optimizer<float>> make_optimizer(const OptimizerRow&, std::size_t, const OptimizerOptions&);
template std::unique_ptr<Optimizer<double>> make_optimizer(const OptimizerRow&, std::size_t, const OptimizerOptions&);
template std::unique_ptr<Minimizer<float>> make_minimizer(const OptimizerRow&, Objective<float>&,
                                                          const OptimizerOptions&);
template std::unique_ptr<Minimizer<double>> make_minimizer(const OptimizerRow&, Objective<double>&,
                                                           const OptimizerOptions&);

}  // namespace ffwd
