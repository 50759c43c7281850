#include "cli/train_view.h"

#include <gtest/gtest.h>

#include "cli/fake_console.h"
#include "cli/made_fit.h"

namespace ffwd {
namespace {

TEST(TrainView, ReadingSaysRowsColumnsAndDelimiter) {
  FakeConsole fake;
  print_read(fake.console, read_csv("a;b\n1;2\n", "t.csv"));
  print_read(fake.console, read_csv("a\tb\n1\t2\n3\t4\n", "u.csv"));
  print_read(fake.console, read_csv("a\n1\n", "v.csv"));
  EXPECT_EQ(fake.out.str(),
            "Read  t.csv: 1 row, 2 columns, separated by ';'\n"
            "Read  u.csv: 2 rows, 2 columns, separated by tabs\n"
            "Read  v.csv: 1 row, 1 column\n");
}

TEST(TrainView, WhatWasInferredNamesTheOptionsThatChangeIt) {
  FakeConsole fake;
  Prepared prepared;
  prepared.notes = {"regression (--task changes it)"};
  prepared.train_rows = 1400;
  prepared.valid_rows = 200;
  prepared.network = dense_network(2, {4}, {"relu"}, 1);
  print_prepared(fake.console, prepared);
  EXPECT_NE(fake.out.str().find("Inferred\n"
                                "  regression (--task changes it)\n"
                                "  1,400 rows to train on, 200 to validate on (--valid-fraction, --valid), none to "
                                "test on (--test-fraction, --test)\n"),
            std::string::npos)
      << fake.out.str();
  EXPECT_NE(fake.out.str().find("Network  2 inputs, 17 parameters\n"), std::string::npos);
}

TEST(TrainView, MetricsStandBesideTheTrivialModelOfTheRowsNotTrainedOn) {
  FakeConsole fake;
  FitResult result = made_fit("grade");
  print_result(fake.console, result);
  EXPECT_NE(fake.out.str().find("  train   valid    test  trivial model (test)\n"), std::string::npos)
      << fake.out.str();
  EXPECT_NE(fake.out.str().find("Confusion matrix  of the 40 rows of 'test'\n"), std::string::npos);
  FakeConsole without_test;
  result.test = {};
  print_result(without_test.console, result);
  EXPECT_NE(without_test.out.str().find("  train   valid  trivial model (valid)\n"), std::string::npos)
      << without_test.out.str();
}

TEST(TrainView, HowItEndedSaysWhichWeightsAreKept) {
  FitResult result = made_fit("y");
  result.epochs = 9;
  result.best_epoch = 4;
  result.train_seconds = 1.5;
  FakeConsole early;
  print_result(early.console, result);
  EXPECT_NE(early.out.str().find("9 epochs in 1.50 s; the weights of epoch 4, best by validation loss, are kept\n"),
            std::string::npos);
  result.best_epoch = 9;
  result.interrupted = true;
  FakeConsole last;
  print_result(last.console, result);
  EXPECT_NE(last.out.str().find("9 epochs in 1.50 s, interrupted; the last weights are kept\n"), std::string::npos);
}

TEST(TrainView, TheNextStepCanBePastedIntoAShell) {
  FakeConsole fake;
  print_next(fake.console, "it's $5.ffwd");
  EXPECT_EQ(fake.out.str(), "Next   ffwd predict 'it'\\''s $5.ffwd' NEW.csv -o predictions.csv\n");
}

TEST(TrainView, AnEnsembleSaysHowItsMembersEnded) {
  FitResult result = made_fit("y");
  result.members.push_back(result.members.front());
  result.members[0].best_epoch = 3;
  result.members[0].valid_loss = 0.5;
  result.members[1].valid_loss = 0.25;
  result.train_seconds = 2;
  FakeConsole fake;
  print_result(fake.console, result);
  EXPECT_NE(fake.out.str().find("Trained  2 members in 2.00 s; the weights of their epochs 3 to 5 are kept, of "
                                "validation losses 0.2500 to 0.5000; answers are averaged\n"),
            std::string::npos)
      << fake.out.str();
}

TEST(TrainView, WhatCrossValidationFoundStandsInTables) {
  SelectResult selected{.fit = made_fit("y")};
  FakeConsole none;
  print_selection(none.console, selected);
  EXPECT_EQ(none.out.str(), "");
  selected.cross_validation = CrossValidation{.folds = 5, .rows = 2000, .seconds = 1.5};
  selected.cross_validation->figures = {{.name = "rmse", .mean = 2, .sd = 0.125, .all = 2.25}};
  selected.path = PenaltyPath{.penalty = "l2", .rule = "one-se", .folds = 4, .best = 1, .chosen = 0, .seconds = 3};
  selected.path->points = {{.lambda = 0.5, .mean = 0.75, .standard_error = 0.25}, {.lambda = 0.25, .mean = 0.625}};
  FakeConsole fake;
  print_selection(fake.console, selected);
  EXPECT_EQ(fake.out.str(),
            "\nCross-validation  5 folds in 1.50 s; each of the 2,000 rows is answered by a model that did not see it\n"
            "        mean of folds    ± sd  all rows\n"
            "  rmse          2.000  0.1250     2.250\n"
            "\nPenalty  l2, by the mean loss of 4 folds in 3.00 s\n"
            "   value  mean loss  ± standard error\n"
            "  0.5000     0.7500            0.2500  chosen\n"
            "  0.2500     0.6250                 0  best\n");
}

}  // namespace
}  // namespace ffwd
