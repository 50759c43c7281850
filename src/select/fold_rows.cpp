#include "select/fold_rows.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "core/raise.h"
#include "core/thread_pool.h"
#include "dataset/folds.h"
#include "pipeline/row_weights.h"

namespace ffwd {
namespace {

[[noreturn]] void refuse_too_few(const Table& data, std::size_t n, const char* what, std::size_t folds) {
  raise({.kind = ErrorKind::kUsage,
         .what = std::to_string(n) + " " + what + " cannot be dealt into " + std::to_string(folds) + " folds",
         .where = data.source,
         .fix = "give --cv " + (n < 2 ? std::string("more rows") : std::to_string(n) + " or fewer")});
}

/// The options for rows of which a fold is held out already: the same share is validated on as of all rows.
FitOptions options_of_folds(const FitJob& whole, FitOptions options) {
  const Split& split = whole.preparation().split;
  const auto valid = static_cast<double>(split.valid.size()), train = static_cast<double>(split.train.size());
  options.test_fraction.reset();
  options.valid_fraction = valid / (valid + train);
  return options;
}

}  // namespace

DealtRows::DealtRows(const FitJob& whole, const Table& data, const FitOptions& options, std::size_t folds)
    : options_(options_of_folds(whole, options)), folds_(folds) {
  const Preparation& p = whole.preparation();
  rows_ = p.split.train;
  rows_.insert(rows_.end(), p.split.valid.begin(), p.split.valid.end());
  std::ranges::sort(rows_);
  if (options.group.empty()) {
    if (rows_.size() < folds) refuse_too_few(data, rows_.size(), "rows", folds);
    fold_of_ = deal_rows(rows_.size(), strata(p.targets, data, rows_), folds, options.train.seed);
    return;
  }
  const std::vector<std::uint32_t> groups = row_groups(data, *data.find(options.group), rows_);
  const std::size_t n_groups = std::set(groups.begin(), groups.end()).size();
  if (n_groups < folds) refuse_too_few(data, n_groups, "groups", folds);
  fold_of_ = deal_groups(groups, folds, options.train.seed);
}

std::unique_ptr<FitJob> DealtRows::job_of(std::size_t fold, const Table& data, const Table* valid) const {
  std::vector<RowIndex> rows, held_out;
  for (std::size_t i = 0; i < rows_.size(); ++i) (fold_of_[i] == fold ? held_out : rows).push_back(rows_[i]);
  const FoldRows parts{.rows = rows, .held_out = held_out};
  try {
    return make_fit_job(data, valid, nullptr, options_, &parts);
  } catch (const Error& error) {
    raise_of_fold(fold, error.fault());
  }
}

void raise_of_fold(std::size_t fold, Fault fault) {
  fault.what = "fold " + std::to_string(fold + 1) + ": " + fault.what;
  raise(std::move(fault));
}

TrainHooks hooks_of_fold(const TrainHooks& hooks, std::size_t fold, std::size_t penalty) {
  TrainHooks of_fold = hooks;
  if (!hooks.on_epoch) return of_fold;
  of_fold.on_epoch = [&hooks, fold, penalty](EpochRecord record) {
    record.fold = fold;
    record.penalty = penalty;
    hooks.on_epoch(record);
  };
  return of_fold;
}

double share_of_limit(const TrainOptions& options, std::size_t trainings) {
  const std::size_t threads = thread_count(options.threads), waves = (trainings + threads - 1) / threads;
  return options.time_limit * static_cast<double>(waves) / static_cast<double>(waves + 1);
}

}  // namespace ffwd
