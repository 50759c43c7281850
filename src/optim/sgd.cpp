// Stochastic gradient descent with momentum: v = μ v + g, p −= rate · v. Polyak (1964); Nesterov's momentum, p −= rate
// · (g + μ v), in the form of Sutskever et al. (2013).
#include "core/aligned.h"
#include "kernels/kernels.h"
#include "optim/optimizer.h"

namespace ffwd {
namespace {

template <class T>
class Sgd final : public Optimizer<T> {
 public:
  Sgd(std::size_t n, const OptimizerOptions& o)
      : Optimizer<T>(n), velocity_(*o.momentum == 0 ? 0 : n), momentum_(*o.momentum), nesterov_(o.nesterov) {}

  [[nodiscard]] bool is_plain_descent() const override { return velocity_.empty(); }

 private:
  void update(T* parameters, const T* gradient, double rate, const Segment& part) override {
    kernels<T>().sgd({.n = part.n,
                      .w = parameters + part.begin,
                      .g = gradient + part.begin,
                      .v = velocity_.empty() ? nullptr : velocity_.data() + part.begin,
                      .momentum = static_cast<T>(momentum_),
                      .nesterov = nesterov_,
                      .rate = static_cast<T>(rate),
                      // A steady gradient moves a parameter by rate / (1 − μ) times itself.
                      .shrink = part.l1 > 0 ? static_cast<T>(rate * part.l1 / (1 - momentum_)) : T{0}});
  }

  AlignedVector<T> velocity_;
  double momentum_;
  bool nesterov_;
};

constexpr UsedByOptimizer kOptions[] = {{.option = &optimizer_option::kMomentum, .value = 0.9},
                                        {.option = &optimizer_option::kNesterov}};

}  // namespace

extern constinit const OptimizerRow sgd_row{
    .name = "sgd",
    .summary = "stochastic gradient descent with momentum",
    .source = "Polyak 1964; Sutskever et al. 2013",
    .default_learning_rate = 1e-2,
    .options = kOptions,
    .make_f32 = [](std::size_t n, const OptimizerOptions& options) -> std::unique_ptr<Optimizer<float>> {
      return std::make_unique<Sgd<float>>(n, options);
    },
    .make_f64 = [](std::size_t n, const OptimizerOptions& options) -> std::unique_ptr<Optimizer<double>> {
      return std::make_unique<Sgd<double>>(n, options);
    },
};

}  // namespace ffwd
