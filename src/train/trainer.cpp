#include "train/trainer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <optional>
#include <utility>

#include "core/denormals.h"
#include "core/philox.h"
#include "core/raise.h"
#include "core/rows.h"
#include "core/thread_pool.h"
#include "network/initialise.h"
#include "train/batch_learner.h"
#include "train/batch_pass.h"
#include "train/early_stopping.h"
#include "train/full_batch_learner.h"
#include "train/rate_groups.h"
#include "train/side_by_side.h"
#include "train/train_options.h"

namespace ffwd {
namespace {

/// What a start came to. `score`: of the epoch kept, the lower the better.
template <class T>
struct StartResult {
  Trained<T> trained;
  double score = std::numeric_limits<double>::infinity();
  std::optional<Fault> diverged;
};

/// Which network it is, both from 1.
struct Which {
  std::size_t member, start;
};

/// One start: from initial weights until the epochs, the time or the patience are over.
template <class T>
class Start {
 public:
  Start(const TrainingRun<T>& run, TrainOptions settled_options, const Which& which);
  StartResult<T> train();

 private:
  std::unique_ptr<Learner<T>> make_learner();
  /// False if the validation loss is not finite.
  bool finish_epoch(std::size_t epoch, const EpochOutcome& outcome, double started);
  void validate(ValidationPass<T>& pass, EpochRecord& record);
  /// What epochs are compared by.
  [[nodiscard]] double score_of(const EpochRecord& record) const;
  [[nodiscard]] bool validates() const { return run_.valid != nullptr && run_.valid->rows > 0; }

  TrainingRun<T> run_;
  TrainOptions options_;  // settled
  Which which_;
  RunClock clock_;
  Plan<T> plan_;
  unsigned threads_;
  std::vector<Penalty> penalties_;
  std::vector<Segment> segments_;
  std::optional<ValidationPass<T>> validation_;
  std::optional<Matrix> linked_;
  std::optional<Pruner<T>> pruner_;
  EarlyStopping stopping_;
  std::unique_ptr<Learner<T>> learner_;
  StartResult<T> result_;
};

template <class T>
Start<T>::Start(const TrainingRun<T>& run, TrainOptions settled_options, const Which& which)
    : run_(run),
      options_(std::move(settled_options)),
      which_(which),
      clock_(run.hooks, options_.time_limit),
      plan_(compile<T>(run.network, std::min(options_.batch_size, kShardRows))),
      threads_(thread_count(options_.threads)),
      penalties_(smooth_penalties(options_)),
      segments_(rate_segments(plan_.layout(), options_)),
      stopping_(validates() ? options_.patience : 0),
      learner_(make_learner()) {
  if (!validates()) return;
  validation_.emplace(plan_, run.loss, *run.valid, threads_);
  if (run.score != nullptr) linked_.emplace(run.valid->rows, plan_.output().units);
}

template <class T>
std::unique_ptr<Learner<T>> Start<T>::make_learner() {
  AlignedVector<T> parameters(plan_.layout().size());
  if (run_.from.empty()) {
    initialise(plan_.layout(), options_.seed, parameters.data(), *find_initial_weights(options_.initial_weights));
  } else {
    parameters = run_.from[which_.member - 1];
  }
  if (run_.pruning != nullptr) pruner_.emplace(*run_.pruning, plan_.layout(), parameters.data());
  const Workshop<T> shop{.run = run_,
                         .options = options_,
                         .plan = plan_,
                         .clock = clock_,
                         .penalties = penalties_,
                         .segments = segments_,
                         .threads = threads_,
                         .pruner = pruner_ ? &*pruner_ : nullptr};
  return find_row(optimizers(), options_.optimizer)->is_full_batch()
             ? make_full_batch_learner(shop, std::move(parameters))
             : make_batch_learner(shop, std::move(parameters));
}

template <class T>
StartResult<T> Start<T>::train() {
  const FlushDenormals flush;
  constexpr std::size_t kMostForeseen = 1 << 14;  // epochs; more are rare, and patience ends most
  result_.trained.history.reserve(std::min(options_.epochs, kMostForeseen));
  for (std::size_t epoch = 1; epoch <= options_.epochs; ++epoch) {
    const double started = clock_.now();
    EpochOutcome outcome = learner_->run_epoch(epoch);
    result_.trained.interrupted = outcome.interrupted;
    result_.trained.timed_out = outcome.timed_out;
    if (outcome.diverged) result_.diverged = std::move(outcome.diverged);
    if (outcome.interrupted || outcome.timed_out || result_.diverged) break;
    if (!finish_epoch(epoch, outcome, started) || result_.trained.history.back().last) break;
  }
  result_.trained.best_epoch = stopping_.best_epoch();
  result_.trained.start = which_.start;
  return std::move(result_);
}

template <class T>
bool Start<T>::finish_epoch(std::size_t epoch, const EpochOutcome& outcome, double started) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  EpochRecord record{.epoch = epoch,
                     .train_loss = outcome.loss,
                     .valid_loss = kNone,
                     .valid_score = kNone,
                     .learning_rate = outcome.rate,
                     .epochs = options_.epochs,
                     .start = which_.start,
                     .member = which_.member,
                     .sparsity = pruner_ ? pruner_->sparsity() : 0};
  if (validation_) {
    validate(*validation_, record);
    if (!std::isfinite(record.valid_loss)) {
      const std::size_t steps = (run_.train.rows + options_.batch_size - 1) / options_.batch_size;
      result_.diverged = divergence("the validation loss is not finite", epoch, steps, options_);
      return false;
    }
  }
  learner_->end_epoch(validates() ? record.valid_loss : record.train_loss);
  const double score = score_of(record);
  const bool counts = !pruner_ || pruner_->is_done();
  if (counts && stopping_.is_best(epoch, score)) {
    result_.trained.parameters = learner_->parameters();
    result_.score = score;
  }
  record.last = epoch == options_.epochs || outcome.converged || (counts && stopping_.is_over(epoch));
  record.seconds = clock_.now() - started;
  result_.trained.epochs = epoch;
  result_.trained.history.push_back(record);
  if (run_.hooks.on_epoch) run_.hooks.on_epoch(record);
  return true;
}

template <class T>
void Start<T>::validate(ValidationPass<T>& pass, EpochRecord& record) {
  record.valid_loss = pass.run(learner_->parameters().data(), linked_ ? &*linked_ : nullptr);
  if (linked_ && std::isfinite(record.valid_loss)) record.valid_score = run_.score->of(*linked_);
}

template <class T>
double Start<T>::score_of(const EpochRecord& record) const {
  if (!validates()) return record.train_loss;
  if (!linked_) return record.valid_loss;
  // A figure that is not defined is no better than any other.
  if (std::isnan(record.valid_score)) return std::numeric_limits<double>::infinity();
  return run_.score->lower_is_better ? record.valid_score : -record.valid_score;
}

/// The best of the starts of a member that have been offered, whatever their order.
template <class T>
class BestStart {
 public:
  void offer(StartResult<T> made) {
    const std::lock_guard one_at_a_time(mutex_);
    ++offered_;
    const std::size_t number = made.trained.start;
    if (made.diverged) {
      if (!diverged_ || number < first_diverged_) diverged_ = std::move(made.diverged);
      first_diverged_ = std::min(first_diverged_, number);
      return;
    }
    if (made.trained.best_epoch == 0) return;
    const bool is_better = made.score < best_.score || (made.score == best_.score && number < best_.trained.start);
    if (best_.trained.epochs == 0 || is_better) best_ = std::move(made);
  }

