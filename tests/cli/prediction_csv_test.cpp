#include "cli/prediction_csv.h"

#include <gtest/gtest.h>

#include "cli/made_fit.h"
#include "support/fault_of.h"

namespace ffwd {
namespace {

std::string csv(const Model& model, const Table& table, const Prediction& prediction,
                const std::vector<std::size_t>& keep = {}) {
  std::string text;
  write_prediction_csv(model, table, prediction, keep, [&text](std::string_view piece) { text += piece; });
  return text;
}

TEST(PredictionCsv, RegressionHasOneColumnThatReadsBackToTheSameBits) {
  const Table table = read_csv("a\n1\n2\n", "t.csv");
  const Prediction prediction{.values = Matrix(2, 1, {0.1 + 0.2, -1e-300}), .unseen = {}};
  EXPECT_EQ(csv(*made_fit("y").model, table, prediction), "prediction\n0.30000000000000004\n-1e-300\n");
}

TEST(PredictionCsv, ClassificationNamesTheMostProbableClass) {
  const Table table = read_csv("a\n1\n2\n3\n", "t.csv");
  const Prediction prediction{.values = Matrix(3, 2, {0.75, 0.25, 0.25, 0.75, 0.5, 0.5}), .unseen = {}};
  EXPECT_EQ(csv(*made_fit("grade").model, table, prediction),
            "prediction,probability_high,probability_low\nhigh,0.75,0.25\nlow,0.25,0.75\nhigh,0.5,0.5\n");
}

TEST(PredictionCsv, KeptColumnsComeFirstQuotedWhereTheyMustBe) {
  const Table table = read_csv("a;note\n1;\"x, y\"\n02.50;\n", "t.csv", {.keep_spelling = {"a"}});
  const Prediction prediction{.values = Matrix(2, 1, {1, 2}), .unseen = {}};
  EXPECT_EQ(csv(*made_fit("y").model, table, prediction, {1, 0}), "note,a,prediction\n\"x, y\",1,1\n,02.50,2\n");
}

TEST(PredictionCsv, AKeptColumnMayNotBeCalledLikeAnAddedOne) {
  const Table table = read_csv("prediction\n1\n", "t.csv");
  const Model model = *made_fit("y").model;
  const Prediction prediction{.values = Matrix(1, 1, {1}), .unseen = {}};
  const Fault fault = fault_of([&] { csv(model, table, prediction, {0}); });
  EXPECT_EQ(fault.kind, ErrorKind::kUsage);
  EXPECT_EQ(fault.where, "--keep");
}

TEST(PredictionCsv, NoRowsGiveAHeaderOnly) {
  const Table table = read_csv("a\n", "t.csv");
  EXPECT_EQ(csv(*made_fit("y").model, table, {.values = Matrix(0, 1), .unseen = {}}), "prediction\n");
}

}  // namespace
}  // namespace ffwd
