#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "network/compile.h"
#include "support/small_network.h"

namespace ffwd {
namespace {

LayerSpec norm(std::size_t size, double epsilon = 1e-5) {
  return {.name = "n", .type = "batch_norm", .from = {"x"}, .size = size, .options = {{"epsilon", epsilon}}};
}

/// A pass as in training, which standardises over the rows: of the network x [2] -> dense [2] -> batch_norm [2].
class Training {
 public:
  explicit Training(std::size_t rows) : rows_(rows), numbers_(rows), input_(rows * padded<double>(2)) {
    NetworkSpec spec{.inputs = {{"x", 2}},
                     .layers = {{.name = "d", .type = "dense", .from = {"x"}, .size = 2, .unit = "tanh"}, norm(2)},
                     .outputs = {"n"}};
    spec.layers[1].from = {"d"};
    spec.validate();
    plan_.emplace(compile<double>(spec, rows));
    parameters.resize(plan_->layout().size());
    gradient.resize(parameters.size());
    arena_.resize(plan_->arena_size());
    transposed_.resize(plan_->transposed_size());
    initialise(plan_->layout(), 3, parameters.data());
    std::iota(numbers_.begin(), numbers_.end(), 0U);
    for (std::size_t n = 0; n < rows; ++n) {
      for (std::size_t c = 0; c < 2; ++c) input_[n * padded<double>(2) + c] = std::sin(static_cast<double>(5 * n + c));
    }
  }

  /// Outputs, row by row; if `weights` are given also the gradient of their sum of products with the outputs.
  std::vector<double> pass(const std::vector<double>& weights = {}) {
    const Frame<double> frame{.rows = rows_,
                              .parameters = parameters.data(),
                              .transposed = transposed_.data(),
                              .arena = arena_.data(),
                              .gradient = gradient.data(),
                              .input = input_.data(),
                              .input_ld = padded<double>(2),
                              .row_numbers = numbers_.data()};
    plan_->prepare(parameters.data(), transposed_.data());
    plan_->forward(frame);
    std::vector<double> y;
    const std::size_t ld = plan_->output().ld;
    for (std::size_t n = 0; n < rows_; ++n)
      y.insert(y.end(), {plan_->outputs(frame)[n * ld], plan_->outputs(frame)[n * ld + 1]});
    if (!weights.empty()) {
      for (std::size_t i = 0; i < weights.size(); ++i) plan_->output_gradient(frame)[i / 2 * ld + i % 2] = weights[i];
      plan_->backward(frame);
    }
    return y;
  }

  [[nodiscard]] const ParameterRange& range(std::string_view name) const {
    for (const ParameterRange& range : plan_->layout().ranges()) {
      if (range.name == name) return range;
    }
    ADD_FAILURE() << name;
    return plan_->layout().ranges()[0];
  }
  [[nodiscard]] const ParameterLayout& layout() const { return plan_->layout(); }

  AlignedVector<double> parameters, gradient;

