// L-BFGS: Newton's method with the curvature of the last m steps. Liu & Nocedal (1989); Nocedal & Wright (2006),
// algorithms 7.4 (two-loop recursion) and 7.5. Notation here = notation there: s steps, y changes of the gradient,
// rho = 1 / s·y, gamma = s·y / y·y.
#include <algorithm>
#include <vector>

#include "optim/descent.h"
#include "optim/optimizer.h"

namespace ffwd {
namespace {

template <class T>
class Lbfgs final : public Descent<T> {
 public:
  Lbfgs(Objective<T>& objective, std::size_t memory)
      : Descent<T>(objective, {.curvature = 0.9}),
        pairs_(memory, Pair(objective.size())),
        alpha_(memory),
        before_(objective.size()) {}

 private:
  struct Pair {
    explicit Pair(std::size_t n) : s(n), y(n) {}
    AlignedVector<T> s, y;
    double rho = 0;
  };

  /// The k-th youngest pair, from 0.
  [[nodiscard]] Pair& pair(std::size_t k) { return pairs_[(next_ + pairs_.size() - 1 - k) % pairs_.size()]; }

  void choose_direction(const T* gradient, T* direction) override {
    const Kernels<T>& kernel = kernels<T>();
    const std::size_t n = this->size();
    std::copy_n(gradient, n, before_.begin());
    std::fill_n(direction, n, T{0});
    kernel.add_scaled(n, T{-1}, gradient, direction);
    for (std::size_t k = 0; k < held_; ++k) {
      alpha_[k] = pair(k).rho * kernel.dot(n, pair(k).s.data(), direction);
      kernel.add_scaled(n, static_cast<T>(-alpha_[k]), pair(k).y.data(), direction);
    }
    if (held_ > 0) kernel.scale(n, static_cast<T>(gamma_), direction);
    for (std::size_t k = held_; k-- > 0;) {
      const double beta = pair(k).rho * kernel.dot(n, pair(k).y.data(), direction);
      kernel.add_scaled(n, static_cast<T>(alpha_[k] - beta), pair(k).s.data(), direction);
    }
  }

  void learn(const T* gradient, const T* direction, double step) override {
    const Kernels<T>& kernel = kernels<T>();
    const std::size_t n = this->size();
    Pair& made = pairs_[next_];
    std::fill_n(made.s.begin(), n, T{0});
    kernel.add_scaled(n, static_cast<T>(step), direction, made.s.data());
    std::copy_n(gradient, n, made.y.begin());
    kernel.add_scaled(n, T{-1}, before_.data(), made.y.data());
    const double sy = kernel.dot(n, made.s.data(), made.y.data());
    const double yy = kernel.sum_of_squares(n, made.y.data());
    // The Wolfe conditions make s·y positive; where rounding does not, the pair says nothing of the curvature.
    constexpr double kLeastCurvature = 1e-16;
    if (!(sy > kLeastCurvature * yy)) {
      held_ = std::min(held_, pairs_.size() - 1);  // the oldest pair of a full memory has been written over
      return;
    }
    made.rho = 1 / sy;
    gamma_ = sy / yy;
    next_ = (next_ + 1) % pairs_.size();
    held_ = std::min(held_ + 1, pairs_.size());
  }

  void forget() override { held_ = 0; }

  [[nodiscard]] double first_step(double slope) const override { return held_ == 0 ? this->cautious_step(slope) : 1.0; }

  std::vector<Pair> pairs_;
  std::vector<double> alpha_;
  AlignedVector<T> before_;  // the gradient of the iteration before
  std::size_t next_ = 0, held_ = 0;
  double gamma_ = 1;
};

constexpr UsedByOptimizer kOptions[] = {{.option = &optimizer_option::kLbfgsMemory, .value = 10}};

}  // namespace

extern constinit const OptimizerRow lbfgs_row{
    .name = "lbfgs",
    .summary = "full batch: limited-memory BFGS with line search",
    .source = "Liu & Nocedal 1989",
    .options = kOptions,
    .minimize_f32 = [](Objective<float>& objective, const OptimizerOptions& o) -> std::unique_ptr<Minimizer<float>> {
      return std::make_unique<Lbfgs<float>>(objective, static_cast<std::size_t>(*o.lbfgs_memory));
    },
    .minimize_f64 = [](Objective<double>& objective, const OptimizerOptions& o) -> std::unique_ptr<Minimizer<double>> {
      return std::make_unique<Lbfgs<double>>(objective, static_cast<std::size_t>(*o.lbfgs_memory));
    },
};

}  // namespace ffwd
