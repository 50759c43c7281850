#include "select/cross_validation.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/raise.h"
#include "model/answers.h"
#include "model/measure.h"
#include "train/side_by_side.h"

namespace ffwd {
namespace {

/// What one fold's model came to on the rows it had not seen.
struct FoldResult {
  FitOutcome outcome;
  Matrix truth;
  std::vector<double> weights;
};

FoldFigure figure_of(const std::string& name, const std::vector<Metrics>& of_folds, const Metrics& all) {
  double sum = 0, n = 0, squares = 0;
  for (const Metrics& fold : of_folds) {
    if (std::isnan(fold[name])) continue;
    sum += fold[name];
    ++n;
  }
  FoldFigure figure{.name = name, .mean = sum / n, .sd = 0, .all = all[name]};
  for (const Metrics& fold : of_folds) {
    if (!std::isnan(fold[name])) squares += (fold[name] - figure.mean) * (fold[name] - figure.mean);
  }
  figure.sd = n > 1 ? std::sqrt(squares / (n - 1)) : std::numeric_limits<double>::quiet_NaN();
  return figure;
}

/// The folds' answers, put where their rows stand among all.
CrossValidation gathered(const FitJob& whole, const DealtRows& dealt, std::vector<FoldResult> folds, unsigned threads) {
  const Preparation& p = whole.preparation();
  const std::size_t n = dealt.rows().size();
  CrossValidation cv{.folds = dealt.folds(), .rows = n};
  cv.predictions = Matrix(n, folds.front().outcome.held_out.columns());
  Matrix truth(n, folds.front().truth.columns());
  std::vector<double> weights;
  std::vector<std::size_t> next(folds.size());
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t f = dealt.fold_of()[i], k = next[f]++;
    const FoldResult& fold = folds[f];
    std::ranges::copy(fold.outcome.held_out.row(k), cv.predictions.row(i).begin());
    std::ranges::copy(fold.truth.row(k), truth.row(i).begin());
    if (!fold.weights.empty()) weights.push_back(fold.weights[k]);
    cv.row.push_back(dealt.rows()[i]);
    cv.fold_of.push_back(f + 1);
  }
  for (const FoldResult& fold : folds) cv.of_folds.push_back(fold.outcome.result.test.metrics);
  cv.metrics = measure(p.task, p.targets.names(), truth, cv.predictions, weights, threads, layout_of(p.loss));
  for (const Metrics::Value& metric : cv.metrics.values) {
    cv.figures.push_back(figure_of(metric.name, cv.of_folds, cv.metrics));
  }
  return cv;
}

}  // namespace

Looked<CrossValidation> cross_validate(const FitJob& whole, const DealtRows& dealt, const Table& data,
                                       const Table* valid, const TrainOptions& train, const TrainHooks& hooks) {
  const double started = hooks.clock ? hooks.clock() : 0;
  std::vector<FoldResult> folds(dealt.folds());
  SideBySide all = side_by_side(folds.size(), whole.preparation().network, dealt.rows().size(), train, hooks);
  all.time_limit = share_of_limit(train, folds.size());
  const SideBySideEnd end = train_side_by_side(all, [&](std::size_t k, const Lane& lane) {
    const std::unique_ptr<FitJob> job = dealt.job_of(k, data, valid);
    const TrainHooks told = hooks_of_fold(lane.hooks, k + 1, 0);
    folds[k] = {.outcome = job->run(in_lane(train, lane), told),
                .truth = job->held_out_truth(),
                .weights = {job->held_out_weights().begin(), job->held_out_weights().end()}};
    const FitResult& result = folds[k].outcome.result;
    return Ending{.interrupted = result.interrupted, .timed_out = result.timed_out};
  });
  if (end.ending.interrupted) return {.found = std::nullopt, .interrupted = true};
  for (std::size_t k = 0; k < folds.size(); ++k) {
    if (folds[k].outcome.diverged) raise_of_fold(k, std::move(*folds[k].outcome.diverged));
  }
  if (end.begun < all.n) return {};
  CrossValidation cv = gathered(whole, dealt, std::move(folds), train.threads);
  cv.seconds = hooks.clock ? hooks.clock() - started : 0;
  return {.found = std::move(cv)};
}

}  // namespace ffwd
