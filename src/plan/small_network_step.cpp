#include "plan/small_network_step.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <utility>
#include <vector>

#include "plan/dense_step.h"

namespace ffwd {
namespace {

/// The layers as columns, and as a single row, each with arena offsets of its own: a row's padding has to stay zero.
template <class T>
struct SmallLayers {
  std::vector<SmallLayer<T>> columns, row;
  std::size_t input = 0;  ///< columns of the input
};

template <class T>
class SmallNetworkStep final : public Step<T> {
 public:
  SmallNetworkStep(SmallLayers<T> layers, const Value& output) : layers_(std::move(layers)), output_(output) {}

  void forward(const Frame<T>& f) const override {
    if (f.rows == 1) return k_.small_forward(as_row(f));
    const SmallPass<T> pass = as_columns(f);
    const SmallLayer<T>& last = pass.layers.back();
    if (!f.same_input) input_to_columns(f, pass);
    k_.small_forward(pass);
    if (last.a != output_.a) to_rows(f, pass.rows, last.a, output_.a);
    if (last.z != output_.z && output_.z != output_.a) to_rows(f, pass.rows, last.z, output_.z);
  }

  void backward(const Frame<T>& f) const override {
    if (f.rows == 1) return k_.small_backward(as_row(f));
    const SmallPass<T> pass = as_columns(f);
    const std::size_t columns = pass.layers.back().d;
    T* const d = f.arena + output_.d;
    if (columns == output_.d) {  // a single column, whose padding is nobody's
      std::fill(d + f.rows, d + pass.rows, T{0});
    } else {
      k_.transpose(d, f.rows, output_.units, output_.ld, f.arena + columns, pass.rows);
    }
    k_.small_backward(pass);
  }

  void pass(const Frame<T>& f, LossFunction<T> loss, const LossBatch<T>& batch) const override {
    if (f.rows > 1) return Step<T>::pass(f, loss, batch);
    const SmallPass<T> pass = as_row(f);
    k_.small_forward(pass);
    loss(batch);
    k_.small_backward(pass);
  }

  [[nodiscard]] bool descends() const override { return true; }
  std::size_t descend(RowDescent<T>& run) const override {
    run.layers = layers_.row;
    return k_.small_descent(run);
  }

  // No plan for derivatives has this step.
  void tangent(const Frame<T>& /*f*/, const Frame<T>& /*dot*/) const override { assert(false); }
  void tangent_of_backward(const Frame<T>& /*f*/, const Frame<T>& /*dot*/) const override { assert(false); }

 private:
  [[nodiscard]] SmallPass<T> as_row(const Frame<T>& f) const {
    return {layers_.row, 1, f.input, f.parameters, f.arena, f.gradient};
  }
  [[nodiscard]] SmallPass<T> as_columns(const Frame<T>& f) const {
    const std::size_t lanes = k_.vector_lanes;
    const std::size_t rows = (f.rows + lanes - 1) / lanes * lanes;
    return {layers_.columns, rows, f.arena + layers_.input, f.parameters, f.arena, f.gradient};
  }
  /// The padding repeats the first row: zeros could overflow on their way where no row does, and 0 · inf is no zero.
  void input_to_columns(const Frame<T>& f, const SmallPass<T>& pass) const {
    const std::size_t inputs = pass.layers[0].inputs;
    T* column = f.arena + layers_.input;
    k_.transpose(f.input, f.rows, inputs, f.input_ld, column, pass.rows);
    for (std::size_t i = 0; i < inputs; ++i, column += pass.rows) {
      std::fill(column + f.rows, column + pass.rows, *column);
    }
  }
  void to_rows(const Frame<T>& f, std::size_t stride, std::size_t columns, std::size_t rows) const {
    k_.transpose(f.arena + columns, output_.units, f.rows, stride, f.arena + rows, output_.ld);
  }

  const Kernels<T>& k_ = kernels<T>();
  SmallLayers<T> layers_;
  Value output_;
};

bool is_small(const DenseLink& link) {
  return link.reading.value.units <= kSmallUnits && link.target.units <= kSmallUnits && link.weights.mask.empty();
}

template <class T>
void give_room(PlanBuilder<T>& builder, std::size_t numbers, SmallLayer<T>& layer) {
  const bool keeps_z = layer.z != layer.a;
  layer.a = builder.add_scratch(numbers);
  layer.z = keeps_z ? builder.add_scratch(numbers) : layer.a;
  layer.d = builder.add_scratch(numbers);
}

}  // namespace

template <class T>
std::unique_ptr<Step<T>> fuse_small_network(PlanBuilder<T>& builder, std::span<const std::unique_ptr<Step<T>>> steps) {
  const Kernels<T>& k = kernels<T>();
  const Value* before = nullptr;
  std::vector<SmallLayer<T>> layers;
  for (const auto& step : steps) {
    const DenseLink* const link = step->dense_link();
    if (link == nullptr || !is_small(*link)) return nullptr;
    const Value &x = link->reading.value, &y = link->target;
    if (before == nullptr ? !x.is_input : x.is_input || x.a != before->a) return nullptr;
    before = &y;
    layers.push_back({.inputs = x.units,
                      .outputs = y.units,
                      .weight = link->weights.weight,
                      .ldw = link->weights.weight_ld,
                      .narrow = link->weights.narrow,
                      .has_bias = link->weights.has_bias,
                      .bias = link->weights.bias,
                      .z = y.z,
                      .a = y.a,
                      .d = y.d,
                      .unit = y.unit->index,
                      .value = k.unit_value[y.unit->index],
                      .slope = k.unit_slope[y.unit->index],
                      .parameter = static_cast<T>(y.unit_parameter)});
  }
  if (layers.empty()) return nullptr;
  const std::size_t stride = padded<T>(builder.capacity());
  SmallLayers<T> both{.columns = layers, .row = layers};
  // The loss reads the last layer's row where the plan says, and its column as well if there is but one.
  const std::size_t n = layers.size(), moved = before->ld == 1 ? n - 1 : n;
  for (std::size_t l = 0; l < moved; ++l) give_room(builder, layers[l].outputs * stride, both.columns[l]);
  for (std::size_t l = 0; l + 1 < n; ++l) give_room(builder, kLanes<T>, both.row[l]);
  both.input = builder.add_scratch(layers.front().inputs * stride);
  return std::make_unique<SmallNetworkStep<T>>(std::move(both), *before);
}

template std::unique_ptr<Step<float>> fuse_small_network(PlanBuilder<float>&,
                                                         std::span<const std::unique_ptr<Step<float>>>);
template std::unique_ptr<Step<double>> fuse_small_network(PlanBuilder<double>&,
                                                          std::span<const std::unique_ptr<Step<double>>>);

}  // namespace ffwd
