#include "model/fit_job.h"

#include <gtest/gtest.h>

#include <numeric>

#include "core/thread_pool.h"
#include "ffwd/error.h"
#include "model/flats.h"

namespace ffwd {
namespace {

FitOptions options_of(const std::string& target) {
  FitOptions options;
  options.targets = {target};
  options.hidden = "8";
  options.train.epochs = 4;
  return options;
}

TEST(FitJob, TrainsAsOftenAsOneLikesAtTheSameTime) {
  const Table table = flats(200);
  const FitOptions options = options_of("rent");
  const auto job = make_fit_job(table, nullptr, nullptr, options);
  const std::string alone = fit(table, nullptr, nullptr, options).model->to_bytes();
  std::vector<std::string> made(6);
  parallel_for(3, made.size(), [&](std::size_t k, unsigned) {
    TrainOptions train = options.train;
    train.seed = k / 2;
    made[k] = job->run(train, {}).result.model->to_bytes();
  });
  EXPECT_EQ(made[0], alone);
  EXPECT_EQ(made[1], alone);
  EXPECT_EQ(made[2], made[3]);
  EXPECT_NE(made[2], alone);
}

TEST(FitJob, OfAFoldTrainsAndValidatesOnItsRowsAndTestsOnTheOthers) {
  const Table table = flats(200);
  std::vector<RowIndex> rows(150), held_out(50);
  std::iota(rows.begin(), rows.end(), RowIndex{50});
  std::iota(held_out.begin(), held_out.end(), RowIndex{0});
  const FoldRows fold{.rows = rows, .held_out = held_out};
  FitOptions options = options_of("dear");
  options.test_fraction = 0.3;  // says nothing of a fold
  const auto job = make_fit_job(table, nullptr, nullptr, options, &fold);
  const Split& split = job->preparation().split;
  EXPECT_EQ(split.test, held_out);
  EXPECT_EQ(split.valid.size(), 15u);
  EXPECT_EQ(split.train.size(), 135u);
  EXPECT_GE(split.train.front(), 50u);
  EXPECT_EQ(job->held_out_truth().rows(), 50u);
  EXPECT_TRUE(job->held_out_weights().empty());
  const FitOutcome outcome = job->run(options.train, {});
  EXPECT_EQ(outcome.held_out.rows(), 50u);
  EXPECT_EQ(outcome.held_out.columns(), 2u);
  const Matrix again = outcome.result.model->predict(table).values;
  for (std::size_t i = 0; i < 50; ++i) EXPECT_EQ(again(i, 1), outcome.held_out(i, 1));
}

TEST(FitJob, ATimeLimitNeedsAClock) {
  EXPECT_THROW(require_clock({.time_limit = 1}, {}), Error);
  EXPECT_NO_THROW(require_clock({}, {}));
  TrainHooks hooks;
  hooks.clock = [] { return 0.0; };
  EXPECT_NO_THROW(require_clock({.time_limit = 1}, hooks));
}

}  // namespace
}  // namespace ffwd
