// worked.json, but for its networks: counts of parameters, identities, tables, and curves that small networks must fit.
#include <gtest/gtest.h>

#include "ffwd/metrics.h"
#include "network/initialise.h"
#include "oracle/minimise.h"

namespace ffwd {
namespace {

void check_param_count(const OracleCase& c) {
  const std::vector<std::size_t> sizes = c.spec.at("sizes");
  ASSERT_TRUE(c.spec.at("bias").get<bool>()) << c.id;
  const NetworkSpec network =
      dense_network(sizes.front(), {sizes.begin() + 1, sizes.end() - 1}, {"relu"}, sizes.back());
  std::vector<double> per_layer;
  for (const LayerSpec& layer : network.layers) per_layer.push_back(static_cast<double>(network.n_parameters(layer)));
  Checker check(c);
  check.is("param_count", static_cast<double>(network.n_parameters()));
  check.is("per_layer", per_layer);
  EXPECT_EQ(check.faults(), "");
}

void check_cross_entropy(const OracleCase& c) {
  const std::vector<std::size_t> labels = c.inputs.at("labels");
  const Matrix p = matrix_from(c.inputs.at("probabilities"));
  std::vector<double> per_sample;
  for (std::size_t n = 0; n < labels.size(); ++n) {
    Matrix row(1, p.columns(), std::vector<double>(p.row(n).begin(), p.row(n).end()));
    per_sample.push_back(classification_metrics({&labels[n], 1}, row)["log_loss"]);
  }
  const Metrics all = classification_metrics(labels, p);
  Checker check(c);
  check.is("per_sample", per_sample);
  check.is("mean", all["log_loss"]);
  check.is("sum", all["log_loss"] * static_cast<double>(labels.size()));
  check.is("accuracy", all["accuracy"]);
  EXPECT_EQ(check.faults(), "");
}

// Two classes from one logit, or from two of which the first is 0.
void check_bernoulli_is_softmax(const OracleCase& c) {
  const Matrix a = matrix_from(c.inputs.at("a"));
  Matrix both(a.rows(), 2);
  for (std::size_t n = 0; n < a.rows(); ++n) both(n, 1) = a(n, 0);
  const OracleLoss<double> one(c.spec.at("loss_1"), c.inputs.at("t"), Json::array());
  const OracleLoss<double> two(c.spec.at("loss_2"), c.inputs.at("t"), Json::array());
  std::vector<double> second;
  for (std::size_t n = 0; n < a.rows(); ++n) second.push_back(two.prediction(both)[2 * n + 1]);
  Checker check(c);
  check.is("per_sample", one.at(0, a).per_row);
  check.is("per_sample", two.at(0, both).per_row);
  check.is("loss", one.at(0, a).loss);
  check.is("loss", two.at(0, both).loss);
  check.is("probability", one.prediction(a));
  check.is("probability", second);
  EXPECT_EQ(check.faults(), "");
}

double unit_at(const char* unit, double x) {
  const NetworkSpec spec{.inputs = {{.name = "x", .size = 1}},
                         .layers = {{.name = "u", .type = "activation", .from = {"x"}, .size = 1, .unit = unit}},
                         .outputs = {"u"}};
  return Derivatives<double>(spec, nullptr).outputs({1, 1, {x}})(0, 0);
}

void check_tanh_is_sigmoid(const OracleCase& c) {
  std::vector<double> tanh, sigmoid;
  for (const double x : numbers(c.inputs.at("x"))) {
    tanh.push_back(unit_at("tanh", x));
    sigmoid.push_back(2 * unit_at("sigmoid", 2 * x) - 1);
  }
  Checker check(c);
  check.is("y", tanh);
  check.is("y", sigmoid);
  EXPECT_EQ(check.faults(), "");
}

void check_dense_backward(const OracleCase& c) {
  const Matrix x = matrix_from(c.inputs.at("X")), w = matrix_from(c.inputs.at("W")), g = matrix_from(c.inputs.at("G"));
  const NetworkSpec network = dense_network(w.columns(), {}, {"relu"}, w.rows());
  const ParameterLayout layout = compile<double>(network, 1).layout();
  const Json bias = std::vector<double>(w.rows(), 0.0);
  const auto parameters = parameters_from<double>(layout, {{"output.W", c.inputs.at("W")}, {"output.b", bias}});
  const auto adjoints = Derivatives<double>(network, parameters.data()).vjp(x, g);
  std::vector<double> dw(w.rows() * w.columns()), db(w.rows());
  layout.read(layout.ranges()[0], adjoints.parameters.data(), std::span<double>(dw));
  layout.read(layout.ranges()[1], adjoints.parameters.data(), std::span<double>(db));
  Checker check(c);
  check.is("dW", dw);
  check.is("db", db);
  check.is("dX", adjoints.x.values());
  EXPECT_EQ(check.faults(), "");
}

double variance_of(const std::vector<double>& values) {
  double mean = 0, sum = 0;
  for (const double v : values) mean += v / static_cast<double>(values.size());
  for (const double v : values) sum += (v - mean) * (v - mean) / static_cast<double>(values.size());
  return sum;
}

/// The least mean squared error over at most `restarts` starts.
double best_fit(OracleObjective& objective, const std::string& optimizer, std::size_t restarts, double enough) {
  double best = HUGE_VAL;
  for (std::size_t r = 0; r < restarts && !(best <= enough); ++r) {
    AlignedVector<double> parameters(objective.size());
    initialise(objective.layout(), r, parameters.data());
    best = std::min(best, minimise(objective, optimizer, parameters.data(), 500, enough));
  }
  return best;
}

void check_function_approximation(const OracleCase& c) {
  const NetworkSpec network = spec_from(c.spec);
  OracleObjective objective(c, network);
  Checker check(c);
  const double variance = variance_of(numbers(c.inputs.at("targets")));
  check.is("variance_of_target", variance);
  const auto best = parameters_from<double>(objective.layout(), c.expected.at("best_params"));
  for (const auto& [name, values] : c.expected.at("best_params").items())
    check.is("best_params", name, numbers(values));
  check.set_tolerance({1e-6, 1e-15});  // an optimum's error is what is left of large terms
  check.is("best_mse", objective.value(best.data()));
  check.set_tolerance({1e-10, 1e-13});
  check.is("must_reach", std::max(2 * check.bound("best_mse"), 1e-5 * variance));
  check.is("must_reach_first_order", 3 * check.bound("adam_best_mse") + 1e-4 * variance);
  check.holds(check.bound("median_mse") >= check.bound("best_mse"), "the median is below the best");
  check.skip_text("must_reach_optimizer");
  check.skip_text("first_order_budget");
  const auto restarts = static_cast<std::size_t>(check.bound("restarts"));
  check.holds(restarts == 20, "restarts");
  for (const char* optimizer : {"lbfgs", "conjugate_gradient"}) {
    const double reached = best_fit(objective, optimizer, restarts, check.bound("must_reach"));
    check.holds(reached <= check.bound("must_reach"), std::string(optimizer) + " reached " + Json(reached).dump());
  }
  EXPECT_EQ(check.faults(), "");
}

TEST(Oracle, Worked) {
  for (const OracleCase& c : oracle_cases().at("worked")) {
    SCOPED_TRACE(c.id);
    if (c.kind == "network") continue;  // networks_test.cpp
    if (c.kind == "param_count") {
      check_param_count(c);
    } else if (c.kind == "cross_entropy_of_probabilities") {
      check_cross_entropy(c);
    } else if (c.kind == "identity") {
      c.spec.contains("loss_1") ? check_bernoulli_is_softmax(c) : check_tanh_is_sigmoid(c);
    } else if (c.kind == "dense_backward") {
      check_dense_backward(c);
    } else {
      ASSERT_EQ(c.kind, "function_approximation");
      check_function_approximation(c);
    }
  }
}

}  // namespace
}  // namespace ffwd
