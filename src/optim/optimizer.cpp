#include "optim/optimizer.h"

namespace ffwd {

template <>
std::unique_ptr<Optimizer<float>> make_optimizer(const OptimizerRow& row, std::size_t n,
                                                 const OptimizerOptions& options) {
  return row.make_f32(n, options);
}

template <>
std::unique_ptr<Optimizer<double>> make_optimizer(const OptimizerRow& row, std::size_t n,
                                                  const OptimizerOptions& options) {
  return row.make_f64(n, options);
}

}  // namespace ffwd
