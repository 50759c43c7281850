// Derivatives against central differences of the loss itself.
#include <algorithm>
#include <cmath>
#include <functional>

#include "core/philox.h"
#include "ffwd/derivatives.h"
#include "model/model_derivatives.h"
#include "model/parts.h"

namespace ffwd {
namespace {

constexpr std::size_t kMostRows = 100, kMostNumbers = 100;

/// f'(0) by central differences of two steps, extrapolated (Richardson). A kink within the wide step shows as steps
/// that disagree; one at 0 itself as a difference of the two sides that does not shrink with the step.
class Difference {
 public:
  Difference(const std::function<double(double)>& f, double step) {
    const double here = f(0), near_up = f(step / 2), near_down = f(-step / 2), up = f(step), down = f(-step);
    const double wide = (up - down) / (2 * step), narrow = (near_up - near_down) / step;
    value_ = (4 * narrow - wide) / 3;
    const double wide_gap = std::abs(up - 2 * here + down) / step;
    const double narrow_gap = std::abs(near_up - 2 * here + near_down) / (step / 2);
    const double rounding = 1e-14 * (1 + std::abs(here)) / step;
    noise_ = 0.2 * rounding;
    // Near a minimum the slope is small beside what the curvature makes of a step.
    smooth_ = std::abs(narrow - wide) <= 1e-3 * (std::abs(narrow) + std::abs(wide)) + 1e-2 * wide_gap + rounding &&
              narrow_gap <= 0.75 * wide_gap + rounding;
  }
  [[nodiscard]] double value() const { return value_; }
  [[nodiscard]] bool is_smooth() const { return smooth_; }
  /// What of a disagreement is the difference's own.
  [[nodiscard]] double noise() const { return noise_; }

 private:
  double value_, noise_;
  bool smooth_;
};

double relative_error(double a, double b, double largest) {
  const double size = std::max({std::abs(a), std::abs(b), 1e-6 * largest});
  return size > 0 ? std::abs(a - b) / size : 0;
}

class Checking {
 public:
  Checking(const Model& model, const Table& table)
      : model_(model),
        rows_(all_rows(std::min(table.n_rows(), kMostRows))),
        parameters_(parameters_of_one(model, "the check of derivatives")),
        x_(features_in_double(model, table, rows_)),
        loss_(model, table, rows_) {}

  std::vector<DerivativeCheck> run() {
    const Derivatives<double> network(model_.network(), parameters_.data());
    gradient_ = network.gradient(x_, loss_.rule());
    direction_.resize(parameters_.size());
    const Philox random(0, Purpose::kInitialWeights);
    for (const ParameterRange& range : network.layout().ranges()) {
      if (!range.learned()) continue;
      for (std::size_t i = 0; i < range.n_values(); ++i) {
        direction_[range.position(i)] = 2 * random.uniform(1, range.position(i)) - 1;
      }
    }
    product_ = network.hessian_product(x_, loss_.rule(), direction_.data());
    std::vector<DerivativeCheck> checks;
    for (const ParameterRange& range : network.layout().ranges()) {
      if (range.learned()) checks.push_back(check_tensor(range));
    }
    checks.push_back(check_features());
    return checks;
  }

 private:
  [[nodiscard]] double loss_at(const AlignedVector<double>& parameters, const Matrix& x) const {
    return loss_.value(Derivatives<double>(model_.network(), parameters.data()).outputs(x));
  }
  [[nodiscard]] AlignedVector<double> gradient_at(const AlignedVector<double>& parameters) const {
    return Derivatives<double>(model_.network(), parameters.data()).gradient(x_, loss_.rule()).parameters;
  }

  DerivativeCheck check_tensor(const ParameterRange& range) {
    DerivativeCheck check{.group = range.name};
    double largest = 0, largest_product = 0;
    for (std::size_t i = 0; i < range.n_values(); ++i) {
      largest = std::max(largest, std::abs(gradient_.parameters[range.position(i)]));
      largest_product = std::max(largest_product, std::abs(product_[range.position(i)]));
    }
    const auto& [up, down] = moved_gradients();
    for (const std::size_t i : picked(range.n_values())) {
      const std::size_t at = range.position(i);
      const double here = parameters_[at];
      const Difference difference(
          [&](double h) {
            AlignedVector<double> p = parameters_;
            p[at] = here + h;
            return loss_at(p, x_);
          },
          1e-4 * std::max(1.0, std::abs(here)));
      compare(difference, gradient_.parameters[at], largest, check);
      if (!difference.is_smooth()) continue;
      const double moved = (up[at] - down[at]) / (2 * kStep);
      check.hessian = std::max(check.hessian, relative_error(product_[at], moved, largest_product));
    }
    return check;
  }

  DerivativeCheck check_features() {
    DerivativeCheck check{.group = "features"};
    double largest = 0;
    for (const double g : gradient_.x.values()) largest = std::max(largest, std::abs(g));
    for (const std::size_t i : picked(x_.values().size())) {
      const Difference difference(
          [&](double h) {
            Matrix x = x_;
            x.values()[i] += h;
            return loss_at(parameters_, x);
          },
          1e-4);
      compare(difference, gradient_.x.values()[i], largest, check);
    }
    return check;
  }

  static void compare(const Difference& difference, double derivative, double largest, DerivativeCheck& check) {
    if (!difference.is_smooth()) {
      ++check.n_kinks;
      return;
    }
    ++check.n_checked;
    if (std::abs(derivative - difference.value()) <= difference.noise()) return;
    check.gradient = std::max(check.gradient, relative_error(derivative, difference.value(), largest));
  }

  // Gradients on both sides along the direction of the Hessian's product.
  const std::pair<AlignedVector<double>, AlignedVector<double>>& moved_gradients() {
    if (moved_.first.empty()) {
      AlignedVector<double> up = parameters_, down = parameters_;
      for (std::size_t i = 0; i < up.size(); ++i) {
        up[i] += kStep * direction_[i];
        down[i] -= kStep * direction_[i];
      }
      moved_ = {gradient_at(up), gradient_at(down)};
    }
    return moved_;
  }

  // All of few numbers, or some spread over many.
  static std::vector<std::size_t> picked(std::size_t n) {
    std::vector<std::size_t> indices;
    const std::size_t count = std::min(n, kMostNumbers);
    for (std::size_t k = 0; k < count; ++k) indices.push_back(k * n / count);
    return indices;
  }

  static constexpr double kStep = 1e-6;
  const Model& model_;
  std::vector<RowIndex> rows_;
  AlignedVector<double> parameters_;
  Matrix x_;
  MeanLoss loss_;
  Derivatives<double>::Adjoints gradient_;
  AlignedVector<double> direction_, product_;
  std::pair<AlignedVector<double>, AlignedVector<double>> moved_;
};

}  // namespace

std::vector<DerivativeCheck> check_derivatives(const Model& model, const Table& rows) {
  model.parts().pipeline->check(rows);
  return Checking(model, rows).run();
}

}  // namespace ffwd
