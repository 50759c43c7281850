#include "select/fold_rows.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "ffwd/error.h"
#include "ffwd/select.h"
#include "model/flats.h"

namespace ffwd {
namespace {

FitOptions options_of(const std::string& target) {
  FitOptions options;
  options.targets = {target};
  options.hidden = "4";
  options.train.epochs = 2;
  return options;
}

TEST(FoldRows, HoldOutEveryRowThatIsNotTestedOnOnce) {
  const Table table = flats(200);
  for (const double test : {0.0, 0.25}) {
    FitOptions options = options_of("dear");
    options.test_fraction = test;
    const auto whole = make_fit_job(table, nullptr, nullptr, options);
    const Split& cut = whole->preparation().split;
    const DealtRows dealt(*whole, table, options, 4);
    EXPECT_EQ(dealt.rows().size(), cut.train.size() + cut.valid.size());
    std::vector<RowIndex> held_out;
    for (std::size_t fold = 0; fold < 4; ++fold) {
      const Split split = dealt.job_of(fold, table, nullptr)->preparation().split;
      held_out.insert(held_out.end(), split.test.begin(), split.test.end());
      std::vector<RowIndex> seen = split.train;
      seen.insert(seen.end(), split.valid.begin(), split.valid.end());
      std::ranges::sort(seen);
      EXPECT_EQ(seen.size() + split.test.size(), dealt.rows().size());
      for (const RowIndex row : split.test) EXPECT_FALSE(std::ranges::binary_search(seen, row));
      const auto share = static_cast<double>(cut.valid.size()) / static_cast<double>(dealt.rows().size());
      EXPECT_NEAR(static_cast<double>(split.valid.size()), share * static_cast<double>(seen.size()), 1);
    }
    std::ranges::sort(held_out);
    EXPECT_EQ(held_out, dealt.rows());
  }
}

TEST(FoldRows, RefuseMoreFoldsThanRowsOrGroups) {
  const Table table = flats(40);
  const auto refusal = [&](const FitOptions& options, std::size_t folds) -> std::string {
    try {
      const auto whole = make_fit_job(table, nullptr, nullptr, options);
      const DealtRows dealt(*whole, table, options, folds);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kUsage);
      return error.what();
    }
    return "";
  };
  FitOptions options = options_of("rent");
  EXPECT_EQ(refusal(options, 40), "");
  EXPECT_EQ(refusal(options, 41), "flats.csv: 40 rows cannot be dealt into 41 folds\n  give --cv 40 or fewer");
  options.group = "district";
  EXPECT_EQ(refusal(options, 4), "");
  EXPECT_EQ(refusal(options, 5), "flats.csv: 4 groups cannot be dealt into 5 folds\n  give --cv 4 or fewer");
}

TEST(FoldRows, AnErrorNamesTheFold) {
  Table table = flats(40);
  std::vector<double> weights(40);
  weights[7] = 1;  // the fold that holds this row out has none to train on
  table.add_numbers("weight", std::move(weights));
  FitOptions options = options_of("rent");
  options.weight = "weight";
  options.test_fraction = options.valid_fraction = 0;
  const auto whole = make_fit_job(table, nullptr, nullptr, options);
  const DealtRows dealt(*whole, table, options, 4);
  std::size_t refused = 0;
  for (std::size_t fold = 0; fold < 4; ++fold) {
    try {
      static_cast<void>(dealt.job_of(fold, table, nullptr));
    } catch (const Error& error) {
      ++refused;
      EXPECT_EQ(error.fault().what.rfind("fold " + std::to_string(fold + 1) + ": ", 0), 0u) << error.what();
    }
  }
  EXPECT_GE(refused, 1u);
}

TEST(FoldRows, HooksAreToldTheFoldAndThePenalty) {
  EpochRecord seen;
  TrainHooks hooks;
  hooks.on_epoch = [&](const EpochRecord& record) { seen = record; };
  hooks_of_fold(hooks, 3, 2).on_epoch({.epoch = 7});
  EXPECT_EQ(seen.fold, 3u);
  EXPECT_EQ(seen.penalty, 2u);
  EXPECT_EQ(seen.epoch, 7u);
  EXPECT_FALSE(hooks_of_fold({}, 1, 1).on_epoch);
}

TEST(FoldRows, TheLastTrainingHasAWaveOfTheTimeLimit) {
  EXPECT_DOUBLE_EQ(share_of_limit({.time_limit = 12, .threads = 2}, 5), 9);
  EXPECT_DOUBLE_EQ(share_of_limit({.time_limit = 12, .threads = 1}, 5), 10);
  EXPECT_EQ(share_of_limit({.threads = 1}, 5), 0);
}

}  // namespace
}  // namespace ffwd
