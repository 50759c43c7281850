#include "train/batch_objective.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "train/workshop.h"

namespace ffwd {
namespace {

/// Rows with weights, two targets and holes among them, more than one shard of them.
Dataset<double> rows_with_all() {
  constexpr std::size_t kRows = kShardRows + 21;
  const Dataset<double> one = made_up_data<double>(kRows, 3, 0);
  Dataset<double> data(kRows, 3, 2);
  data.features = one.features;
  for (std::size_t r = 0; r < kRows; ++r) {
    const bool hole = r % 5 == 0;
    data.targets[r * data.targets_ld] = one.targets[r];
    data.targets[r * data.targets_ld + 1] = hole ? std::numeric_limits<double>::quiet_NaN() : 0.5 * one.targets[r];
    data.weights.push_back(static_cast<double>(r % 3));
    data.masses.push_back(data.weights[r] * (hole ? 0.5 : 1));
  }
  return data;
}

TEST(BatchObjective, IsTheSumOfItsSquaredResidualsAndThePenalty) {
  const MadeWorkshop<double> made(rows_with_all(), dense_network(3, {7, 4}, {"tanh"}, 2),
                                  {.optimizer = "levenberg_marquardt", .l2 = 0.01});
  BatchObjective<double> objective(made.shop, true);
  const AlignedVector<double> parameters = made.initial();
  AlignedVector<double> gradient(objective.size());
  const double value = objective.evaluate(parameters.data(), gradient.data());

  const std::size_t n = objective.n_residuals(), columns = objective.positions().size(), ld = padded<double>(columns);
  EXPECT_EQ(columns, made.network.n_parameters());
  AlignedVector<double> residual(n), jacobian(n * ld), slope(columns), curvature(columns);
  for (std::size_t first = 0; first < n; first += 101) {  // 101 is odd: rows are cut between their outputs
    objective.residuals(parameters.data(), first, std::min<std::size_t>(101, n - first), residual.data() + first,
                        jacobian.data() + first * ld, ld);
  }
  double sum = 0;
  for (std::size_t k = 0; k < n; ++k) {
    sum += residual[k] * residual[k];
    for (std::size_t j = 0; j < columns; ++j) slope[j] += 2 * residual[k] * jacobian[k * ld + j];
  }
  const double penalty = penalty_value<double>(made.penalties, made.plan.layout(), parameters.data());
  EXPECT_GT(penalty, 0);
  EXPECT_NEAR(value, sum + penalty, 1e-12 * value);
  objective.half_curvature(curvature.data());
  for (std::size_t j = 0; j < columns; ++j) {
    const std::size_t at = objective.positions()[j];
    EXPECT_NEAR(gradient[at], slope[j] + 2 * curvature[j] * parameters[at], 1e-11);
  }
}

TEST(BatchObjective, HoldsParametersWithoutARateStill) {
  const MadeWorkshop<double> made(made_up_data<double>(20, 3, 0), dense_network(3, {5}, {"tanh"}, 1),
                                  {.optimizer = "levenberg_marquardt", .rate_for = {{"hidden1.weight", 0}}});
  BatchObjective<double> objective(made.shop, true);
  const AlignedVector<double> parameters = made.initial();
  AlignedVector<double> gradient(objective.size());
  (void)objective.evaluate(parameters.data(), gradient.data());
  EXPECT_EQ(objective.positions().size(), made.network.n_parameters() - 15);
  const ParameterRange& weight = made.plan.layout().ranges()[0];
  for (std::size_t i = 0; i < weight.n_values(); ++i) EXPECT_EQ(gradient[weight.position(i)], 0);
  EXPECT_NE(gradient[made.plan.layout().ranges()[1].position(0)], 0);
}

}  // namespace
}  // namespace ffwd
