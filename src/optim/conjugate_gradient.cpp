// Nonlinear conjugate gradients, Polak–Ribière+:  d = −g + max(0, g·(g − g') / g'·g') d', where ' is the iteration
// before. Nocedal & Wright (2006), algorithm 5.4 with equations 5.44 and 5.45; strong Wolfe line search.
#include <algorithm>

#include "optim/descent.h"
#include "optim/optimizer.h"

namespace ffwd {
namespace {

template <class T>
class ConjugateGradient final : public Descent<T> {
 public:
  explicit ConjugateGradient(Objective<T>& objective)
      : Descent<T>(objective, {.curvature = 0.1}), before_(objective.size()), along_(objective.size()) {}

 private:
  void choose_direction(const T* gradient, T* direction) override {
    const Kernels<T>& k = kernels<T>();
    const std::size_t n = this->size();
    const double all = k.dot(n, gradient, gradient);
    double beta = 0;
    if (squares_before_ > 0) beta = std::max(0.0, (all - k.dot(n, gradient, before_.data())) / squares_before_);
    std::fill_n(direction, n, T{0});
    if (beta > 0) k.add_scaled(n, static_cast<T>(beta), along_.data(), direction);
    k.add_scaled(n, T{-1}, gradient, direction);
    std::copy_n(gradient, n, before_.begin());
    next_squares_ = all;
  }

  void learn(const T*, const T* direction, double) override {
    std::copy_n(direction, this->size(), along_.begin());
    squares_before_ = next_squares_;
  }

  void forget() override { squares_before_ = 0; }

  AlignedVector<T> before_, along_;  // gradient and direction of the iteration before
  double squares_before_ = 0, next_squares_ = 0;
};

}  // namespace

extern constinit const OptimizerRow conjugate_gradient_row{
    .name = "conjugate_gradient",
    .summary = "full batch: Polak-Ribière+ with line search",
    .source = "Nocedal & Wright 2006, section 5.2",
    .minimize_f32 = [](Objective<float>& objective, const OptimizerOptions&) -> std::unique_ptr<Minimizer<float>> {
      return std::make_unique<ConjugateGradient<float>>(objective);
    },
    .minimize_f64 = [](Objective<double>& objective, const OptimizerOptions&) -> std::unique_ptr<Minimizer<double>> {
      return std::make_unique<ConjugateGradient<double>>(objective);
    },
};

}  // namespace ffwd
