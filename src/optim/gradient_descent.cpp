// Gradient descent over all rows, the length of each step by a line search. Nocedal & Wright (2006), section 3.3.
#include <algorithm>

#include "optim/descent.h"
#include "optim/optimizer.h"

namespace ffwd {
namespace {

template <class T>
class GradientDescent final : public Descent<T> {
 public:
  explicit GradientDescent(Objective<T>& objective) : Descent<T>(objective, {.curvature = 0.5}) {}

 private:
  void choose_direction(const T* gradient, T* direction) override {
    std::fill_n(direction, this->size(), T{0});
    kernels<T>().add_scaled(this->size(), T{-1}, gradient, direction);
  }
};

}  // namespace

extern constinit const OptimizerRow gradient_descent_row{
    .name = "gradient_descent",
    .summary = "full batch: steepest descent with line search",
    .source = "Nocedal & Wright 2006, section 3.3",
    .minimize_f32 = [](Objective<float>& objective, const OptimizerOptions&) -> std::unique_ptr<Minimizer<float>> {
      return std::make_unique<GradientDescent<float>>(objective);
    },
    .minimize_f64 = [](Objective<double>& objective, const OptimizerOptions&) -> std::unique_ptr<Minimizer<double>> {
      return std::make_unique<GradientDescent<double>>(objective);
    },
};

}  // namespace ffwd
