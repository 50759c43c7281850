#include "select/penalty_path.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/json.h"
#include "core/philox.h"
#include "ffwd/error.h"

namespace ffwd {
namespace {

/// y = 2 x0 − x1 + noise, with `noise` columns that say nothing.
Table made_table(std::size_t rows, std::size_t noise, std::uint64_t seed) {
  const Philox random(seed, Purpose::kSplit);
  const auto draw = [&](std::uint32_t stream, std::size_t i) {
    double sum = -6;  // of twelve uniform ones: nearly normal
    for (std::uint32_t k = 0; k < 12; ++k) sum += random.uniform(100 * stream + k, i);
    return sum;
  };
  Table table;
  std::vector<double> y(rows);
  for (std::uint32_t j = 0; j < 2 + noise; ++j) {
    std::vector<double> x(rows);
    for (std::size_t i = 0; i < rows; ++i) {
      x[i] = draw(j, i);
      y[i] += j == 0 ? 2 * x[i] : j == 1 ? -x[i] : 0;
    }
    table.add_numbers("x" + std::to_string(j), x);
  }
  for (std::size_t i = 0; i < rows; ++i) y[i] += draw(999, i);
  table.add_numbers("y", y);
  return table;
}

FitOptions options_of(const std::string& penalty) {
  FitOptions options;
  options.targets = {"y"};
  options.hidden = "16";
  options.train.epochs = 40;
  (penalty == "l1" ? options.train.l1 : options.train.l2) = kLargestPenalty;
  return options;
}

TEST(PenaltyPath, FallsInEqualFactorsToATenThousandth) {
  const auto lambdas = path_of_lambdas(0.5, 9);
  ASSERT_EQ(lambdas.size(), 9u);
  EXPECT_EQ(lambdas[0], 0.5);
  EXPECT_NEAR(lambdas[8], 0.5e-4, 1e-17);
  for (std::size_t k = 1; k < 9; ++k) EXPECT_NEAR(lambdas[k] / lambdas[k - 1], std::pow(10, -0.5), 1e-12);
}

PenaltyPath path_of(std::vector<double> means, const std::string& rule) {
  PenaltyPath path{.penalty = "l2", .rule = rule, .folds = 4};
  for (const double mean : means) path.points.push_back({.lambda = 1, .mean = mean, .standard_error = 0.15});
  choose(path);
  return path;
}

TEST(PenaltyPath, ChoosesTheBestOrTheLargestWithinOneStandardError) {
  constexpr double kInfinite = std::numeric_limits<double>::infinity();
  const std::vector<double> means = {kInfinite, 1, 0.6, 0.54, 0.5, 0.58};
  EXPECT_EQ(path_of(means, "best").best, 4u);
  EXPECT_EQ(path_of(means, "best").chosen, 4u);
  EXPECT_EQ(path_of(means, "one-se").best, 4u);
  EXPECT_EQ(path_of(means, "one-se").chosen, 2u);
  EXPECT_EQ(path_of({0.5, 0.5}, "best").chosen, 0u) << "of equal ones the larger λ";
  EXPECT_THROW((void)path_of({kInfinite, kInfinite}, "best"), Error);
}

TEST(PenaltyPath, BeatsTheNetworkWithoutPenaltyWhereFewRowsHaveManyNoisyColumns) {
  const Table few = made_table(120, 40, 1), new_rows = made_table(1000, 40, 2);
  for (const char* penalty : {"l2", "l1"}) {
    FitOptions options = options_of(penalty);
    options.test_fraction = 0;
    const SelectResult chosen = select(few, nullptr, nullptr, options, {.penalty = penalty});
    options.train.l2 = options.train.l1 = 0;
    const FitResult plain = fit(few, nullptr, nullptr, options);
    const auto rmse = [&](const Model& model) {
      return model.evaluate(new_rows, model.predict(new_rows)).metrics["rmse"];
    };
    EXPECT_LT(rmse(*chosen.fit.model), 0.9 * rmse(*plain.model)) << penalty;
    ASSERT_TRUE(chosen.path);
    EXPECT_EQ(chosen.path->folds, 5u);
    EXPECT_EQ(chosen.path->points.size(), 10u);
    EXPECT_FALSE(chosen.cross_validation);
    const Json training = Json::parse(chosen.fit.model->description())["training"];
    EXPECT_EQ(training[penalty], chosen.path->points[chosen.path->chosen].lambda);
    EXPECT_EQ(training["penalty_path"]["chosen"], chosen.path->chosen);
  }
}

TEST(PenaltyPath, GivesTheSameBitsForAnyNumberOfThreads) {
  const Table table = made_table(90, 5, 1);
  std::vector<std::string> files;
  for (const unsigned threads : {1U, 2U, 5U}) {
    FitOptions options = options_of("l2");
    options.train.epochs = 3;
    options.train.threads = threads;
    const SelectResult result =
        select(table, nullptr, nullptr, options, {.folds = 3, .penalty = "l2", .lambdas = 4, .rule = "one-se"});
    EXPECT_EQ(result.path->points.front().of_folds.size(), 3u);
    files.push_back(Model::from_bytes(result.fit.model->to_bytes(), "m.ffwd").to_bytes());
  }
  EXPECT_EQ(files[0], files[1]);
  EXPECT_EQ(files[0], files[2]);
}

TEST(PenaltyPath, LeavesOutALambdaThatDivergesInAFold) {
  const Table table = made_table(90, 5, 1);
  FitOptions options = options_of("l2");
  options.train.epochs = 3;
  options.train.optimizer = "sgd";
  options.train.schedule = "constant";
  options.train.l2 = 1000;  // times the rate beyond what descent can follow
  const SelectResult result = select(table, nullptr, nullptr, options, {.folds = 3, .penalty = "l2"});
  EXPECT_TRUE(std::isinf(result.path->points.front().mean));
  EXPECT_GT(result.path->chosen, 0u);
  EXPECT_NO_THROW((void)Model::from_bytes(result.fit.model->to_bytes(), "m.ffwd"));
}

}  // namespace
}  // namespace ffwd
