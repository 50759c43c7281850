// Adagrad: each parameter's rate falls with the squares of its gradients so far. Duchi, Hazan & Singer (2011), figure
// 1, diagonal.  s += g²,  p −= rate / (1 + (r − 1) · rate_decay) · g / (sqrt(s) + eps),  r counts updates from 1.
#include <algorithm>

#include "core/aligned.h"
#include "kernels/kernels.h"
#include "optim/optimizer.h"

namespace ffwd {
namespace {

template <class T>
class Adagrad final : public Optimizer<T> {
 public:
  Adagrad(std::size_t n, const OptimizerOptions& o)
      : Optimizer<T>(n), sum_(n), epsilon_(*o.epsilon), rate_decay_(*o.rate_decay) {
    std::fill(sum_.begin(), sum_.end(), static_cast<T>(*o.initial_accumulator));
  }

 private:
  void begin_step() override { ++steps_; }

  void update(T* parameters, const T* gradient, double rate, const Segment& part) override {
    const double falling = rate / (1 + static_cast<double>(steps_ - 1) * rate_decay_);
    kernels<T>().adagrad({.n = part.n,
                          .w = parameters + part.begin,
                          .g = gradient + part.begin,
                          .s = sum_.data() + part.begin,
                          .rate = static_cast<T>(falling),
                          .epsilon = static_cast<T>(epsilon_),
                          .shrink = static_cast<T>(falling * part.l1)});
  }

  AlignedVector<T> sum_;
  double epsilon_, rate_decay_;
  std::size_t steps_ = 0;
};

constexpr UsedByOptimizer kOptions[] = {{.option = &optimizer_option::kEpsilon, .value = 1e-10},
                                        {.option = &optimizer_option::kInitialAccumulator, .value = 0},
                                        {.option = &optimizer_option::kRateDecay, .value = 0}};

}  // namespace

extern constinit const OptimizerRow adagrad_row{
    .name = "adagrad",
    .summary = "rates that fall with the squares of each gradient so far",
    .source = "Duchi, Hazan & Singer 2011",
    .default_learning_rate = 3e-2,
    .options = kOptions,
    .make_f32 = [](std::size_t n, const OptimizerOptions& options) -> std::unique_ptr<Optimizer<float>> {
      return std::make_unique<Adagrad<float>>(n, options);
    },
    .make_f64 = [](std::size_t n, const OptimizerOptions& options) -> std::unique_ptr<Optimizer<double>> {
      return std::make_unique<Adagrad<double>>(n, options);
    },
};

}  // namespace ffwd
