// Derivatives of a network: of its outputs with respect to inputs and parameters, and of a scalar made of its outputs.
//
// Forward mode (tangents) costs one pass for each direction, reverse mode (adjoints) one for each output: Griewank &
// Walther (2008), chapters 3 and 5. Products with second derivatives run forward over reverse: Pearlmutter (1994).
#pragma once

#include <cstddef>
#include <functional>
#include <span>

#include "core/aligned.h"
#include "ffwd/matrix.h"
#include "ffwd/network.h"
#include "plan/plan.h"

namespace ffwd {

/// A scalar L of the raw outputs of some rows, by its derivatives. Rows come in pieces: `first` is the number of the
/// first, y holds `rows` of stride ld.
template <class T>
struct OutputRule {
  struct Rows {
    std::size_t first, rows, ld;
    const T* y;
  };
  /// d = ∂L/∂y; padding stays zero.
  std::function<void(const Rows& rows, T* d)> gradient;
  /// d_dot = (∂²L/∂y²) y_dot
  std::function<void(const Rows& rows, const T* y_dot, T* d_dot)> tangent;
};

/// Thread-safe: const, no hidden state. Matrices are float64 whatever T is.
template <class T>
class Derivatives {
 public:
  /// `parameters`: in the layout of a plan of `spec`; not copied.
  Derivatives(const NetworkSpec& spec, const T* parameters);

  [[nodiscard]] const ParameterLayout& layout() const { return plan_.layout(); }
  /// Raw outputs [rows, outputs] for x [rows, inputs].
  [[nodiscard]] Matrix outputs(const Matrix& x) const;
  /// J u of each row, [rows, outputs], for tangents u [rows, inputs].
  [[nodiscard]] Matrix jvp(const Matrix& x, const Matrix& u) const;
  struct Adjoints {
    Matrix x;                     ///< vᵀ J of each row, [rows, inputs]
    AlignedVector<T> parameters;  ///< Σ_rows vᵀ ∂y/∂θ, in the layout
  };
  /// For cotangents v [rows, outputs].
  [[nodiscard]] Adjoints vjp(const Matrix& x, const Matrix& v) const;
  /// ∂y/∂x of each row, [rows, outputs · inputs], row-major in (output, input): forward mode where there are fewer
  /// inputs than outputs, else reverse mode.
  [[nodiscard]] Matrix jacobian(const Matrix& x) const;
  /// Of L: its gradient with respect to x and parameters.
  [[nodiscard]] Adjoints gradient(const Matrix& x, const OutputRule<T>& rule) const;
  /// Of L: (∂²L/∂θ²) direction, in the layout, as is `direction`.
  [[nodiscard]] AlignedVector<T> hessian_product(const Matrix& x, const OutputRule<T>& rule, const T* direction) const;

 private:
  Plan<T> plan_;
  const T* parameters_;
};

}  // namespace ffwd
