#include <gtest/gtest.h>

#include <algorithm>

#include "ffwd/error.h"
#include "ffwd/model.h"
#include "model/flats.h"
#include "support/fault_of.h"
#include "support/stored_table.h"

namespace ffwd {
namespace {

FitOptions options_for(const std::string& target) {
  FitOptions options;
  options.targets = {target};
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
  EXPECT_EQ(boolean.model->classes(), (std::vector<std::string>{"false", "true"}));
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

TEST(Fit, DoesNotDependOnWhetherTheTableIsInMemory) {
  const Table table = flats(600), other = flats(100, 2);
  for (const char* target : {"rent", "dear"}) {
    FitOptions options = options_for(target);
    options.train.epochs = 3;
    options.drop = {options.targets[0] == "rent" ? "dear" : "rent"};
    Table outline = stored(table), other_outline = stored(other);
    bring_in(outline, options.targets);
    bring_in(other_outline, options.targets);
    EXPECT_EQ(fit(outline, nullptr, nullptr, options).model->to_bytes(),
              fit(table, nullptr, nullptr, options).model->to_bytes());
    EXPECT_EQ(fit(outline, &other_outline, &other_outline, options).model->to_bytes(),
              fit(table, &other, &other, options).model->to_bytes());
  }
}

TEST(Fit, TestsOnTheTableItIsGiven) {
  const Table test = flats(50, 9), valid = flats(40, 8);
  const FitResult result = fit(flats(300), &valid, &test, options_for("rent"));
  EXPECT_EQ(result.train.rows, 300u);
  EXPECT_EQ(result.valid.rows, 40u);
  EXPECT_EQ(result.test.rows, 50u);
  // What is measured while fitting is what the saved model gives.
  const Metrics again = result.model->evaluate(test, result.model->predict(test)).metrics;
  EXPECT_EQ(again["rmse"], result.test.metrics["rmse"]);
}

TEST(Fit, RefusesATestTableWithoutRows) {
  const Table empty = read_csv("size,district,balcony,since,rent,dear\n", "test.csv");
  try {
    (void)fit(flats(300), nullptr, &empty, options_for("rent"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("test.csv: there are no rows to test on"), std::string::npos);
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
  options.hidden = "7,3";
  const FitResult result = fit(table, nullptr, nullptr, options);
  EXPECT_EQ(result.model->network(), dense_network(1, {7, 3}, {"relu"}, 1));
}

TEST(Fit, FiniteWeightsWithoutFiniteAnswersAreADivergence) {
  FitOptions options = options_for("dear");
  options.valid_fraction = 0;
  options.hidden = "4,4,4";
  options.train = {.optimizer = "sgd", .learning_rate = 1e15, .batch_size = kAllRows, .epochs = 1};
  try {
    (void)fit(flats(600), nullptr, nullptr, options);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kDiverged) << error.what();
  }
}

/// x, its square and its hundredfold, of which some cells are missing; a weight; and groups of ten rows.
Table two_targets(std::size_t rows) {
  std::string csv = "x,square,hundredfold,w,g\n";
  for (std::size_t r = 0; r < rows; ++r) {
    const double x = static_cast<double>(r * 37 % 101) / 50 - 1;
    csv += std::to_string(x) + "," + (r % 5 == 3 ? "" : std::to_string(x * x)) + "," +
           (r % 7 == 4 && r % 5 != 3 ? "" : std::to_string(100 * x)) + "," + std::to_string(r % 3) + "," +
           std::to_string(r / 10) + "\n";
  }
  return read_csv(csv, "two.csv");
}

TEST(Fit, LearnsSeveralTargetsWithHoles) {
  FitOptions options = options_for("square");
  options.targets = {"square", "hundredfold"};
  options.drop = {"w", "g"};
  options.train.epochs = 100;
  const FitResult result = fit(two_targets(1000), nullptr, nullptr, options);
  EXPECT_EQ(result.model->targets(), options.targets);
  ASSERT_EQ(result.test.metrics.by_target.size(), 2u);
  for (const TargetMetrics& of : result.test.metrics.by_target) EXPECT_GT(of.metrics["r2"], 0.9) << of.target;
  const Model again = Model::from_bytes(result.model->to_bytes(), "m.ffwd");
  const Table rows = two_targets(20);
  const Prediction prediction = again.predict(rows);
  EXPECT_EQ(prediction.values.columns(), 2u);
  EXPECT_EQ(again.evaluate(rows, prediction).metrics.by_target[0].target, "square");
}

TEST(Fit, AHoleIsLeftOutOfTheLossWhateverStandsThere) {
  FitOptions options = options_for("square");
  options.targets = {"square", "hundredfold"};
  options.drop = {"w", "g"};
  options.test_fraction = options.valid_fraction = 0;
  options.train.epochs = 1;
  options.train.learning_rate = 1e-12;  // the loss of the initial weights
  options.train.batch_size = kAllRows;
  const Table table = two_targets(200);
  const FitResult result = fit(table, nullptr, nullptr, options);
  // Σ over the cells that are there of (z − t)², over their number: from the predictions, standardised by hand.
  const Matrix predicted = result.model->predict(table).values;
  double sum = 0, n = 0;
  for (std::size_t k = 0; k < 2; ++k) {
    const Column& column = table.column(k + 1);
    double mean = 0, squares = 0, there = 0;
    for (std::size_t r = 0; r < 200; ++r) {
      if (column.is_missing(r)) continue;
      mean += column.numbers[r];
      squares += column.numbers[r] * column.numbers[r];
      ++there;
    }
    mean /= there;
    const double variance = squares / there - mean * mean;
    for (std::size_t r = 0; r < 200; ++r) {
      if (column.is_missing(r)) continue;
      sum += (predicted(r, k) - column.numbers[r]) * (predicted(r, k) - column.numbers[r]) / variance;
      ++n;
    }
  }
  EXPECT_NEAR(result.history[0].train_loss, sum / n, 1e-4);
}

TEST(Fit, ARowOfWeightTwoCountsAsTwoRows) {
  FitOptions options = options_for("y");
  options.test_fraction = options.valid_fraction = 0;
  options.train = {.optimizer = "sgd", .learning_rate = 0.01, .batch_size = kAllRows, .epochs = 5};
  const Table twice = read_csv("x,y\n1,1\n1,1\n2,4\n3,1\n", "t.csv");
  const Table weighted = read_csv("x,y,w\n1,1,2\n2,4,1\n3,1,1\n", "t.csv");
  const FitResult a = fit(twice, nullptr, nullptr, options);
  options.weight = "w";
  const FitResult b = fit(weighted, nullptr, nullptr, options);
  // Preprocessing does not look at weights, so only the metrics' own arithmetic is compared.
  EXPECT_NEAR(b.train.baseline["mae"], a.train.baseline["mae"], 1e-12);
  EXPECT_EQ(b.model->features().size(), 1u) << "the weight is no feature";
  EXPECT_NE(a.model->to_bytes(), b.model->to_bytes());
}

// Batches that happen to hold no heavy row must not count like those that do: the mean that a linear model without
// inputs of use learns is the weighted mean of the table, whatever the batch size.
TEST(Fit, WeightsCountAlikeInBatchesOfAnySize) {
  std::string csv = "x,y,w\n";
  for (int r = 0; r < 4000; ++r) csv += std::to_string(r % 7) + (r % 100 == 0 ? ",10,50\n" : ",0,1\n");
  const Table table = read_csv(csv, "rare.csv");
  FitOptions options = options_for("y");
  options.hidden = "none";
  options.test_fraction = options.valid_fraction = 0;
  options.weight = "w";
  options.train.optimizer_options.weight_decay = 0;
  const double mean = 40 * 50 * 10 / (40 * 50 + 3960.0);
  for (const std::size_t batch : {std::size_t{16}, std::size_t{64}, kAllRows}) {
    options.train.batch_size = batch;
    options.train.epochs = batch == kAllRows ? 2000 : 60;
    options.train.learning_rate = 0.01;
    const FitResult result = fit(table, nullptr, nullptr, options);
    EXPECT_NEAR(result.model->predict(table).values(1, 0), mean, 0.1) << "batches of " << batch;
  }
}

TEST(Fit, StopsOnAFigureOfTheTaskAndRefusesOthers) {
  FitOptions options = options_for("rent");
  options.train.epochs = 20;
  options.train.stop_on = "r2";
  const FitResult result = fit(flats(200), nullptr, nullptr, options);
  double best = -1e300;
  std::size_t best_epoch = 0;
  for (const EpochRecord& epoch : result.history) {
    if (epoch.valid_score > best) best_epoch = epoch.epoch;
    best = std::max(best, epoch.valid_score);
  }
  EXPECT_EQ(result.best_epoch, best_epoch);
  EXPECT_NEAR(result.valid.metrics["r2"], best, 1e-12) << "the same figure as is measured at the end";
  options.train.stop_on = "accuracy";
  const Fault fault = fault_of([&] { (void)fit(flats(200), nullptr, nullptr, options); });
  EXPECT_EQ(fault.what, "accuracy is no figure of regression");
  EXPECT_EQ(fault.fix, "give loss, rmse, mae or r2");
}

TEST(Fit, BalancedClassesHaveEvenOddsWhereNothingTellsThemApart) {
  std::string csv = "x,y\n";
  for (int r = 0; r < 4000; ++r) csv += std::to_string(r % 7) + (r % 100 == 0 ? ",yes\n" : ",no\n");
  const Table table = read_csv(csv, "rare.csv");
  FitOptions options = options_for("y");
  options.hidden = "none";
  options.test_fraction = options.valid_fraction = 0;
  options.class_weight = "balanced";
  options.train.optimizer_options.weight_decay = 0;
  options.train.epochs = 30;
  const FitResult result = fit(table, nullptr, nullptr, options);
  double sum = 0;
  const Prediction prediction = result.model->predict(table);
  for (std::size_t r = 0; r < table.n_rows(); ++r) sum += prediction.values(r, 1);
  EXPECT_NEAR(sum / static_cast<double>(table.n_rows()), 0.5, 0.03);
}

TEST(Fit, GroupsAreNotCut) {
  FitOptions options = options_for("square");
  options.group = "g";
  options.drop = {"w", "hundredfold"};
  options.drop_missing_target = true;
  const FitResult result = fit(two_targets(500), nullptr, nullptr, options);
  EXPECT_EQ(result.test.rows % 8, 0u) << "ten rows, of which two have no target";
  EXPECT_EQ(result.valid.rows % 8, 0u);
}

TEST(Fit, BalancedClassesFindTheRareOneMoreOften) {
  std::string csv = "x,y\n";
  for (int r = 0; r < 1000; ++r) {
    const double x = static_cast<double>(r * 37 % 101) / 50 - 1;
    csv += std::to_string(x) + (x > 0.5 && r % 3 == 0 ? ",rare\n" : ",usual\n");
  }
  FitOptions options = options_for("y");
  const Table table = read_csv(csv, "t.csv");
  const FitResult plain = fit(table, nullptr, nullptr, options);
  options.class_weight = "balanced";
  const FitResult balanced = fit(table, nullptr, nullptr, options);
  EXPECT_GT(balanced.test.metrics["balanced_accuracy"], plain.test.metrics["balanced_accuracy"] + 0.1);
}

TEST(Fit, RegressionHasNoClassesToWeigh) {
  FitOptions options = options_for("x");
  options.class_weight = "balanced";
  options.drop = {"square", "hundredfold"};
  try {
    (void)fit(two_targets(50), nullptr, nullptr, options);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_EQ(error.fault().where, "--class-weight");
  }
}

TEST(Fit, AColumnHasOneRole) {
  FitOptions options = options_for("square");
  options.weight = "square";
  EXPECT_THROW((void)fit(two_targets(50), nullptr, nullptr, options), Error);
  options.weight = "x";
  options.group = "x";
  EXPECT_THROW((void)fit(two_targets(50), nullptr, nullptr, options), Error);
}

TEST(Fit, EndsAtTheTimeLimitButNotBeforeTheFirstEpoch) {
  double now = 0;
  TrainHooks hooks;
  hooks.clock = [&now] { return now += 1.0; };
  FitOptions options = options_for("rent");
  options.train.time_limit = 0.5;
  const FitResult result = fit(flats(600), nullptr, nullptr, options, hooks);
  EXPECT_TRUE(result.timed_out);
  EXPECT_FALSE(result.interrupted);
  EXPECT_EQ(result.epochs, 1u);
  EXPECT_THROW((void)fit(flats(600), nullptr, nullptr, options), Error) << "without a clock it could not be kept";
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
