// RMSProp: each gradient over the root of the running mean of its squares. Tieleman & Hinton (2012), lecture 6.5;
// centred, over its standard deviation, with momentum: Graves (2013), equations 38 to 41.
#include "core/aligned.h"
#include "kernels/kernels.h"
#include "optim/optimizer.h"

namespace ffwd {
namespace {

template <class T>
class Rmsprop final : public Optimizer<T> {
 public:
  Rmsprop(std::size_t n, const OptimizerOptions& o)
      : Optimizer<T>(n),
        squares_(n),
        mean_(o.centered ? n : 0),
        velocity_(*o.momentum == 0 ? 0 : n),
        decay_(*o.rms_decay),
        momentum_(*o.momentum),
        epsilon_(*o.epsilon) {}

 private:
  void update(T* parameters, const T* gradient, double rate, const Segment& part) override {
    kernels<T>().rmsprop({.n = part.n,
                          .w = parameters + part.begin,
                          .g = gradient + part.begin,
                          .s = squares_.data() + part.begin,
                          .m = mean_.empty() ? nullptr : mean_.data() + part.begin,
                          .v = velocity_.empty() ? nullptr : velocity_.data() + part.begin,
                          .decay = static_cast<T>(decay_),
                          .rest = static_cast<T>(1 - decay_),
                          .momentum = static_cast<T>(momentum_),
                          .rate = static_cast<T>(rate),
                          .epsilon = static_cast<T>(epsilon_),
                          .shrink = static_cast<T>(rate * part.l1 / (1 - momentum_))});
  }

  AlignedVector<T> squares_, mean_, velocity_;
  double decay_, momentum_, epsilon_;
};

constexpr UsedByOptimizer kOptions[] = {{.option = &optimizer_option::kRmsDecay, .value = 0.99},
                                        {.option = &optimizer_option::kEpsilon, .value = 1e-8},
                                        {.option = &optimizer_option::kCentered},
                                        {.option = &optimizer_option::kMomentum, .value = 0}};

}  // namespace

extern constinit const OptimizerRow rmsprop_row{
    .name = "rmsprop",
    .summary = "gradients over the root of the running mean of their squares",
    .source = "Tieleman & Hinton 2012; Graves 2013",
    .default_learning_rate = 2e-3,
    .options = kOptions,
    .make_f32 = [](std::size_t n, const OptimizerOptions& options) -> std::unique_ptr<Optimizer<float>> {
      return std::make_unique<Rmsprop<float>>(n, options);
    },
    .make_f64 = [](std::size_t n, const OptimizerOptions& options) -> std::unique_ptr<Optimizer<double>> {
      return std::make_unique<Rmsprop<double>>(n, options);
    },
};

}  // namespace ffwd
