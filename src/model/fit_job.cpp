#include "model/fit_job.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/names.h"
#include "core/raise.h"
#include "core/rows.h"
#include "core/thread_pool.h"
#include "ffwd/version.h"
#include "model/fit_rows.h"
#include "model/measured_part.h"
#include "model/parts.h"
#include "model/training_json.h"
#include "network/layer.h"
#include "optim/optimizer.h"
#include "train/batch_pass.h"
#include "train/train_options.h"
#include "train/trainer.h"

namespace ffwd {
namespace {

// What a search along a line compares must be one function; and a single row has no variance.
void check_varying_layers(const TrainOptions& options, const NetworkSpec& network) {
  const bool full_batch = find_row(optimizers(), options.optimizer)->is_full_batch();
  for (const LayerSpec& layer : network.layers) {
    const Varies varies = find_row(layers(), layer.type)->varies;
    if (full_batch && varies != Varies::kNot) {
      raise({.kind = ErrorKind::kUsage,
             .what = "--optimizer " + options.optimizer + " minimises one loss, and " + layer.type +
                     " makes it another at each step",
             .where = "",
             .fix = "leave " + layer.type + " out, or use an optimizer of mini-batches such as adamw"});
    }
    if (varies == Varies::kByNeighbours && options.batch_size == 1) {
      raise({.kind = ErrorKind::kUsage,
             .what = layer.type + " standardises over the rows of a batch, and a batch has one",
             .where = "--batch-size",
             .fix = "give 2 or more, or use layer_norm, which standardises each row on its own"});
    }
  }
}

/// Refuses a figure that the task does not have.
void require_figure(Task task, DistributionKind kind, const std::string& name) {
  std::vector<std::string> known = {"loss"};
  for (const MetricRow& metric : metrics()) {
    const bool fits = metric.regression == (task == Task::kRegression);
    if (fits && (metric.applies == nullptr || metric.applies(kind))) known.emplace_back(metric.name);
  }
  if (std::ranges::find(known, name) != known.end()) return;
  raise({.kind = ErrorKind::kUsage,
         .what = name + " is no figure of " + std::string(to_string(task)),
         .where = "--stop-on",
         .fix = "give " + join_names(known)});
}

/// Members that have weights, and what is said of the others.
template <class T>
std::vector<AlignedVector<T>> kept_members(std::vector<Trained<T>> trained, FitResult& result) {
  std::vector<AlignedVector<T>> kept;
  std::vector<std::string> without_time;
  for (std::size_t m = 0; m < trained.size(); ++m) {
    Trained<T>& member = trained[m];
    const std::string who = "member " + std::to_string(m + 1);
    if (member.epochs == 0) {
      if (member.diverged) result.warnings.push_back(who + " is left out: " + member.diverged->what);
      if (!member.diverged && member.timed_out) without_time.push_back(who);
      continue;
    }
    const EpochRecord& best = member.history[member.best_epoch - 1];
    result.members.push_back({.number = m + 1,
                              .epochs = member.epochs,
                              .best_epoch = member.best_epoch,
                              .start = member.start,
                              .starts = member.starts,
                              .train_loss = best.train_loss,
                              .valid_loss = best.valid_loss});
    kept.push_back(std::move(member.parameters));
    if (kept.size() == 1) result.history = std::move(member.history);
  }
  if (!without_time.empty()) {
    result.warnings.push_back("the time was up before " + join_names(without_time, "and", 3) +
                              " had finished an epoch" +
                              (without_time.size() == 1 ? ": it is left out" : ": they are left out"));
  }
  return kept;
}

template <class T>
class FitJobOf final : public FitJob {
 public:
  FitJobOf(Preparation p, const Table& data, const Table* valid, const Table* test, FitOptions options)
      : p_(std::move(p)), options_(std::move(options)), rows_(make_all_rows<T>(p_, data, valid, test, options_)) {}

  [[nodiscard]] const Preparation& preparation() const override { return p_; }
  [[nodiscard]] Prepared prepared() const override;
  [[nodiscard]] const Matrix& held_out_truth() const override { return rows_.test.truth; }
  [[nodiscard]] std::span<const double> held_out_weights() const override { return rows_.test.weights; }
  [[nodiscard]] FitOutcome run(const TrainOptions& train, const TrainHooks& hooks, const Json& record) const override;

 private:
  void run_into(FitOutcome& outcome, const TrainOptions& train, const TrainHooks& hooks, const Json& record) const;
  void build_model(const TrainOptions& train, std::vector<AlignedVector<T>> members, const Json& record,
                   FitOutcome& outcome) const;

