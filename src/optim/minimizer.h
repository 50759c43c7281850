// Minimisers: full-batch optimisers over flat vectors of whole blocks. They ask an objective for values and gradients,
// choose the length of their own steps, and take a finished iteration for each epoch of training.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace ffwd {

/// A function of a parameter vector of whole blocks, whose padding is and stays zero.
template <class T>
class Objective {
 public:
  virtual ~Objective() = default;
  /// Numbers in the vector, padding included.
  [[nodiscard]] virtual std::size_t size() const = 0;
  /// The value at `parameters`, and the gradient there, zero in the padding.
  virtual double evaluate(const T* parameters, T* gradient) = 0;
};

/// A sum of squares: value = Σ r² + a penalty that is quadratic in each parameter alone.
template <class T>
class ResidualObjective : public Objective<T> {
 public:
  /// Where in the vector the parameters stand that may move, rising.
  [[nodiscard]] virtual std::span<const std::uint32_t> positions() const = 0;
  [[nodiscard]] virtual std::size_t n_residuals() const = 0;
  /// The Jacobian's rows of the residuals first … first + n − 1: jacobian[n, ld], a column for each of positions(),
  /// zeros behind; and the residuals themselves.
  virtual void residuals(const T* parameters, std::size_t first, std::size_t n, double* residual, double* jacobian,
                         std::size_t ld) = 0;
  /// Half the second derivative of the penalty with respect to each of positions().
  virtual void half_curvature(double* of_each) const = 0;
};

/// What an iteration came to.
struct Iteration {
  double value = 0;   ///< of the objective where the parameters are now
  double step = 0;    ///< how far along its direction it went; 0 if nowhere
  bool done = false;  ///< no step leads lower, or none has for some iterations: further ones would not either
};

template <class T>
class Minimizer {
 public:
  virtual ~Minimizer() = default;
  /// One iteration from `parameters`, which it moves. Between iterations nobody else may.
  virtual Iteration iterate(T* parameters) = 0;
};

/// Counts iterations that gain nothing that rounding lets one see.
class Stagnation {
 public:
  /// True once the value has not fallen for some iterations.
  bool is_over(double before, double after) {
    constexpr double kLeastGain = 1e-15;
    constexpr int kMost = 10;
    const double size = before < 0 ? -before : before;
    waited_ = after < before - kLeastGain * size ? 0 : waited_ + 1;
    return waited_ >= kMost;
  }

 private:
  int waited_ = 0;
};

}  // namespace ffwd
