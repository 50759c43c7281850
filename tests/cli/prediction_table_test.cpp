#include "cli/prediction_table.h"

#include <gtest/gtest.h>

#include "cli/made_fit.h"
#include "support/fault_of.h"

namespace ffwd {
namespace {

TEST(PredictionTable, RegressionHasOneColumn) {
  const Table table = read_csv("a\n1\n2\n", "t.csv");
  const Prediction prediction{.values = Matrix(2, 1, {0.1 + 0.2, -1e-300}), .unseen = {}};
  const Table made = prediction_table(*made_fit("y").model, table, prediction, {});
  EXPECT_EQ(made.names(), std::vector<std::string>{"prediction"});
  EXPECT_EQ(made.column(0).numbers, (std::vector<double>{0.1 + 0.2, -1e-300}));
}

TEST(PredictionTable, ClassificationNamesTheMostProbableClass) {
  const Table table = read_csv("a\n1\n2\n3\n", "t.csv");
  const Prediction prediction{.values = Matrix(3, 2, {0.75, 0.25, 0.25, 0.75, 0.5, 0.5}), .unseen = {}};
  const Table made = prediction_table(*made_fit("grade").model, table, prediction, {});
  EXPECT_EQ(made.names(), (std::vector<std::string>{"prediction", "probability_high", "probability_low"}));
  EXPECT_EQ(made.column(0).type, ColumnType::kText);
  EXPECT_EQ(made.column(0).cell(1), "low");
  EXPECT_EQ(made.column(0).cell(2), "high");
  EXPECT_EQ(made.column(2).numbers, (std::vector<double>{0.25, 0.75, 0.5}));
}

TEST(PredictionTable, ClassesThatAreIntegersAreIntegers) {
  FitOptions options;
  options.targets = {"k"};
  options.hidden = "2";
  options.train.epochs = 1;
  const Table data = read_csv("a,k\n1,0\n2,1\n3,0\n4,1\n", "t.csv");
  const FitResult fitted = fit(data, nullptr, nullptr, options);
  const Prediction prediction{.values = Matrix(4, 2, {0.75, 0.25, 0.25, 0.75, 1, 0, 0, 1}), .unseen = {}};
  const Table made = prediction_table(*fitted.model, data, prediction, {});
  EXPECT_EQ(made.column(0).type, ColumnType::kInteger);
  EXPECT_EQ(made.column(0).integers, (std::vector<std::int64_t>{0, 1, 0, 1}));
}

TEST(PredictionTable, KeptColumnsComeFirstWithTheirTypes) {
  const Table table = read_csv("a;note\n1.50;x\n;NA\n", "t.csv", {.keep_spelling = {"a", "note"}});
  const Prediction prediction{.values = Matrix(2, 1, {1, 2}), .unseen = {}};
  const std::vector<std::size_t> keep = {1, 0};
  const Table made = prediction_table(*made_fit("y").model, table, prediction, keep);
  EXPECT_EQ(made.names(), (std::vector<std::string>{"note", "a", "prediction"}));
  EXPECT_TRUE(made.column(0).is_missing(1));
  EXPECT_EQ(made.column(0).cell(1), "");  // not the "NA" of the file
  EXPECT_EQ(made.column(1).numbers[0], 1.5);
}

TEST(PredictionTable, AKeptColumnMayNotBeCalledLikeAnAddedOne) {
  const Table table = read_csv("prediction\n1\n", "t.csv");
  const Model model = *made_fit("y").model;
  const Prediction prediction{.values = Matrix(1, 1, {1}), .unseen = {}};
  const std::vector<std::size_t> keep = {0};
  EXPECT_EQ(fault_of([&] { static_cast<void>(prediction_table(model, table, prediction, keep)); }).where, "--keep");
}

TEST(PredictionTable, NoRowsGiveColumnsAlone) {
  const Table table = read_csv("a\n", "t.csv");
  const Table made = prediction_table(*made_fit("grade").model, table, {.values = Matrix(0, 2), .unseen = {}}, {});
  EXPECT_EQ(made.n_columns(), 3u);
  EXPECT_EQ(made.n_rows(), 0u);
}

}  // namespace
}  // namespace ffwd
