// Levenberg–Marquardt: Gauss–Newton steps on squared errors, damped until they lead lower.
//
//   (JᵀJ + C + mu · D) delta = −∇/2,   D = the largest diagonal of JᵀJ + C so far,
//
// where J is the residuals' Jacobian and C half the penalty's second derivatives. Source: Levenberg (1944); Marquardt
// (1963); the scaling D by Moré (1978), section 5; the damping's course by Nielsen (1999), equation 2.10.
#include <algorithm>
#include <cmath>

#include "core/aligned.h"
#include "kernels/kernels.h"
#include "optim/cholesky.h"
#include "optim/optimizer.h"

namespace ffwd {
namespace {

constexpr std::size_t kChunk = 256;  // rows of the Jacobian at a time

template <class T>
class LevenbergMarquardt final : public Minimizer<T> {
 public:
  LevenbergMarquardt(ResidualObjective<T>& objective, double damping)
      : objective_(objective),
        n_(objective.positions().size()),
        ld_(padded<double>(n_)),
        damping_(damping),
        gradient_(objective.size()),
        trial_(objective.size()),
        trial_gradient_(objective.size()),
        jacobian_(kChunk * ld_),
        residual_(kChunk),
        hessian_(n_ * ld_),
        part_(n_ * ld_),
        damped_(n_ * ld_),
        factor_(n_ * ld_),
        scale_(ld_),
        curvature_(ld_),
        slope_(ld_),
        delta_(ld_) {}

  Iteration iterate(T* parameters) override;

 private:
  void linearise(const T* parameters);
  bool try_step(T* parameters);
  /// delta from hessian, scale, slope and damping; false if the matrix is not positive definite.
  bool solve();

  ResidualObjective<T>& objective_;
  std::size_t n_, ld_;
  double damping_, growth_ = 2;
  double value_ = 0;
  bool started_ = false;
  AlignedVector<T> gradient_, trial_, trial_gradient_;
  AlignedVector<double> jacobian_, residual_;
  AlignedVector<double> hessian_, part_, damped_, factor_;   // hessian_: half of the Gauss–Newton matrix
  AlignedVector<double> scale_, curvature_, slope_, delta_;  // slope_: half of the gradient
  Stagnation stagnation_;
};

template <class T>
void LevenbergMarquardt<T>::linearise(const T* parameters) {
  const Kernels<double>& k = kernels<double>();
  std::fill(hessian_.begin(), hessian_.end(), 0.0);
  for (std::size_t first = 0; first < objective_.n_residuals(); first += kChunk) {
    const std::size_t rows = std::min(kChunk, objective_.n_residuals() - first);
    objective_.residuals(parameters, first, rows, residual_.data(), jacobian_.data(), ld_);
    k.weight_gradient({.rows = rows,
                       .depth = n_,
                       .columns = n_,
                       .a = jacobian_.data(),
                       .lda = ld_,
                       .d = jacobian_.data(),
                       .ldd = ld_,
                       .g = part_.data(),
                       .ldg = ld_});
    k.add_scaled(hessian_.size(), 1.0, part_.data(), hessian_.data());
  }
  objective_.half_curvature(curvature_.data());
  double largest = 0;
  for (std::size_t i = 0; i < n_; ++i) {
    double& diagonal = hessian_[i * ld_ + i];
    diagonal += curvature_[i];
    scale_[i] = std::max(scale_[i], diagonal);
    largest = std::max(largest, scale_[i]);
    slope_[i] = 0.5 * static_cast<double>(gradient_[objective_.positions()[i]]);
  }
  // A parameter that nothing depends on keeps the matrix definite all the same.
  constexpr double kLeastScale = 1e-12;
  for (std::size_t i = 0; i < n_; ++i) scale_[i] = std::max(scale_[i], largest > 0 ? kLeastScale * largest : 1.0);
}

template <class T>
bool LevenbergMarquardt<T>::solve() {
  std::copy(hessian_.begin(), hessian_.end(), damped_.begin());
  for (std::size_t i = 0; i < n_; ++i) damped_[i * ld_ + i] += damping_ * scale_[i];
  if (!cholesky(n_, ld_, damped_.data(), factor_.data())) return false;
  for (std::size_t i = 0; i < n_; ++i) delta_[i] = -slope_[i];
  solve_cholesky(n_, ld_, factor_.data(), delta_.data());
  return true;
}

template <class T>
bool LevenbergMarquardt<T>::try_step(T* parameters) {
  if (!solve()) return false;
  std::copy_n(parameters, trial_.size(), trial_.begin());
  double foreseen = 0;  // what the model of the objective falls by: −slope·delta + mu · delta·D·delta
  for (std::size_t i = 0; i < n_; ++i) {
    T& moved = trial_[objective_.positions()[i]];
    moved = static_cast<T>(static_cast<double>(moved) + delta_[i]);
    foreseen += delta_[i] * (damping_ * scale_[i] * delta_[i] - slope_[i]);
  }
  const double value = objective_.evaluate(trial_.data(), trial_gradient_.data());
  if (!(value < value_)) return false;
  const double gain = foreseen > 0 ? (value_ - value) / foreseen : 1.0;
  const double bend = 2 * gain - 1;
  damping_ *= std::max(1.0 / 3, 1 - bend * bend * bend);
  growth_ = 2;
  value_ = value;
  std::copy(trial_.begin(), trial_.end(), parameters);
  std::copy(trial_gradient_.begin(), trial_gradient_.end(), gradient_.begin());
  return true;
}

template <class T>
Iteration LevenbergMarquardt<T>::iterate(T* parameters) {
  constexpr int kMostTries = 30;
  constexpr double kLeastDamping = 1e-15, kMostDamping = 1e15;
  if (!started_) {
    value_ = objective_.evaluate(parameters, gradient_.data());
    started_ = true;
  }
  if (!std::isfinite(value_)) return {.value = value_, .done = true};
  linearise(parameters);
  const double before = value_;
  for (int k = 0; k < kMostTries && damping_ < kMostDamping; ++k) {
    if (try_step(parameters)) {
      damping_ = std::max(damping_, kLeastDamping);
      return {.value = value_, .step = 1, .done = stagnation_.is_over(before, value_)};
    }
    damping_ *= growth_;
    growth_ *= 2;
  }
  return {.value = value_, .step = 0, .done = true};
}

constexpr UsedByOptimizer kOptions[] = {{.option = &optimizer_option::kDamping, .value = 1e-3}};

template <class T>
std::unique_ptr<Minimizer<T>> make(Objective<T>& objective, const OptimizerOptions& options) {
  // The row says that it needs residuals.
  return std::make_unique<LevenbergMarquardt<T>>(static_cast<ResidualObjective<T>&>(objective), *options.damping);
}

}  // namespace

extern constinit const OptimizerRow levenberg_marquardt_row{
    .name = "levenberg_marquardt",
    .summary = "full batch: damped Gauss-Newton, for squared errors and at most 2,000 parameters",
    .source = "Levenberg 1944; Marquardt 1963; Nielsen 1999",
    .options = kOptions,
    .minimize_f32 = make<float>,
    .minimize_f64 = make<double>,
    .needs_residuals = true,
};

}  // namespace ffwd
