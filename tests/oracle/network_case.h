// A case's network and loss as ffwd's own: the spec, its parameters, rows and targets.
#pragma once

#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "core/aligned.h"
#include "core/rows.h"
#include "ffwd/matrix.h"
#include "loss/loss.h"
#include "network/compile.h"
#include "network/derivatives.h"
#include "optim/penalty.h"
#include "oracle/oracle_case.h"

namespace ffwd {

inline Matrix matrix_from(const Json& json) {
  const std::vector<double> values = numbers(json);
  return {json.size(), json.empty() ? 0 : values.size() / json.size(), values};
}

/// Layers and inputs that lead to no output, which ffwd refuses: nothing depends on them, and their gradients are zero.
inline void leave_out_dead_ends(NetworkSpec& network) {
  std::set<std::string> needed(network.outputs.begin(), network.outputs.end());
  for (std::size_t k = network.layers.size(); k-- > 0;) {
    const LayerSpec& layer = network.layers[k];
    if (needed.contains(layer.name)) {
      needed.insert(layer.from.begin(), layer.from.end());
    } else {
      network.layers.erase(network.layers.begin() + static_cast<std::ptrdiff_t>(k));
    }
  }
  std::erase_if(network.inputs, [&](const InputSpec& input) { return !needed.contains(input.name); });
}

/// The nodes of a case that are such layers.
inline std::vector<std::string> dead_ends(const Json& spec, const NetworkSpec& network) {
  std::vector<std::string> names;
  for (const Json& node : spec.at("nodes")) {
    const bool kept = network.size_of(node.at("name").get<std::string>()) > 0;
    if (!kept && node.at("op") != "input") names.push_back(node.at("name"));
  }
  return names;
}

inline NetworkSpec spec_from(const Json& spec) {
  NetworkSpec network;
  for (const Json& node : spec.at("nodes")) {
    const std::string op = node.at("op");
    if (op == "input") {
      network.inputs.push_back({.name = node.at("name"), .size = node.at("size")});
      continue;
    }
    LayerSpec layer{.name = node.at("name"), .type = op, .from = node.at("from"), .size = node.at("size")};
    layer.unit = node.value("unit", "identity");
    const Json parameters = member_or_none(node, "unit_params");
    for (const auto& [name, value] : parameters.items()) layer.options[name] = value;
    if (node.contains("pieces")) layer.options["pieces"] = node.at("pieces");
    if (!node.value("bias", true)) layer.options["bias"] = 0;
    network.layers.push_back(std::move(layer));
  }
  network.outputs = {spec.at("output")};
  leave_out_dead_ends(network);
  network.validate();
  return network;
}

/// The name of a range as the vectors have it: "h.weight" is "h.W".
inline std::string oracle_name(const std::string& range) {
  const std::size_t dot = range.rfind('.');
  const std::string kind = range.substr(dot + 1);
  if (kind == "weight" || kind == "centre") return range.substr(0, dot) + ".W";
  if (kind == "bias") return range.substr(0, dot) + ".b";
  return range;
}

template <class T>
AlignedVector<T> parameters_from(const ParameterLayout& layout, const Json& named) {
  AlignedVector<T> parameters(layout.size());
  for (const ParameterRange& range : layout.ranges()) {
    const std::vector<double> values = numbers(named.at(oracle_name(range.name)));
    const std::vector<T> cast(values.begin(), values.end());
    if (cast.size() != range.n_values()) throw std::runtime_error(range.name + " has another size");
    layout.write(range, std::span<const T>(cast), parameters.data());
  }
  return parameters;
}

template <class T>
void check_parameters(Checker& check, const std::string& field, const ParameterLayout& layout,
                      const AlignedVector<T>& parameters) {
  for (const ParameterRange& range : layout.ranges()) {
    std::vector<T> values(range.n_values());
    layout.read(range, parameters.data(), std::span<T>(values));
    check.is(field, oracle_name(range.name), std::vector<double>(values.begin(), values.end()));
  }
}

/// The inputs' rows side by side, in the order of the network's inputs.
inline Matrix rows_from(const NetworkSpec& network, const Json& named) {
  Matrix rows(named.at(network.inputs[0].name).size(), network.n_inputs());
  std::size_t column = 0;
  for (const InputSpec& input : network.inputs) {
    const Matrix part = matrix_from(named.at(input.name));
    for (std::size_t n = 0; n < rows.rows(); ++n) {
      std::ranges::copy(part.row(n), rows.row(n).begin() + static_cast<std::ptrdiff_t>(column));
    }
    column += input.size;
  }
  return rows;
}

/// Columns first … first + count of a matrix whose rows are `blocks` blocks of all columns.
inline std::vector<double> columns_of(const Matrix& m, std::size_t blocks, std::size_t first, std::size_t count) {
  std::vector<double> values;
  const std::size_t width = m.columns() / blocks;
  for (std::size_t n = 0; n < m.rows(); ++n) {
    for (std::size_t b = 0; b < blocks; ++b) {
      for (std::size_t k = 0; k < count; ++k) values.push_back(m(n, b * width + first + k));
    }
  }
  return values;
}

/// A loss of the vectors, on some rows.
template <class T>
class OracleLoss {
 public:
  OracleLoss(const Json& spec, const Json& targets, const Json& weights)
      : mean_(spec.at("batch") == "mean"), targets_(numbers(targets)), weights_(numbers(weights)) {
    static const std::map<std::string, std::string> kNames = {{"bce_with_logits", "binary_cross_entropy"},
                                                              {"k_binary", "binary_cross_entropy"},
                                                              {"softmax_ce", "categorical_cross_entropy"},
                                                              {"gaussian_nll", "gaussian"},
                                                              {"laplace_nll", "laplace"},
                                                              {"poisson_nll", "poisson"},
                                                              {"quantile", "pinball"}};
    const std::string kind = spec.at("kind");
    const auto renamed = kNames.find(kind);
    const LossRow* const row = find_row(losses(), renamed == kNames.end() ? kind : renamed->second);
    if (row == nullptr) throw std::runtime_error("no loss " + kind);
    LossOptions options{.delta = spec.value("delta", 1.0),
                        .label_smoothing = spec.value("label_smoothing", 0.0),
                        .sum_outputs = spec.at("outputs") == "sum",
                        .full = spec.value("full", false),
                        .soft_targets = spec.value("target", "index") == "prob"};
    if (spec.contains("taus")) options.levels = numbers(spec.at("taus"));
    loss_ = Loss(*row, options);
    const std::size_t rows = targets.size();
    target_columns_ = rows == 0 ? 0 : targets_.size() / rows;
    if (weights_.empty()) weights_.assign(rows, 1.0);
    double total = 0;
    for (const double w : weights_) total += w;
    scale_ = mean_ ? 1 / total : 1;
  }