 private:
  std::size_t rows_;
  std::vector<std::uint32_t> numbers_;
  std::optional<Plan<double>> plan_;
  AlignedVector<double> arena_, transposed_, input_;
};

TEST(BatchNormLayer, OutsideOfTrainingGoesByTheRunningMeanAndVariance) {
  SmallNetwork n({{"x", 2}}, {norm(2, 1e-12)});
  EXPECT_EQ(n.parameter_names(), (std::vector<std::string>{"n.scale", "n.bias", "n.mean", "n.variance"}));
  EXPECT_EQ(n.spec().n_parameters(), 8U);
  expect_near(n.outputs({3, -4}), {3, -4}, 1e-11);
  n.set("n.scale", {2, 3}).set("n.bias", {10, 20}).set("n.mean", {1, -1}).set("n.variance", {4, 9});
  expect_near(n.outputs({3, -4}), {12, 17}, 1e-11);
  expect_near(n.jacobian({3, -4}), {1, 0, 0, 1}, 1e-11);
  expect_near(n.gradient("n.scale", {3, -4}, {1, 1}), {1, -1}, 1e-11);
  expect_near(n.gradient("n.bias", {3, -4}, {1, 1}), {1, 1});
  expect_near(n.gradient("n.mean", {3, -4}, {1, 1}), {0, 0});
  expect_near(n.gradient("n.variance", {3, -4}, {1, 1}), {0, 0});
}

TEST(BatchNormLayer, InTrainingStandardisesEachUnitOverTheRows) {
  for (const std::size_t rows : {2U, 3U, 17U, 256U}) {
    Training training(rows);
    const std::vector<double> y = training.pass();
    for (std::size_t c = 0; c < 2; ++c) {
      double sum = 0, squares = 0;
      for (std::size_t n = 0; n < rows; ++n) {
        sum += y[2 * n + c];
        squares += y[2 * n + c] * y[2 * n + c];
      }
      EXPECT_NEAR(sum / static_cast<double>(rows), 0, 1e-12);
      EXPECT_NEAR(squares / static_cast<double>(rows), 1, 1e-3);  // but for epsilon
    }
  }
}

TEST(BatchNormLayer, InTrainingHasTheGradientOfItsValuesThroughMeanAndVariance) {
  constexpr std::size_t kRows = 7;
  Training training(kRows);
  std::vector<double> weights;
  for (std::size_t i = 0; i < 2 * kRows; ++i) weights.push_back(std::cos(static_cast<double>(3 * i)));
  const auto value = [&] {
    const std::vector<double> y = training.pass();
    return std::inner_product(y.begin(), y.end(), weights.begin(), 0.0);
  };
  training.pass(weights);
  const AlignedVector<double> gradient = training.gradient;
  for (const char* name : {"d.weight", "d.bias", "n.scale", "n.bias"}) {
    const ParameterRange& range = training.range(name);
    for (std::size_t i = 0; i < range.n_values(); ++i) {
      double& p = training.parameters[range.position(i)];
      const double here = p, h = 1e-6;
      p = here + h;
      const double above = value();
      p = here - h;
      const double below = value();
      p = here;
      EXPECT_NEAR(gradient[range.position(i)], (above - below) / (2 * h), 1e-8) << name << " " << i;
    }
  }
}

TEST(BatchNormLayer, LeavesForEachRowHowFarTheStatisticsAreFromTheBatchs) {
  Training training(3);
  const ParameterRange &mean = training.range("n.mean"), &variance = training.range("n.variance");
  // y = (x − mean) / sqrt(variance + epsilon) of the first pass says what the batch's were.
  training.pass({0, 0, 0, 0, 0, 0});
  const double batch_mean = 0 - training.gradient[mean.offset] / 3;
  const double batch_variance = 1 - training.gradient[variance.offset] / 3;  // over n − 1
  training.parameters[mean.offset] = 5;
  training.parameters[variance.offset] = 7;
  training.pass({0, 0, 0, 0, 0, 0});
  EXPECT_NEAR(training.gradient[mean.offset], 3 * (5 - batch_mean), 1e-13);
  EXPECT_NEAR(training.gradient[variance.offset], 3 * (7 - batch_variance), 1e-13);
  // With them a single row gives what it gave among the three.
  training.parameters[mean.offset] = batch_mean;
  training.parameters[variance.offset] = batch_variance * 2 / 3;
  const std::vector<double> among = training.pass();
  Training single(1);
  single.parameters = training.parameters;
  EXPECT_NEAR(single.pass()[0], among[0], 1e-13);
}

TEST(BatchNormLayer, OfOneRowGoesByTheRunningOnesAndLeavesThemAlone) {
  Training training(1);
  training.pass({1, 1});
  for (const char* name : {"n.mean", "n.variance"})
    EXPECT_EQ(training.gradient[training.range(name).offset], 0) << name;
}

}  // namespace
}  // namespace ffwd
