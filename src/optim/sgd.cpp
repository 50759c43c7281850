// Stochastic gradient descent with momentum: v = μ v + g, p −= rate · v. Polyak (1964).
#include "core/aligned.h"
#include "kernels/kernels.h"
#include "optim/optimizer.h"

namespace ffwd {
namespace {

template <class T>
class Sgd final : public Optimizer<T> {
 public:
  Sgd(std::size_t n, double momentum) : n_(n), velocity_(momentum == 0 ? 0 : n), momentum_(momentum) {}

  void step(T* parameters, const T* gradient, double learning_rate) override {
    kernels<T>().sgd(n_, parameters, gradient, velocity_.empty() ? nullptr : velocity_.data(),
                     static_cast<T>(momentum_), /*nesterov=*/false, static_cast<T>(learning_rate), /*keep=*/T{1});
  }

 private:
  std::size_t n_;
  AlignedVector<T> velocity_;
  double momentum_;
};

}  // namespace

extern constinit const OptimizerRow sgd_row{
    .name = "sgd",
    .summary = "stochastic gradient descent with momentum",
    .source = "Polyak 1964",
    .default_learning_rate = 1e-2,
    .uses_momentum = true,
    .uses_weight_decay = false,
    .make_f32 = [](std::size_t n, const OptimizerOptions& options) -> std::unique_ptr<Optimizer<float>> {
      return std::make_unique<Sgd<float>>(n, options.momentum);
    },
    .make_f64 = [](std::size_t n, const OptimizerOptions& options) -> std::unique_ptr<Optimizer<double>> {
      return std::make_unique<Sgd<double>>(n, options.momentum);
    },
};

}  // namespace ffwd
