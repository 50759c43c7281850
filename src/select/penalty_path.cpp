#include "select/penalty_path.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <mutex>
#include <numeric>

#include "core/raise.h"
#include "kernels/kernels.h"
#include "train/side_by_side.h"

namespace ffwd {
namespace {

/// The job of each fold: made when its first network is to be trained, dropped after its last one.
class FoldJobs {
 public:
  FoldJobs(const DealtRows& dealt, const Table& data, const Table* valid, std::size_t uses)
      : dealt_(dealt), data_(data), valid_(valid), folds_(dealt.folds()) {
    for (Fold& fold : folds_) fold.uses = uses;
  }

  /// Who comes while another one prepares the fold waits for it.
  [[nodiscard]] std::shared_ptr<const FitJob> use(std::size_t k) {
    Fold& fold = folds_[k];
    const std::lock_guard one_at_a_time(fold.mutex);
    if (fold.job == nullptr) fold.job = dealt_.job_of(k, data_, valid_);
    std::shared_ptr<const FitJob> job = fold.job;
    if (--fold.uses == 0) fold.job.reset();
    return job;
  }

 private:
  struct Fold {
    std::mutex mutex;
    std::shared_ptr<const FitJob> job;  // shared by the networks that are being trained on it
    std::size_t uses = 0;
  };

  const DealtRows& dealt_;
  const Table& data_;
  const Table* valid_;
  std::vector<Fold> folds_;
};

void summarise(PenaltyPath::Point& point) {
  const auto n = static_cast<double>(point.of_folds.size());
  point.mean = std::accumulate(point.of_folds.begin(), point.of_folds.end(), 0.0) / n;
  double squares = 0;
  for (const double loss : point.of_folds) squares += (loss - point.mean) * (loss - point.mean);
  point.standard_error = std::isfinite(point.mean) ? std::sqrt(squares / (n - 1) / n) : 0;
}

}  // namespace

std::vector<double> path_of_lambdas(double largest, std::size_t n) {
  constexpr double kLogOfFall = -9.210340371976184;  // of 1/10,000
  std::vector<double> lambdas(n);
  for (std::size_t k = 0; k < n; ++k) {
    lambdas[k] = n == 1 ? 0 : kLogOfFall * static_cast<double>(k) / static_cast<double>(n - 1);
  }
  kernels<double>().exp(lambdas.data(), lambdas.data(), n);  // the engine's own, the same on every machine
  for (double& lambda : lambdas) lambda *= largest;
  return lambdas;
}

double& penalty_of(TrainOptions& options, const std::string& name) { return name == "l1" ? options.l1 : options.l2; }

void choose(PenaltyPath& path) {
  const auto best = std::ranges::min_element(path.points, {}, &PenaltyPath::Point::mean);
  if (!std::isfinite(best->mean)) {
    raise({.kind = ErrorKind::kDiverged,
           .what = "training diverged in some fold whatever the penalty",
           .where = "--" + path.penalty + " cv",
           .fix = "lower --learning-rate, or look for extreme values in the data with ffwd inspect"});
  }
  path.best = static_cast<std::size_t>(best - path.points.begin());
  path.chosen = path.best;
  if (path.rule != "one-se") return;
  const double enough = best->mean + best->standard_error;
  path.chosen = static_cast<std::size_t>(
      std::ranges::find_if(path.points, [&](const auto& point) { return point.mean <= enough; }) - path.points.begin());
}

Looked<PenaltyPath> walk_penalties(const FitJob& whole, const DealtRows& dealt, const Table& data, const Table* valid,
                                   const FitOptions& options, const SelectOptions& select_options,
                                   const TrainHooks& hooks) {
  const double started = hooks.clock ? hooks.clock() : 0;
  TrainOptions train = options.train;
  PenaltyPath path{.penalty = select_options.penalty, .rule = select_options.rule, .folds = dealt.folds()};
  for (const double lambda : path_of_lambdas(penalty_of(train, path.penalty), select_options.lambdas)) {
    path.points.push_back({.lambda = lambda, .of_folds = std::vector<double>(dealt.folds())});
  }
  const std::size_t n = path.points.size();
  FoldJobs jobs(dealt, data, valid, n);
  SideBySide all = side_by_side(dealt.folds() * n, whole.preparation().network, dealt.rows().size(), train, hooks);
  all.time_limit = share_of_limit(train, all.n);
  const SideBySideEnd end = train_side_by_side(all, [&](std::size_t k, const Lane& lane) {
    const std::size_t fold = k / n, at = k % n;
    const std::shared_ptr<const FitJob> job = jobs.use(fold);
    TrainOptions own = in_lane(train, lane);
    penalty_of(own, path.penalty) = path.points[at].lambda;
    const FitOutcome outcome = job->run(own, hooks_of_fold(lane.hooks, fold + 1, at + 1));
    const bool is_finite = !outcome.diverged && std::isfinite(outcome.held_out_loss);
    path.points[at].of_folds[fold] = is_finite ? outcome.held_out_loss : std::numeric_limits<double>::infinity();
    return Ending{.interrupted = outcome.result.interrupted, .timed_out = outcome.result.timed_out};
  });
  if (end.ending.interrupted || end.begun < all.n) return {.interrupted = end.ending.interrupted};
  for (PenaltyPath::Point& point : path.points) summarise(point);
  choose(path);
  path.seconds = hooks.clock ? hooks.clock() - started : 0;
  return {.found = std::move(path)};
}

}  // namespace ffwd
