#include "network/derivatives.h"

#include <algorithm>
#include <cassert>

#include "network/compile.h"

namespace ffwd {
namespace {

constexpr std::size_t kRowsAtOnce = 64;

/// The memory of one pass: a frame, and the input's rows as the plan wants them.
template <class T>
class Pass {
 public:
  Pass(const Plan<T>& plan, const T* parameters, bool backward)
      : plan_(plan),
        arena_(plan.arena_size()),
        input_(plan.capacity() * padded<T>(plan.n_inputs())),
        transposed_(backward ? plan.transposed_size() : 0),
        gradient_(backward ? plan.layout().size() : 0) {
    frame_ = {.parameters = parameters,
              .transposed = transposed_.data(),
              .arena = arena_.data(),
              .gradient = gradient_.data(),
              .input = input_.data(),
              .input_ld = padded<T>(plan.n_inputs())};
    if (backward && parameters != nullptr) plan.prepare(parameters, transposed_.data());
  }

  /// Rows `first` … of x as the input.
  void load(const Matrix& x, std::size_t first) {
    frame_.rows = std::min(plan_.capacity(), x.rows() - first);
    for (std::size_t n = 0; n < frame_.rows; ++n) put(x.row(first + n), input_.data() + n * frame_.input_ld);
  }
  void use_no_input() { frame_.input = nullptr; }
  void set_rows(std::size_t rows) { frame_.rows = rows; }
  void store(const T* from, std::size_t ld, Matrix& to, std::size_t first) const {
    for (std::size_t n = 0; n < frame_.rows; ++n) {
      std::ranges::transform(std::span(from + n * ld, to.columns()), to.row(first + n).begin(),
                             [](T value) { return static_cast<double>(value); });
    }
  }
  void store_outputs(Matrix& to, std::size_t first) const {
    store(plan_.outputs(frame_), plan_.output().ld, to, first);
  }

  [[nodiscard]] const Frame<T>& frame() const { return frame_; }
  [[nodiscard]] const AlignedVector<T>& gradient() const { return gradient_; }

 private:
  static void put(std::span<const double> from, T* to) {
    std::ranges::transform(from, to, [](double value) { return static_cast<T>(value); });
  }

  const Plan<T>& plan_;
  AlignedVector<T> arena_, input_, transposed_, gradient_;
  Frame<T> frame_;
};

template <class T>
typename OutputRule<T>::Rows rows_of(const Plan<T>& plan, const Frame<T>& f, std::size_t first) {
  return {.first = first, .rows = f.rows, .ld = plan.output().ld, .y = plan.outputs(f)};
}

}  // namespace

template <class T>
Derivatives<T>::Derivatives(const NetworkSpec& spec, const T* parameters)
    : plan_(compile<T>(spec, kRowsAtOnce, PlanUse::kDerivatives)), parameters_(parameters) {}

template <class T>
Matrix Derivatives<T>::outputs(const Matrix& x) const {
  Matrix y(x.rows(), plan_.output().units);
  Pass<T> pass(plan_, parameters_, /*backward=*/false);
  for (std::size_t first = 0; first < x.rows(); first += kRowsAtOnce) {
    pass.load(x, first);
    plan_.forward(pass.frame());
    pass.store_outputs(y, first);
  }
  return y;
}

template <class T>
Matrix Derivatives<T>::jvp(const Matrix& x, const Matrix& u) const {
  assert(u.rows() == x.rows() && u.columns() == x.columns());
  Matrix y_dot(x.rows(), plan_.output().units);
  Pass<T> pass(plan_, parameters_, false), dot(plan_, nullptr, false);
  for (std::size_t first = 0; first < x.rows(); first += kRowsAtOnce) {
    pass.load(x, first);
    dot.load(u, first);
    plan_.forward(pass.frame());
    plan_.tangent(pass.frame(), dot.frame());
    dot.store_outputs(y_dot, first);
  }
  return y_dot;
}

template <class T>
typename Derivatives<T>::Adjoints Derivatives<T>::vjp(const Matrix& x, const Matrix& v) const {
  assert(v.rows() == x.rows() && v.columns() == plan_.output().units);
  return gradient(x, {.gradient =
                          [&](const typename OutputRule<T>::Rows& rows, T* d) {
                            for (std::size_t n = 0; n < rows.rows; ++n) {
                              std::ranges::transform(v.row(rows.first + n), d + n * rows.ld,
                                                     [](double value) { return static_cast<T>(value); });
                            }
                          },
                      .tangent = {}});
}

template <class T>
typename Derivatives<T>::Adjoints Derivatives<T>::gradient(const Matrix& x, const OutputRule<T>& rule) const {
  Adjoints sum{.x = Matrix(x.rows(), x.columns()), .parameters = AlignedVector<T>(layout().size())};
  Pass<T> pass(plan_, parameters_, true);
  const Frame<T>& f = pass.frame();
  for (std::size_t first = 0; first < x.rows(); first += kRowsAtOnce) {
    pass.load(x, first);
    plan_.forward(f);
    rule.gradient(rows_of(plan_, f, first), plan_.output_gradient(f));
    plan_.backward(f);
    pass.store(plan_.input_gradient(f), padded<T>(plan_.n_inputs()), sum.x, first);
    kernels<T>().add_scaled(layout().size(), T{1}, pass.gradient().data(), sum.parameters.data());
  }
  return sum;
}

template <class T>
Matrix Derivatives<T>::jacobian(const Matrix& x) const {
  const std::size_t inputs = plan_.n_inputs(), outputs = plan_.output().units;
  Matrix jacobian(x.rows(), outputs * inputs);
  if (inputs < outputs) {
    for (std::size_t i = 0; i < inputs; ++i) {
      Matrix u(x.rows(), inputs);
      for (std::size_t n = 0; n < x.rows(); ++n) u(n, i) = 1;
      const Matrix column = jvp(x, u);
      for (std::size_t n = 0; n < x.rows(); ++n) {
        for (std::size_t o = 0; o < outputs; ++o) jacobian(n, o * inputs + i) = column(n, o);
      }
    }
    return jacobian;
  }
  for (std::size_t o = 0; o < outputs; ++o) {
    Matrix v(x.rows(), outputs);
    for (std::size_t n = 0; n < x.rows(); ++n) v(n, o) = 1;
    const Matrix line = vjp(x, v).x;
    for (std::size_t n = 0; n < x.rows(); ++n) std::ranges::copy(line.row(n), &jacobian(n, o * inputs));
  }
  return jacobian;
}

template <class T>
AlignedVector<T> Derivatives<T>::hessian_product(const Matrix& x, const OutputRule<T>& rule, const T* direction) const {
  AlignedVector<T> sum(layout().size());
  Pass<T> pass(plan_, parameters_, true), moves(plan_, direction, true);
  moves.use_no_input();
  const Frame<T>&f = pass.frame(), &dot = moves.frame();
  for (std::size_t first = 0; first < x.rows(); first += kRowsAtOnce) {
    pass.load(x, first);
    moves.set_rows(f.rows);
    plan_.forward(f);
    rule.gradient(rows_of(plan_, f, first), plan_.output_gradient(f));
    plan_.backward(f);
    plan_.tangent(f, dot);
    rule.tangent(rows_of(plan_, f, first), plan_.outputs(dot), plan_.output_gradient(dot));
    plan_.tangent_of_backward(f, dot);
    kernels<T>().add_scaled(layout().size(), T{1}, moves.gradient().data(), sum.data());
  }
  return sum;
}

template class Derivatives<float>;
template class Derivatives<double>;

}  // namespace ffwd