  struct Result {
    double loss = 0;
    std::vector<double> per_row, gradient, tangent;
  };

  /// Of rows `first` … of the targets; `y_dot` may be empty. Rows of y have no gaps.
  [[nodiscard]] Result at(std::size_t first, const Matrix& y, const Matrix& y_dot = {}) const {
    const std::size_t rows = y.rows(), outputs = y.columns(), ld = outputs == 1 ? 1 : padded<T>(outputs);
    const std::size_t ldt = target_columns_ == 1 ? 1 : padded<T>(target_columns_);
    AlignedVector<T> yy = laid_out(y, ld), dot = y_dot.rows() == 0 ? AlignedVector<T>() : laid_out(y_dot, ld);
    AlignedVector<T> dy(yy.size()), dy_dot(yy.size()), t(padded<T>(rows * ldt)), w(padded<T>(rows)),
        per(padded<T>(rows));
    for (std::size_t n = 0; n < rows; ++n) {
      for (std::size_t k = 0; k < target_columns_; ++k) {
        t[n * ldt + k] = static_cast<T>(targets_[(first + n) * target_columns_ + k]);
      }
      w[n] = static_cast<T>(weights_[first + n]);
    }
    loss_.batch(LossBatch<T>{.rows = rows,
                             .outputs = outputs,
                             .y = yy.data(),
                             .ldy = ld,
                             .t = t.data(),
                             .ldt = ldt,
                             .weight = w.data(),
                             .scale = static_cast<T>(scale_),
                             .per_row = per.data(),
                             .dy = dy.data(),
                             .lddy = ld,
                             .y_dot = dot.empty() ? nullptr : dot.data(),
                             .dy_dot = dot.empty() ? nullptr : dy_dot.data()});
    Result result{.per_row = {per.begin(), per.begin() + static_cast<std::ptrdiff_t>(rows)},
                  .gradient = flat(dy, rows, outputs, ld),
                  .tangent = dot.empty() ? std::vector<double>() : flat(dy_dot, rows, outputs, ld)};
    for (std::size_t n = 0; n < rows; ++n) result.loss += scale_ * weights_[first + n] * result.per_row[n];
    return result;
  }

