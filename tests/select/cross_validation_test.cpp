#include "select/cross_validation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "core/json.h"
#include "ffwd/error.h"
#include "model/flats.h"

namespace ffwd {
namespace {

FitOptions options_of(const std::string& target) {
  FitOptions options;
  options.targets = {target};
  options.drop = {target == "rent" ? "dear" : "rent"};
  options.hidden = "8";
  options.train.epochs = 5;
  return options;
}

SelectResult selected(const FitOptions& options, std::size_t folds, std::size_t rows = 200,
                      const TrainHooks& hooks = {}) {
  return select(flats(rows), nullptr, nullptr, options, {.folds = folds}, hooks);
}

TEST(CrossValidation, AnswersEachRowWithAModelThatDidNotSeeIt) {
  const Table table = flats(120);
  FitOptions options = options_of("rent");
  options.test_fraction = 0;
  const auto whole = make_fit_job(table, nullptr, nullptr, options);
  const DealtRows dealt(*whole, table, options, 3);
  const CrossValidation cv = *cross_validate(*whole, dealt, table, nullptr, options.train, {}).found;
  EXPECT_EQ(cv.rows, 120u);
  for (std::size_t fold = 0; fold < 3; ++fold) {
    const FitOutcome alone = dealt.job_of(fold, table, nullptr)->run(options.train, {});
    std::size_t k = 0;
    for (std::size_t i = 0; i < cv.rows; ++i) {
      EXPECT_EQ(cv.row[i], i);
      if (cv.fold_of[i] != fold + 1) continue;
      EXPECT_EQ(cv.predictions(i, 0), alone.held_out(k++, 0));
    }
    EXPECT_EQ(k, 40u);
    EXPECT_EQ(cv.of_folds[fold]["rmse"], alone.result.test.metrics["rmse"]);
  }
}

TEST(CrossValidation, SaysMeansAndSpreadsOverTheFolds) {
  const SelectResult result = selected(options_of("dear"), 4);
  const CrossValidation& cv = *result.cross_validation;
  EXPECT_EQ(cv.folds, 4u);
  ASSERT_EQ(cv.figures.size(), 4u);
  for (const FoldFigure& figure : cv.figures) {
    double sum = 0, squares = 0;
    for (const Metrics& fold : cv.of_folds) sum += fold[figure.name];
    for (const Metrics& fold : cv.of_folds) squares += std::pow(fold[figure.name] - sum / 4, 2);
    EXPECT_NEAR(figure.mean, sum / 4, 1e-12);
    EXPECT_NEAR(figure.sd, std::sqrt(squares / 3), 1e-12);
    EXPECT_EQ(figure.all, cv.metrics[figure.name]);
  }
  EXPECT_NEAR(cv.figures[0].all, cv.figures[0].mean, 0.01) << "the accuracy, in folds of 50 rows each";
}

TEST(CrossValidation, KeepsNoTestRowsAndTrainsTheModelAsWithoutIt) {
  FitOptions options = options_of("rent");
  const SelectResult result = selected(options, 3);
  EXPECT_EQ(result.fit.test.rows, 0u);
  EXPECT_EQ(result.fit.train.rows + result.fit.valid.rows, 200u);
  options.test_fraction = 0;
  const FitResult plain = fit(flats(200), nullptr, nullptr, options);
  const Table rows = flats(20, 3);
  const Matrix a = result.fit.model->predict(rows).values, b = plain.model->predict(rows).values;
  EXPECT_TRUE(std::ranges::equal(a.values(), b.values()));
  options.test_fraction = 0.2;
  EXPECT_EQ(selected(options, 3).fit.test.rows, 40u);
  EXPECT_EQ(selected(options, 3).cross_validation->rows, 160u);
}

TEST(CrossValidation, GivesTheSameBitsForAnyNumberOfThreads) {
  for (const char* target : {"rent", "dear"}) {
    std::vector<std::string> files;
    for (const unsigned threads : {1U, 2U, 7U}) {
      FitOptions options = options_of(target);
      options.train.threads = threads;
      options.ensemble = 2;
      files.push_back(selected(options, 5).fit.model->to_bytes());
    }
    EXPECT_EQ(files[0], files[1]);
    EXPECT_EQ(files[0], files[2]);
  }
}

TEST(CrossValidation, StandsInTheModelFile) {
  const SelectResult result = selected(options_of("rent"), 3);
  const Model again = Model::from_bytes(result.fit.model->to_bytes(), "m.ffwd");
  const Json cv = Json::parse(again.description())["training"]["cross_validation"];
  EXPECT_EQ(cv["folds"], 3);
  EXPECT_EQ(cv["metrics"]["rmse"]["all"], result.cross_validation->metrics["rmse"]);
  EXPECT_EQ(cv["metrics"].size(), 3u);
}

TEST(CrossValidation, KeepsGroupsWhole) {
  FitOptions options = options_of("rent");
  options.group = "district";
  const Table table = flats(150);
  const SelectResult result = select(table, nullptr, nullptr, options, {.folds = 4});
  const CrossValidation& cv = *result.cross_validation;
  std::map<std::string, std::size_t> fold_of;
  for (std::size_t i = 0; i < cv.rows; ++i) {
    const std::string district(table.column(*table.find("district")).cell(cv.row[i]));
    EXPECT_EQ(fold_of.emplace(district, cv.fold_of[i]).first->second, cv.fold_of[i]);
  }
}

TEST(CrossValidation, HooksAreToldTheFoldAndThenTheModelThatIsKept) {
  std::vector<std::size_t> epochs(4);
  std::size_t last_fold = 99;
  TrainHooks hooks;
  hooks.on_epoch = [&](const EpochRecord& record) {
    ++epochs[record.fold];
    last_fold = record.fold;
  };
  static_cast<void>(selected(options_of("rent"), 3, 200, hooks));
  EXPECT_EQ(epochs, (std::vector<std::size_t>{5, 5, 5, 5}));
  EXPECT_EQ(last_fold, 0u);
}

TEST(CrossValidation, EndsWithoutAModelWhenItIsStopped) {
  TrainHooks hooks;
  bool stop = false;
  hooks.on_epoch = [&](const EpochRecord& record) { stop = stop || record.fold == 2; };
  hooks.stop = [&] { return stop; };
  const SelectResult result = selected(options_of("rent"), 3, 200, hooks);
  EXPECT_EQ(result.fit.model, nullptr);
  EXPECT_TRUE(result.fit.interrupted);
  EXPECT_FALSE(result.cross_validation);
}

TEST(CrossValidation, WithoutTheTimeForItSaysSo) {
  FitOptions options = options_of("rent");
  options.train.time_limit = 1e-6;
  options.train.threads = 1;
  double time = 0;
  TrainHooks hooks;
  hooks.clock = [&] { return time += 1; };
  const SelectResult result = selected(options, 3, 200, hooks);
  EXPECT_NE(result.fit.model, nullptr);
  EXPECT_FALSE(result.cross_validation);
  EXPECT_EQ(result.fit.warnings.back(),
            "the time was up before the networks of all folds were trained: there is no cross-validation");
}

TEST(CrossValidation, NamesTheFoldThatDiverged) {
  FitOptions options = options_of("rent");
  options.train.optimizer = "sgd";
  options.train.learning_rate = 1e6;
  try {
    static_cast<void>(selected(options, 3));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kDiverged);
    EXPECT_TRUE(std::string(error.what()).starts_with("fold 1: training diverged: ")) << error.what();
  }
}

}  // namespace
}  // namespace ffwd