  [[nodiscard]] Trained<T> take(const Ending& ending) {
    Trained<T> trained = std::move(best_.trained);
    trained.starts = offered_;
    trained.interrupted = ending.interrupted;
    trained.timed_out = ending.timed_out;
    if (trained.epochs == 0 && !ending.interrupted) trained.diverged = std::move(diverged_);
    return trained;
  }

 private:
  std::mutex mutex_;
  StartResult<T> best_;
  std::size_t offered_ = 0;
  std::optional<Fault> diverged_;
  std::size_t first_diverged_ = 0;
};

}  // namespace

std::uint64_t seed_of_start(std::uint64_t seed, std::size_t start) {
  return start == 1 ? seed : Philox(seed, Purpose::kRestart).bits(0, start);
}

std::uint64_t seed_of_member(std::uint64_t seed, std::size_t member) {
  return member == 1 ? seed : Philox(seed, Purpose::kMember).bits(0, member);
}

template <class T>
std::vector<Trained<T>> train_members(const TrainingRun<T>& run, std::size_t members) {
  const TrainOptions options = settled(run.options, run.train.rows);
  require_fit(options, run.loss.row(), run.network.n_parameters());
  std::vector<BestStart<T>> best(members);
  const SideBySide all = side_by_side(members * options.restarts, run.network, run.train.rows, options, run.hooks);
  const SideBySideEnd end = train_side_by_side(all, [&](std::size_t k, const Lane& lane) {
    const Which which{.member = k % members + 1, .start = k / members + 1};
    TrainOptions own = in_lane(options, lane);
    own.seed = seed_of_start(seed_of_member(options.seed, which.member), which.start);
    const TrainingRun<T> one{.network = run.network,
                             .loss = run.loss,
                             .train = run.train,
                             .valid = run.valid,
                             .options = run.options,
                             .hooks = lane.hooks,
                             .score = run.score,
                             .from = run.from,
                             .pruning = run.pruning};
    StartResult<T> made = Start<T>(one, std::move(own), which).train();
    const Ending ending{.interrupted = made.trained.interrupted, .timed_out = made.trained.timed_out};
    best[which.member - 1].offer(std::move(made));
    return ending;
  });
  std::vector<Trained<T>> trained;
  for (BestStart<T>& member : best) trained.push_back(member.take(end.ending));
  return trained;
}

template <class T>
Trained<T> train(const TrainingRun<T>& run) {
  Trained<T> trained = std::move(train_members(run, 1).front());
  if (trained.diverged) raise(std::move(*trained.diverged));
  return trained;
}

template std::vector<Trained<float>> train_members(const TrainingRun<float>&, std::size_t);
template std::vector<Trained<double>> train_members(const TrainingRun<double>&, std::size_t);
template Trained<float> train(const TrainingRun<float>&);
template Trained<double> train(const TrainingRun<double>&);

}  // namespace ffwd
