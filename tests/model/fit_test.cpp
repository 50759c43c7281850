#include <gtest/gtest.h>

#include <algorithm>

#include "ffwd/error.h"
#include "ffwd/model.h"
#include "model/flats.h"

namespace ffwd {
namespace {

FitOptions options_for(const std::string& target) {
  FitOptions options;
  options.target = target;
  options.train.epochs = 30;
  return options;
}

TEST(Fit, LearnsARegressionAndMeasuresItOnRowsItDidNotSee) {
  const FitResult result = fit(flats(600), nullptr, nullptr, options_for("rent"));
  EXPECT_EQ(result.train.rows, 420u);
  EXPECT_EQ(result.valid.rows, 60u);
  EXPECT_EQ(result.test.rows, 120u);
  EXPECT_GT(result.test.metrics["r2"], 0.8);
  EXPECT_LT(result.test.metrics["rmse"], 0.5 * result.test.baseline["rmse"]);
  EXPECT_EQ(result.model->task(), Task::kRegression);
  EXPECT_EQ(result.epochs, 30u);
}

TEST(Fit, LearnsClassesOfTextAndOfBooleans) {
  const FitResult result = fit(flats(600), nullptr, nullptr, options_for("dear"));
  EXPECT_EQ(result.model->task(), Task::kBinary);
  EXPECT_EQ(result.model->classes(), (std::vector<std::string>{"no", "yes"}));
  EXPECT_GT(result.test.metrics["accuracy"], result.test.baseline["accuracy"]);
  EXPECT_GT(result.test.metrics["roc_auc"], 0.9);
  EXPECT_EQ(result.test.metrics.confusion.size(), 2u);

  const FitResult many = fit(flats(600), nullptr, nullptr, options_for("district"));
  EXPECT_EQ(many.model->task(), Task::kMulticlass);
  EXPECT_EQ(many.model->network().n_outputs(), 4u);
  EXPECT_GT(many.test.metrics["accuracy"], many.test.baseline["accuracy"]);

  const FitResult boolean = fit(flats(200), nullptr, nullptr, options_for("balcony"));
  EXPECT_EQ(boolean.model->classes(), (std::vector<std::string>{"False", "True"}));
}

TEST(Fit, GivesEqualBytesForAnyNumberOfThreadsAndOthersForAnotherSeed) {
  FitOptions options = options_for("rent");
  options.train.epochs = 3;
  options.train.threads = 1;
  const std::string one = fit(flats(600), nullptr, nullptr, options).model->to_bytes();
  options.train.threads = 2;
  EXPECT_EQ(fit(flats(600), nullptr, nullptr, options).model->to_bytes(), one);
  options.train.seed = 1;
  EXPECT_NE(fit(flats(600), nullptr, nullptr, options).model->to_bytes(), one);
}

TEST(Fit, TestsOnTheTableItIsGiven) {
  const Table test = flats(50, 9), valid = flats(40, 8);
  const FitResult result = fit(flats(300), &valid, &test, options_for("rent"));
  EXPECT_EQ(result.train.rows, 300u);
  EXPECT_EQ(result.valid.rows, 40u);
  EXPECT_EQ(result.test.rows, 50u);
  // What is measured while fitting is what the saved model gives.
  const Metrics again = result.model->evaluate(test, result.model->predict(test));
  EXPECT_EQ(again["rmse"], result.test.metrics["rmse"]);
}

TEST(Fit, RefusesATestTableWithoutRows) {
  const Table empty = read_csv("size,district,balcony,since,rent,dear\n", "test.csv");
  try {
    (void)fit(flats(300), nullptr, &empty, options_for("rent"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("test.csv: there are no rows to measure on"), std::string::npos);
  }
}

TEST(Fit, KeepsNothingOutOfASmallTableUnlessAsked) {
  FitOptions options = options_for("rent");
  const FitResult small = fit(flats(60), nullptr, nullptr, options);
  EXPECT_EQ(small.train.rows, 60u);
  EXPECT_TRUE(std::any_of(small.notes.begin(), small.notes.end(), [](const std::string& note) {
    return note.find("fewer than 100 rows") != std::string::npos;
  }));
  EXPECT_EQ(std::count_if(small.notes.begin(), small.notes.end(),
                          [](const std::string& note) { return note.find("fewer than 100") != std::string::npos; }),
            2);
  options.test_fraction = 0.5;
  EXPECT_EQ(fit(flats(60), nullptr, nullptr, options).test.rows, 30u);
}

TEST(Fit, TrainsOnEveryRowAndRunsAllEpochsWithoutHeldOutRows) {
  FitOptions options = options_for("rent");
  options.valid_fraction = 0;
  options.test_fraction = 0;
  options.train.patience = 1;
  const FitResult result = fit(flats(200), nullptr, nullptr, options);
  EXPECT_EQ(result.train.rows, 200u);
  EXPECT_EQ(result.epochs, 30u);
  EXPECT_EQ(result.best_epoch, 30u);
}

TEST(Fit, LearnsInFloat64Too) {
  FitOptions options = options_for("rent");
  options.precision = "float64";
  const FitResult result = fit(flats(300), nullptr, nullptr, options);
  EXPECT_EQ(result.model->precision(), "float64");
  EXPECT_GT(result.test.metrics["r2"], 0.7);
}

TEST(Fit, OfNumericColumnsIsExactlyThePlainNetworkItNames) {
  Table table;
  std::vector<double> x, y;
  for (int i = 0; i < 50; ++i) {
    x.push_back(i * 0.5);
    y.push_back(i * i);
  }
  table.add_numbers("x", x);
  table.add_numbers("y", y);
  FitOptions options = options_for("y");
  options.hidden = {{7, 3}};
  const FitResult result = fit(table, nullptr, nullptr, options);
  EXPECT_EQ(result.model->network(), dense_network(1, {7, 3}, {"relu"}, 1));
}

TEST(Fit, FiniteWeightsWithoutFiniteAnswersAreADivergence) {
  FitOptions options = options_for("dear");
  options.valid_fraction = 0;
  options.hidden = {{4, 4, 4}};
  options.train = {.optimizer = "sgd", .learning_rate = 1e15, .batch_size = 0, .epochs = 1};
  try {
    (void)fit(flats(600), nullptr, nullptr, options);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kDiverged) << error.what();
  }
}

TEST(Fit, WithoutAFinishedEpochHasNoModel) {
  TrainHooks hooks;
  hooks.stop = [] { return true; };
  const FitResult result = fit(flats(200), nullptr, nullptr, options_for("rent"), hooks);
  EXPECT_TRUE(result.interrupted);
  EXPECT_EQ(result.model, nullptr);
}

TEST(Fit, TellsWhatItPreparedBeforeTheFirstEpoch) {
  bool prepared = false;
  TrainHooks hooks;
  hooks.on_epoch = [&](const EpochRecord&) { EXPECT_TRUE(prepared); };
  (void)fit(flats(200), nullptr, nullptr, options_for("rent"), hooks, [&](const Prepared& p) {
    prepared = true;
    EXPECT_EQ(p.train_rows, 140u);
    EXPECT_EQ(p.network.inputs[0].size, p.n_features);
  });
  EXPECT_TRUE(prepared);
}

}  // namespace
}  // namespace ffwd
