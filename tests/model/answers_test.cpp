#include "model/answers.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "core/rows.h"

namespace ffwd {
namespace {

Loss loss_of(const char* name, LossOptions options = {}) { return Loss(*find_row(losses(), name), std::move(options)); }

Targets fitted(const Table& table, Task task, Values values = Values::kNumbers) {
  std::vector<std::size_t> columns(table.n_columns());
  std::iota(columns.begin(), columns.end(), std::size_t{0});
  std::vector<RowIndex> rows(table.n_rows());
  std::iota(rows.begin(), rows.end(), RowIndex{0});
  std::vector<std::string> warnings;
  return Targets::fit(table, columns, task, rows, rows, warnings, values);
}

/// a: mean 2, deviation 1; b: mean 20, deviation 10.
Table two_numbers() {
  Table table;
  table.add_numbers("a", {1, 3});
  table.add_numbers("b", {10, 30});
  return table;
}

std::vector<double> first_row(const Matrix& matrix) { return {matrix.row(0).begin(), matrix.row(0).end()}; }
using Names = std::vector<std::string>;

TEST(Answers, OfNumbersAreOnePredictionEach) {
  const Targets targets = fitted(two_numbers(), Task::kRegression);
  EXPECT_EQ(n_outputs(targets, loss_of("mse")), 2u);
  EXPECT_EQ(answer_names(targets, loss_of("mse")), (Names{"a_prediction", "b_prediction"}));
  EXPECT_EQ(first_row(decode(targets, loss_of("mse"), Matrix(1, 2, {0.5, 0.0}))), (std::vector<double>{2.5, 20}));
}

TEST(Answers, OfLocationAndScaleAddTheStandardDeviationInTheTargetsUnit) {
  const Targets targets = fitted(two_numbers(), Task::kRegression);
  for (const char* name : {"gaussian", "laplace"}) {
    const Loss loss = loss_of(name);
    EXPECT_EQ(n_outputs(targets, loss), 4u);
    EXPECT_EQ(answer_names(targets, loss), (Names{"a_prediction", "a_sd", "b_prediction", "b_sd"}));
    EXPECT_EQ(first_row(decode(targets, loss, Matrix(1, 4, {0.5, 0.0, 2, 0.25}))),
              (std::vector<double>{2.5, 2, 20, 2.5}));
  }
}

TEST(Answers, OfQuantilesAreTheirMiddleAndAllOfThem) {
  Table table;
  table.add_numbers("b", {10, 30});
  const Targets targets = fitted(table, Task::kRegression);
  const Loss loss = loss_of("quantile", {.levels = {0.1, 0.5, 0.975}});
  EXPECT_EQ(n_outputs(targets, loss), 3u);
  EXPECT_EQ(answer_names(targets, loss), (Names{"prediction", "quantile_0.1", "quantile_0.5", "quantile_0.975"}));
  EXPECT_EQ(first_row(decode(targets, loss, Matrix(1, 3, {-1, 0.5, 2}))), (std::vector<double>{25, 10, 25, 40}));
}

TEST(Answers, TheMiddleOfQuantilesIsInterpolatedAndNeverBeyondThem) {
  const auto of = [](std::vector<double> levels, std::vector<double> quantiles) { return middle(levels, quantiles); };
  EXPECT_EQ(of({0.5}, {7}), 7);
  EXPECT_EQ(of({0.25, 0.75}, {1, 2}), 1.5);
  EXPECT_NEAR(of({0.25, 0.45, 0.55}, {1, 2, 4}), 3, 1e-14);
  EXPECT_EQ(of({0.1, 0.2}, {1, 2}), 2);
  EXPECT_EQ(of({0.8, 0.9}, {1, 2}), 1);
}

TEST(Answers, OfCountsAreRates) {
  Table table;
  table.add_integers("n", {0, 4, 2});
  const Targets targets = fitted(table, Task::kRegression, Values::kCounts);
  EXPECT_EQ(answer_names(targets, loss_of("poisson")), Names{"prediction"});
  EXPECT_EQ(first_row(decode(targets, loss_of("poisson"), Matrix(1, 1, {1.5}))), std::vector<double>{3});
}

TEST(Answers, OfSeveralBitsAreEachWithItsProbability) {
  Table table;
  table.add_integers("a", {0, 1, 1});
  table.add_integers("b", {0, 1, 0});
  const Targets targets = fitted(table, Task::kMultilabel);
  EXPECT_EQ(targets.task(), Task::kMultilabel);
  const Loss loss = loss_of("binary_cross_entropy");
  EXPECT_EQ(n_outputs(targets, loss), 2u);
  EXPECT_EQ(answer_names(targets, loss), (Names{"a_prediction", "a_probability", "b_prediction", "b_probability"}));
  EXPECT_EQ(first_row(decode(targets, loss, Matrix(1, 2, {0.75, 0.5}))), (std::vector<double>{1, 0.75, 0, 0.5}));
}

TEST(Answers, OfTwoClassesAreBothProbabilities) {
  Table table;
  table.add_text("y", {"no", "yes"});
  const Targets targets = fitted(table, Task::kBinary);
  const Loss loss = loss_of("binary_cross_entropy");
  EXPECT_EQ(n_outputs(targets, loss), 1u);
  EXPECT_EQ(answer_names(targets, loss), (Names{"probability_no", "probability_yes"}));
  EXPECT_EQ(first_row(decode(targets, loss, Matrix(2, 1, {0.25, 1.0}))), (std::vector<double>{0.75, 0.25}));
}

TEST(Answers, OfSeveralClassesAreTheirProbabilities) {
  Table table;
  table.add_integers("y", {30, 4, 5});
  const Targets targets = fitted(table, Task::kMulticlass);
  const Loss loss = loss_of("categorical_cross_entropy");
  EXPECT_EQ(n_outputs(targets, loss), 3u);
  EXPECT_EQ(answer_names(targets, loss), (Names{"probability_4", "probability_5", "probability_30"}));
  EXPECT_EQ(first_row(decode(targets, loss, Matrix(1, 3, {0.2, 0.3, 0.5}))), (std::vector<double>{0.2, 0.3, 0.5}));
}

TEST(Answers, AnOverflowingDeviationIsTheLargestNumber) {
  Table table;
  table.add_numbers("b", {-1e300, 1e300});
  const Targets targets = fitted(table, Task::kRegression);
  const Matrix answers = decode(targets, loss_of("gaussian"), Matrix(1, 2, {0, 1e100}));
  EXPECT_TRUE(std::isfinite(answers(0, 1)));
}

}  // namespace
}  // namespace ffwd