  /// The answers that the vectors call predictions: probabilities, rates, means.
  [[nodiscard]] std::vector<double> prediction(const Matrix& y) const {
    const std::size_t ld = y.columns() == 1 ? 1 : padded<T>(y.columns());
    AlignedVector<T> linked = laid_out(y, ld);
    loss_.link(linked.data(), ld, y.rows(), y.columns());
    const bool halved = loss_.row().outputs == LossOutputs::kLocationScale;
    return flat(linked, y.rows(), halved ? y.columns() / 2 : y.columns(), ld);
  }

  [[nodiscard]] OutputRule<T> rule() const {
    using Rows = typename OutputRule<T>::Rows;
    return {.gradient = [this](const Rows& r, T* d) { put(at(r.first, taken(r, r.y)).gradient, r, d); },
            .tangent = [this](const Rows& r, const T* y_dot,
                              T* d_dot) { put(at(r.first, taken(r, r.y), taken(r, y_dot)).tangent, r, d_dot); }};
  }
  void set_outputs(std::size_t outputs) { outputs_ = outputs; }
  [[nodiscard]] const Loss& loss() const { return loss_; }

 private:
  [[nodiscard]] static AlignedVector<T> laid_out(const Matrix& y, std::size_t ld) {
    AlignedVector<T> numbers(padded<T>(y.rows() * ld));
    for (std::size_t n = 0; n < y.rows(); ++n) {
      for (std::size_t k = 0; k < y.columns(); ++k) numbers[n * ld + k] = static_cast<T>(y(n, k));
    }
    return numbers;
  }
  [[nodiscard]] static std::vector<double> flat(const AlignedVector<T>& from, std::size_t rows, std::size_t columns,
                                                std::size_t ld) {
    std::vector<double> values;
    for (std::size_t i = 0; i < rows * columns; ++i) {
      values.push_back(static_cast<double>(from[i / columns * ld + i % columns]));
    }
    return values;
  }
  [[nodiscard]] Matrix taken(const typename OutputRule<T>::Rows& r, const T* from) const {
    Matrix y(r.rows, outputs_);
    for (std::size_t n = 0; n < r.rows; ++n) {
      for (std::size_t k = 0; k < outputs_; ++k) y(n, k) = static_cast<double>(from[n * r.ld + k]);
    }
    return y;
  }
  void put(const std::vector<double>& values, const typename OutputRule<T>::Rows& r, T* to) const {
    for (std::size_t i = 0; i < values.size(); ++i) {
      to[i / outputs_ * r.ld + i % outputs_] = static_cast<T>(values[i]);
    }
  }

  bool mean_;
  std::vector<double> targets_, weights_;
  std::size_t target_columns_ = 0, outputs_ = 0;
  double scale_ = 1;
  Loss loss_;
};

inline std::vector<Penalty> penalties_from(const Json& spec) {
  std::vector<Penalty> penalties;
  for (const Json& p : member_or_none(spec, "penalties")) {
    const std::string kind = p.at("kind"), on = p.at("on");
    if (kind != "l1" && kind != "l2") throw std::runtime_error("no penalty " + kind);
    if (on != "weights" && on != "weights+biases") throw std::runtime_error("no penalty on " + on);
    penalties.push_back({.kind = kind == "l1" ? PenaltyKind::kL1 : PenaltyKind::kL2,
                         .lambda = p.at("lambda"),
                         .half = p.value("half", false),
                         .biases = on == "weights+biases"});
  }
  return penalties;
}

}  // namespace ffwd