  Preparation p_;
  FitOptions options_;
  AllRows<T> rows_;
};

template <class T>
Prepared FitJobOf<T>::prepared() const {
  return {.task = p_.task,
          .targets = p_.targets.names(),
          .n_classes = p_.targets.classes().size(),
          .train_rows = rows_.train.data.rows,
          .valid_rows = rows_.valid.data.rows,
          .test_rows = rows_.test.data.rows,
          .n_features = p_.pipeline->n_features(),
          .epochs = settled(options_.train, rows_.train.data.rows).epochs,
          .restarts = options_.train.restarts,
          .network = p_.network,
          .notes = p_.notes,
          .warnings = p_.warnings};
}

// One network of many that diverges is no error yet.
template <class T>
FitOutcome FitJobOf<T>::run(const TrainOptions& train, const TrainHooks& hooks, const Json& record) const {
  FitOutcome outcome;
  try {
    run_into(outcome, train, hooks, record);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kDiverged) raise(error.fault());
    outcome.diverged = error.fault();
  }
  return outcome;
}

template <class T>
void FitJobOf<T>::run_into(FitOutcome& outcome, const TrainOptions& train, const TrainHooks& hooks,
                           const Json& record) const {
  const auto now = [&] { return hooks.clock ? hooks.clock() : 0.0; };
  FitResult& result = outcome.result;
  result.warnings = p_.warnings;
  result.notes = p_.notes;
  const double started = now();
  const ValidationScore score = score_by(train.stop_on, p_, rows_.valid, train.threads);
  std::vector<Trained<T>> trained = train_members<T>({.network = p_.network,
                                                      .loss = p_.loss,
                                                      .train = rows_.train.data,
                                                      .valid = &rows_.valid.data,
                                                      .options = train,
                                                      .hooks = hooks,
                                                      .score = train.stop_on == "loss" ? nullptr : &score},
                                                     p_.network.members);
  result.train_seconds = now() - started;
  result.interrupted = trained.front().interrupted;
  result.timed_out = trained.front().timed_out;
  const auto diverged = std::ranges::find_if(trained, [](const Trained<T>& t) { return t.diverged.has_value(); });
  const std::optional<Fault> fault = diverged == trained.end() ? std::nullopt : diverged->diverged;
  std::vector<AlignedVector<T>> members = kept_members(std::move(trained), result);
  if (members.empty()) {
    if (fault) raise(*fault);
    return;
  }
  const FitResult::Member& first = result.members.front();
  result.epochs = first.epochs;
  result.best_epoch = first.best_epoch;
  result.start = first.start;
  result.starts = first.starts;
  build_model(train, std::move(members), record, outcome);
}

template <class T>
void FitJobOf<T>::build_model(const TrainOptions& train, std::vector<AlignedVector<T>> members, const Json& record,
                              FitOutcome& outcome) const {
  FitResult& result = outcome.result;
  NetworkSpec network = p_.network;
  network.members = members.size();
  if (members.size() == 1 && rows_.test.data.rows > 0) {
    const Plan<T> plan = compile<T>(network, kShardRows);
    outcome.held_out_loss =
        ValidationPass<T>(plan, p_.loss, rows_.test.data, thread_count(train.threads)).run(members.front().data());
  }
  Engine<T> engine(network, std::move(members));
  const TrainOptions used = settled(train, rows_.train.data.rows);
  Matrix unused;
  result.train = measured(engine, p_, rows_.train, rows_.train, used, unused);
  result.valid = measured(engine, p_, rows_.valid, rows_.train, used, unused);
  result.test = measured(engine, p_, rows_.test, rows_.train, used, outcome.held_out);
  auto made = std::make_shared<Model::Parts>(Model::Parts{.version = std::string(version()),
                                                          .missing = {},
                                                          .pipeline = p_.pipeline,
                                                          .targets = p_.targets,
                                                          .network = std::move(network),
                                                          .loss = p_.loss,
                                                          .training = training_json(options_, used, result),
                                                          .engine = std::move(engine),
                                                          .features = {}});
  if (!options_.missing.empty()) made->missing = options_.missing;
  for (const auto& [key, value] : record.items()) made->training[key] = value;
  for (const auto& [name, type] : made->pipeline->columns()) made->features.push_back({.name = name, .type = type});
  result.model = std::make_shared<Model>(std::move(made));
}

}  // namespace

void require_clock(const TrainOptions& options, const TrainHooks& hooks) {
  if (options.time_limit <= 0 || hooks.clock) return;
  raise({.kind = ErrorKind::kUsage,
         .what = "a time limit needs a clock",
         .where = "--time-limit",
         .fix = "set TrainHooks::clock, or leave the limit out"});
}

std::unique_ptr<FitJob> make_fit_job(const Table& data, const Table* valid, const Table* test,
                                     const FitOptions& options, const FoldRows* fold) {
  Preparation p = prepare(data, valid, test, options, fold);
  require_fit(options.train, p.loss.row(), p.network.n_parameters());
  check_varying_layers(options.train, p.network);
  require_figure(p.task, p.loss.row().distribution, options.train.stop_on);
  const std::string_view precision = options.precision == "auto" ? usual_precision(options.train) : options.precision;
  if (precision == "float64") {
    return std::make_unique<FitJobOf<double>>(std::move(p), data, valid, test, options);
  }
  return std::make_unique<FitJobOf<float>>(std::move(p), data, valid, test, options);
}

}  // namespace ffwd
