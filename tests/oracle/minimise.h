// Full-batch minimisers on the objective of a case.
#pragma once

#include <algorithm>
#include <memory>
#include <string>

#include "optim/optimizer.h"
#include "oracle/network_case.h"

namespace ffwd {

/// The loss of a case's rows plus its penalties.
class OracleObjective final : public Objective<double> {
 public:
  OracleObjective(const OracleCase& c, const NetworkSpec& network)
      : network_(network),
        layout_(compile<double>(network, 1).layout()),
        penalties_(penalties_from(c.spec)),
        x_(rows_from(network, c.inputs.at("x"))),
        loss_(c.spec.at("loss"), c.inputs.at("targets"), member_or_none(c.inputs, "sample_weights")) {
    loss_.set_outputs(network.n_outputs());
  }

  [[nodiscard]] std::size_t size() const override { return layout_.size(); }
  [[nodiscard]] const ParameterLayout& layout() const { return layout_; }
  [[nodiscard]] double value(const double* parameters) const {
    const Derivatives<double> at(network_, parameters);
    return loss_.at(0, at.outputs(x_)).loss + penalty_value<double>(penalties_, layout_, parameters);
  }
  double evaluate(const double* parameters, double* gradient) override {
    const auto of_loss = Derivatives<double>(network_, parameters).gradient(x_, loss_.rule()).parameters;
    std::ranges::copy(of_loss, gradient);
    add_penalty_gradient<double>(penalties_, layout_, parameters, gradient);
    return value(parameters);
  }

 private:
  const NetworkSpec& network_;
  ParameterLayout layout_;
  std::vector<Penalty> penalties_;
  Matrix x_;
  OracleLoss<double> loss_;
};

/// The value reached from `parameters`, which it moves, in at most `iterations`; stops at `enough`.
inline double minimise(Objective<double>& objective, const std::string& optimizer, double* parameters,
                       std::size_t iterations, double enough) {
  const auto minimizer = make_minimizer<double>(*find_row(optimizers(), optimizer), objective, {});
  double value = HUGE_VAL;
  for (std::size_t i = 0; i < iterations && !(value <= enough); ++i) {
    const Iteration iteration = minimizer->iterate(parameters);
    value = iteration.value;
    if (iteration.done) break;
  }
  return value;
}

}  // namespace ffwd
