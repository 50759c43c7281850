// One pass through every kernel of a target, so that the targets can be compared to the bit.
#pragma once

#include <cstddef>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "kernels/kernels.h"
#include "kernels/units.h"
#include "reference.h"

namespace ffwd {

/// All that the target's kernels made of the same random numbers, by the name of the kernel.
template <class T>
std::map<std::string, std::vector<T>> everything(const Kernels<T>& k) {
  constexpr std::size_t kRows = 37, kInputs = 29, kOutputs = 45;
  std::map<std::string, std::vector<T>> all;
  const auto x = PaddedMatrix<T>(kRows, kInputs).randomise(1), w = PaddedMatrix<T>(kInputs, kOutputs).randomise(2);
  PaddedMatrix<T> z(kRows, kOutputs), dx(kRows, kInputs), back(kOutputs, kInputs), g(kInputs, kOutputs),
      bias(1, kOutputs);
  k.product({.rows = kRows,
             .depth = kInputs,
             .columns = kOutputs,
             .a = x.data(),
             .lda = x.ld(),
             .b = w.data(),
             .ldb = w.ld(),
             .c = z.data(),
             .ldc = z.ld()});
  all["product"] = z.numbers();
  k.transpose(w.data(), kInputs, kOutputs, w.ld(), back.data(), back.ld());
  k.product({.rows = kRows,
             .depth = kOutputs,
             .columns = kInputs,
             .a = z.data(),
             .lda = z.ld(),
             .b = back.data(),
             .ldb = back.ld(),
             .c = dx.data(),
             .ldc = dx.ld()});
  all["product back"] = dx.numbers();
  k.weight_gradient({kRows, kInputs, kOutputs, x.data(), x.ld(), z.data(), z.ld(), g.data(), g.ld(), bias.data()});
  all["weight_gradient"] = g.numbers();
  all["bias gradient"] = bias.numbers();

  const auto narrow = PaddedMatrix<T>(3, kOutputs).randomise(3);
  PaddedMatrix<T> y(kRows, 3), narrow_g(3, kOutputs), narrow_dx(kRows, kOutputs);
  T narrow_bias[3];
  k.narrow_forward({.rows = kRows,
                    .inputs = kOutputs,
                    .outputs = 3,
                    .x = z.data(),
                    .ldx = z.ld(),
                    .w = narrow.data(),
                    .ldw = narrow.ld(),
                    .y = y.data(),
                    .ldy = y.ld()});
  all["narrow_forward"] = y.numbers();
  k.narrow_gradient({.rows = kRows,
                     .inputs = kOutputs,
                     .outputs = 3,
                     .x = z.data(),
                     .ldx = z.ld(),
                     .d = y.data(),
                     .ldd = y.ld(),
                     .w = narrow.data(),
                     .ldw = narrow.ld(),
                     .g = narrow_g.data(),
                     .g_bias = narrow_bias,
                     .dx = narrow_dx.data(),
                     .lddx = narrow_dx.ld()});
  all["narrow_gradient"] = narrow_g.numbers();
  all["narrow dx"] = narrow_dx.numbers();

  const Rows<T> rows{.rows = kRows, .columns = kOutputs, .x = z.data(), .ld = z.ld()};
  PaddedMatrix<T> standard(kRows, kOutputs), inverse(1, kRows), projected = z, distances(kRows, kOutputs),
                                                                pulled_x(kRows, kInputs), pulled_w(kInputs, kOutputs);
  k.standardise_rows(rows, static_cast<T>(1e-5), standard.data(), inverse.data());
  k.project(rows, standard.data(), standard.data(), T{-1}, projected.data());
  const Centres<T> centres{
      .rows = kRows, .inputs = kInputs, .units = kOutputs, .x = x.data(), .ldx = x.ld(), .w = w.data(), .ld = w.ld()};
  k.distances(centres, x.data(), w.data(), T{1}, distances.data());
  k.pull_rows(centres, distances.data(), T{2}, pulled_x.data(), pulled_x.ld(), false);
  k.pull_centres(centres, distances.data(), T{2}, pulled_w.data(), false);
  all["standardise_rows"] = standard.numbers();
  all["project"] = projected.numbers();
  all["distances"] = distances.numbers();
  all["pull_rows"] = pulled_x.numbers();
  all["pull_centres"] = pulled_w.numbers();

  for (const UnitRow& unit : units()) {
    if (!k.unit_value[unit.index]) continue;
    auto a = z, d = z;
    const T parameter = static_cast<T>(unit.default_parameter);
    k.unit_value[unit.index](z.data(), z.ld(), a.data(), a.ld(), kRows, kOutputs, parameter);
    const auto& s = unit.slope_from_output ? a : z;
    k.unit_slope[unit.index](d.data(), d.ld(), s.data(), s.ld(), kRows, kOutputs, parameter);
    all["value of " + std::string(unit.name)] = a.numbers();
    all["slope of " + std::string(unit.name)] = d.numbers();
    if (!k.unit_curve[unit.index]) continue;
    k.unit_curve[unit.index](a.data(), a.ld(), z.data(), z.ld(), kRows, kOutputs, parameter);
    all["curve of " + std::string(unit.name)] = a.numbers();
  }

  const auto x_dot = PaddedMatrix<T>(kRows, kOutputs).randomise(4);
  const T levels[] = {T{0.1f}, T{0.5f}, T{0.75f}};
  PaddedMatrix<T> t(kRows, kOutputs), dy(kRows, kOutputs), dy_dot(kRows, kOutputs), per_row(1, padded<T>(kRows));
  for (std::size_t n = 0; n < kRows; ++n) t(n, 0) = static_cast<T>(n % 2);
  const auto loss = [&](const std::string& name, void (*kernel)(const LossBatch<T>&), std::size_t outputs) {
    kernel({kRows,        outputs,      z.data(), z.ld(), t.data(), t.ld(), nullptr, 1,      per_row.data(),
            dy.data(),    dy.ld(),      1,        false,  true,     false,  T{0.1f}, levels, std::size(levels),
            x_dot.data(), dy_dot.data()});
    all[name + std::to_string(outputs)] = per_row.numbers();
    all["gradient of " + name + std::to_string(outputs)] = dy.numbers();
    all["tangent of " + name + std::to_string(outputs)] = dy_dot.numbers();
  };
  for (std::size_t outputs : {std::size_t{1}, kOutputs}) {
    loss("squared_error", k.squared_error, outputs);
    loss("absolute_error", k.absolute_error, outputs);
    loss("huber", k.huber, outputs);
    loss("half_squared_error", k.half_squared_error, outputs);
    loss("binary_cross_entropy", k.binary_cross_entropy, outputs);
    loss("perceptron", k.perceptron, outputs);
    loss("poisson", k.poisson, outputs);
  }
  loss("categorical_cross_entropy", k.categorical_cross_entropy, kOutputs);
  for (std::size_t outputs : {std::size_t{2}, kOutputs - 1}) {
    loss("gaussian", k.gaussian, outputs);
    loss("laplace", k.laplace, outputs);
  }
  for (std::size_t outputs : {std::size_t{3}, kOutputs}) {
    loss("pinball", k.pinball, outputs);
    loss("quantile", k.quantile, outputs);
  }
  const auto link = [&](const std::string& name, void (*kernel)(const LinkBatch<T>&), std::size_t outputs) {
    auto answers = z;
    kernel({kRows, outputs, answers.data(), answers.ld(), std::size(levels)});
    all[name] = answers.numbers();
  };
  link("softmax", k.softmax, kOutputs);
  link("sigmoid", k.sigmoid, kOutputs);
  link("exponential", k.exponential, kOutputs);
  link("gaussian_spread", k.gaussian_spread, kOutputs - 1);
  link("laplace_spread", k.laplace_spread, kOutputs - 1);
  link("quantile_levels", k.quantile_levels, kOutputs);

  auto weights = w, m = w, v = w, exponentials = z, logarithms = z, erfs = z;
  for (std::size_t i = 0; i < kInputs; ++i) {
    for (std::size_t j = 0; j < kOutputs; ++j) v(i, j) *= v(i, j);
  }
  k.adam({.n = kInputs * w.ld(),
          .w = weights.data(),
          .g = g.data(),
          .m = m.data(),
          .v = v.data(),
          .beta1 = 0.9f,
          .rest1 = 0.1f,
          .beta2 = 0.999f,
          .rest2 = 0.001f,
          .step = 0.01f,
          .root = 1.5f,
          .epsilon = 1e-8f,
          .keep = 0.9f});
  all["adam"] = weights.numbers();
  k.rmsprop({.n = kInputs * w.ld(),
             .w = weights.data(),
             .g = g.data(),
             .s = v.data(),
             .decay = 0.9f,
             .rest = 0.1f,
             .rate = 0.01f,
             .epsilon = 1e-8f,
             .shrink = 0.001f});
  all["rmsprop"] = weights.numbers();
  k.exp(z.data(), exponentials.data(), kRows * z.ld());
  k.log(exponentials.data(), logarithms.data(), kRows * z.ld());
  k.erf(z.data(), erfs.data(), kRows * z.ld());
  all["erf"] = erfs.numbers();
  all["exp"] = exponentials.numbers();
  all["log"] = logarithms.numbers();
  all["sum_of_squares"] = {static_cast<T>(k.sum_of_squares(kRows * z.ld(), z.data()))};
  all["sum_of_magnitudes"] = {static_cast<T>(k.sum_of_magnitudes(kRows * z.ld(), z.data()))};
  all["dot"] = {static_cast<T>(k.dot(kRows * z.ld(), z.data(), exponentials.data()))};
  return all;
}

/// Targets that fuse multiply-adds agree among themselves to the bit, and so do those that cannot.
template <class T>
void expect_targets_to_agree() {
  std::map<bool, std::map<std::string, std::vector<T>>> first;
  for_each_target<T>([&](const Kernels<T>& k, bool fused) {
    const auto got = everything(k);
    const auto& expected = first.try_emplace(fused, got).first->second;
    for (const auto& [name, numbers] : expected) EXPECT_EQ(got.at(name), numbers) << name;
  });
}

}  // namespace ffwd
