// derivatives.json: Jacobians, products with them from both sides, and products with the Hessian of the objective.
#include <gtest/gtest.h>

#include "oracle/network_case.h"

namespace ffwd {
namespace {

TEST(Oracle, Derivatives) {
  for (const OracleCase& c : oracle_cases().at("derivatives")) {
    ASSERT_EQ(c.kind, "derivatives") << c.id;
    const NetworkSpec network = spec_from(c.spec);
    const ParameterLayout layout = compile<double>(network, 1).layout();
    const auto parameters = parameters_from<double>(layout, c.inputs.at("params"));
    const Derivatives<double> at(network, parameters.data());
    const Matrix x = rows_from(network, c.inputs.at("x")), y = at.outputs(x);
    const std::size_t outputs = network.n_outputs();
    Checker check(c);
    check.is("output", y.values());
    check.is("jvp", at.jvp(x, rows_from(network, c.inputs.at("u"))).values());
    const Matrix jacobian = at.jacobian(x), vjp = at.vjp(x, matrix_from(c.inputs.at("v"))).x;
    std::size_t first = 0;
    for (const InputSpec& input : network.inputs) {
      check.is("jacobian", input.name, columns_of(jacobian, outputs, first, input.size));
      check.is("vjp", input.name, columns_of(vjp, 1, first, input.size));
      first += input.size;
    }

    OracleLoss<double> loss(c.spec.at("loss"), c.inputs.at("targets"), member_or_none(c.inputs, "sample_weights"));
    loss.set_outputs(outputs);
    const std::vector<Penalty> penalties = penalties_from(c.spec);
    check.is("objective", loss.at(0, y).loss + penalty_value<double>(penalties, layout, parameters.data()));
    auto gradient = at.gradient(x, loss.rule()).parameters;
    add_penalty_gradient<double>(penalties, layout, parameters.data(), gradient.data());
    check_parameters(check, "grad_params", layout, gradient);
    const auto direction = parameters_from<double>(layout, c.inputs.at("direction"));
    auto product = at.hessian_product(x, loss.rule(), direction.data());
    add_penalty_hessian<double>(penalties, layout, direction.data(), product.data());
    check_parameters(check, "hvp", layout, product);
    EXPECT_EQ(check.faults(), "");
  }
}

}  // namespace
}  // namespace ffwd
