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

}  // namespace
}  // namespace ffwd
