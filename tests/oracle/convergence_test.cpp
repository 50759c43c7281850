// convergence.json: minima that conjugate gradient and L-BFGS must find, and in how many iterations.
#include <gtest/gtest.h>

#include "oracle/minimise.h"

namespace ffwd {
namespace {

constexpr const char* kMinimizers[] = {"conjugate_gradient", "lbfgs"};

/// f(x) = Σ 100 (x_{i+1} − x_i²)² + (1 − x_i)²
class Rosenbrock final : public Objective<double> {
 public:
  explicit Rosenbrock(std::size_t n) : n_(n) {}
  [[nodiscard]] std::size_t size() const override { return padded<double>(n_); }
  double evaluate(const double* x, double* gradient) override {
    std::fill_n(gradient, size(), 0.0);
    double value = 0;
    for (std::size_t i = 0; i + 1 < n_; ++i) {
      const double valley = x[i + 1] - x[i] * x[i], rest = 1 - x[i];
      value += 100 * valley * valley + rest * rest;
      gradient[i] += -400 * x[i] * valley - 2 * rest;
      gradient[i + 1] += 200 * valley;
    }
    return value;
  }

 private:
  std::size_t n_;
};

// The bounds are functions of the minimum and of what the reference reached, so that a changed one does not pass.
void check_bounds(const OracleCase& c, Checker& check) {
  const double must_reach = check.bound("must_reach");
  check.holds(check.bound("max_iterations") >= 1, "max_iterations");
  if (c.expected.contains("minimum")) {
    const double minimum = check.bound("minimum"), margin = must_reach - minimum;
    check.holds(margin > 0 && margin <= 1.0001e-8 * std::max(1.0, std::abs(minimum)),
                "must_reach is not just above minimum");
    return;
  }
  double largest = 0;
  for (const char* name : {"lbfgs", "cg"}) {
    largest = std::max(largest, c.expected.at("reached_by_reference").at(name).get<double>());
  }
  const double of_reference[] = {2 * largest};
  check.is("must_reach", of_reference);
}

void check_reference(const OracleCase& c, Checker& check) {
  if (!c.expected.contains("reached_by_reference")) return;
  const double start = c.expected.at("start");
  for (const auto& [name, value] : c.expected.at("reached_by_reference").items()) {
    check.is("reached_by_reference", name, numbers(value));
    check.holds(value.get<double>() > 0 && value.get<double>() < start, name + " reached no less than the start");
  }
}

void check_network(const OracleCase& c) {
  const NetworkSpec network = spec_from(c.spec);
  OracleObjective objective(c, network);
  for (const char* optimizer : kMinimizers) {
    SCOPED_TRACE(optimizer);
    Checker check(c);
    auto parameters = parameters_from<double>(objective.layout(), c.inputs.at("params"));
    if (c.expected.contains("start")) check.is("start", objective.value(parameters.data()));
    check_bounds(c, check);
    check_reference(c, check);
    const double reached = minimise(objective, optimizer, parameters.data(),
                                    static_cast<std::size_t>(check.bound("max_iterations")), check.bound("must_reach"));
    check.holds(reached <= check.bound("must_reach"), "reached " + Json(reached).dump());
    if (c.expected.contains("minimum")) {
      check.holds(reached >= check.bound("minimum") - 1e-12, "reached less than the minimum, " + Json(reached).dump());
    }
    if (c.expected.contains("solution")) {
      // Where the minimum is flat to rounding the parameters are only known to solution_atol.
      check.set_tolerance({0, check.bound("solution_atol")});
      check_parameters(check, "solution", objective.layout(), parameters);
      const auto solution = parameters_from<double>(objective.layout(), c.expected.at("solution"));
      check.holds(std::abs(objective.value(solution.data()) - check.bound("minimum")) <= 1e-12,
                  "solution is no minimum");
    }
    EXPECT_EQ(check.faults(), "");
  }
}

void check_function(const OracleCase& c) {
  ASSERT_EQ(c.spec.at("function"), "rosenbrock") << c.id;
  const std::size_t n = c.spec.at("dim");
  Rosenbrock objective(n);
  for (const char* optimizer : kMinimizers) {
    SCOPED_TRACE(optimizer);
    Checker check(c);
    AlignedVector<double> x(objective.size()), gradient(objective.size());
    std::ranges::copy(numbers(c.inputs.at("x0")), x.begin());
    check.is("f0", objective.evaluate(x.data(), gradient.data()));
    check_bounds(c, check);
    const double reached = minimise(objective, optimizer, x.data(),
                                    static_cast<std::size_t>(check.bound("max_iterations")), check.bound("must_reach"));
    check.holds(reached <= check.bound("must_reach"), "reached " + Json(reached).dump());
    check.set_tolerance({0, check.bound("solution_atol")});
    check.is("solution", std::span(x.data(), n));
    EXPECT_EQ(check.faults(), "");
  }
}

TEST(Oracle, Convergence) {
  for (const OracleCase& c : oracle_cases().at("convergence")) {
    if (c.kind == "function_minimum") {
      check_function(c);
    } else {
      ASSERT_EQ(c.kind, "convergence") << c.id;
      check_network(c);
    }
  }
}

}  // namespace
}  // namespace ffwd
