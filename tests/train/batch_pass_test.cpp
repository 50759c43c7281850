#include "train/batch_pass.h"

#include <gtest/gtest.h>

#include <numeric>

#include "core/rows.h"
#include "network/compile.h"
#include "network/initialise.h"
#include "train/made_up_data.h"

namespace ffwd {
namespace {

std::vector<std::uint32_t> numbered(std::size_t n) {
  std::vector<std::uint32_t> rows(n);
  std::iota(rows.begin(), rows.end(), 0u);
  return rows;
}

// Every loss, with every unit, in wide and narrow layers, with and without weights: the whole gradient against
// central differences of the loss.
TEST(BatchPass, GradientOfEveryLossAndUnitAgreesWithCentralDifferences) {
  for (const LossRow* row : losses()) {
    const Loss loss(*row);
    const std::size_t classes = row->targets == LossTargets::kClasses      ? 6
                                : row->targets == LossTargets::kTwoClasses ? 2
                                                                           : 0;
    for (const UnitRow& unit : units()) {
      for (bool weighted : {false, true}) {
        SCOPED_TRACE(std::string(row->name) + " " + std::string(unit.name));
        Dataset<double> data = made_up_data<double>(13, 3, classes);
        if (weighted) {
          for (std::size_t r = 0; r < data.rows; ++r) data.weights.push_back(static_cast<double>(r % 3));
        }
        const NetworkSpec spec =
            dense_network(3, {9, 4, 5}, {std::string(unit.name)}, loss.n_outputs(classes > 2 ? classes : 1));
        const Plan<double> plan = compile<double>(spec, 13);
        BatchPass<double> pass(plan, loss, data, 13, 1);
        AlignedVector<double> parameters(plan.layout().size()), gradient(parameters.size()), ignored(parameters.size());
        initialise(plan.layout(), 4, parameters.data());
        const auto rows = numbered(13);
        pass.run(parameters.data(), rows, gradient.data());
        for (const ParameterRange& range : plan.layout().ranges()) {
          for (std::size_t i = 0; i < range.n_values(); i += 3) {
            const std::size_t at = range.position(i);
            const double h = 1e-6, middle = parameters[at];
            parameters[at] = middle + h;
            const double above = pass.run(parameters.data(), rows, ignored.data());
            parameters[at] = middle - h;
            const double below = pass.run(parameters.data(), rows, ignored.data());
            parameters[at] = middle;
            ASSERT_NEAR(gradient[at], (above - below) / (2 * h), 2e-8) << range.name << " " << i;
          }
        }
      }
    }
  }
}

TEST(BatchPass, LeavesThePaddingOfTheGradientZero) {
  const Dataset<float> data = made_up_data<float>(20, 3, 0);
  for (const UnitRow& unit : units()) {
    const Plan<float> plan = compile<float>(dense_network(3, {9, 4, 5}, {std::string(unit.name)}, 1), 20);
    BatchPass<float> pass(plan, Loss(*find_row(losses(), "mse")), data, 20, 1);
    AlignedVector<float> parameters(plan.layout().size()), gradient(parameters.size());
    initialise(plan.layout(), 4, parameters.data());
    pass.run(parameters.data(), numbered(20), gradient.data());
    std::vector<bool> used(gradient.size());
    for (const ParameterRange& range : plan.layout().ranges()) {
      for (std::size_t i = 0; i < range.n_values(); ++i) used[range.position(i)] = true;
    }
    for (std::size_t i = 0; i < gradient.size(); ++i) EXPECT_TRUE(used[i] || gradient[i] == 0) << unit.name << " " << i;
  }
}

TEST(BatchPass, OfManyShardsGivesTheSameBitsForAnyNumberOfThreads) {
  const std::size_t rows = 5 * kShardRows + 17;
  const Dataset<float> data = made_up_data<float>(rows, 6, 0);
  const Plan<float> plan = compile<float>(dense_network(6, {20, 3}, {"tanh"}, 1), kShardRows);
  AlignedVector<float> parameters(plan.layout().size());
  initialise(plan.layout(), 4, parameters.data());
  AlignedVector<float> first(parameters.size());
  double first_loss = 0;
  for (unsigned threads : {1u, 2u, 3u, 8u}) {
    BatchPass<float> pass(plan, Loss(*find_row(losses(), "mse")), data, rows, threads);
    AlignedVector<float> gradient(parameters.size());
    const double loss = pass.run(parameters.data(), numbered(rows), gradient.data());
    if (threads == 1) {
      first = gradient;
      first_loss = loss;
    }
    EXPECT_EQ(gradient, first);
    EXPECT_EQ(loss, first_loss);
  }
  ValidationPass<float> one(plan, Loss(*find_row(losses(), "mse")), data, 1),
      two(plan, Loss(*find_row(losses(), "mse")), data, 2);
  EXPECT_NEAR(one.run(parameters.data()), first_loss, 1e-9);
  EXPECT_EQ(two.run(parameters.data()), one.run(parameters.data()));
}

TEST(BatchPass, OfRowsThatAllCountNothingIsZero) {
  Dataset<float> data = made_up_data<float>(4, 3, 0);
  data.weights.assign(4, 0.0f);
  const Plan<float> plan = compile<float>(dense_network(3, {5}, {"tanh"}, 1), 4);
  BatchPass<float> pass(plan, Loss(*find_row(losses(), "mse")), data, 4, 1);
  AlignedVector<float> parameters(plan.layout().size()), gradient(parameters.size());
  gradient[0] = 7;
  EXPECT_EQ(pass.run(parameters.data(), numbered(4), gradient.data()), 0);
  for (float g : gradient) EXPECT_EQ(g, 0);
}

}  // namespace
}  // namespace ffwd
