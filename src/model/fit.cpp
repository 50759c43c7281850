// fit: a table becomes a model. The only place where training meets preprocessing.
#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <utility>

#include "core/names.h"
#include "core/raise.h"
#include "core/rows.h"
#include "core/text.h"
#include "ffwd/model.h"
#include "ffwd/version.h"
#include "model/answers.h"
#include "model/class_weights.h"
#include "model/fit_rows.h"
#include "model/measure.h"
#include "model/parts.h"
#include "model/preparation.h"
#include "model/training_json.h"
#include "network/layer.h"
#include "optim/optimizer.h"
#include "train/train_options.h"
#include "train/trainer.h"

namespace ffwd {
namespace {

// Weights can be finite and so large that no answer is: without validation rows nothing has noticed before.
void refuse_overflow(const Matrix& linked, double learning_rate) {
  const auto values = linked.values();
  if (std::ranges::all_of(values, [](double v) { return std::isfinite(v); })) return;
  raise({.kind = ErrorKind::kDiverged,
         .what = "training diverged: the network's answers for its own rows are not finite",
         .where = "",
         .fix = (learning_rate > 0 ? "lower --learning-rate (it was " + shortest(learning_rate) + "), or " : "") +
                std::string("look for extreme values in the data with ffwd inspect")});
}

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

template <class T>
struct AllRows {
  FitRows<T> train, valid, test;
};

template <class T>
AllRows<T> make_all_rows(Preparation& p, const Table& data, const Table* valid, const Table* test,
                         const FitOptions& options) {
  UnseenByColumn none;
  AllRows<T> rows{.train = make_rows<T>(p, data, p.split.train, options, none),
                  .valid = make_held_out<T>(p, data, {"validate", p.split.valid, valid}, options, p.warnings),
                  .test = make_held_out<T>(p, data, {"test", p.split.test, test}, options, p.warnings)};
  const FitRows<T>& train = rows.train;
  require_weight(train.weights, "train", data);
  std::vector<double> of_class;
  if (options.class_weight == "balanced") {
    of_class = balanced_class_weights(train.truth.values(), train.weights, p.targets.classes().size());
  }
  set_weights(rows.train, of_class);
  set_weights(rows.valid, of_class);
  return rows;
}

template <class T>
FitResult::Part measured(const Engine<T>& engine, const Preparation& p, const FitRows<T>& rows, const FitRows<T>& train,
                         const TrainOptions& options) {
  FitResult::Part result{.rows = rows.data.rows, .metrics = {}, .baseline = {}};
  if (rows.data.rows == 0) return result;
  Matrix linked(rows.data.rows, n_outputs(p.targets, p.loss));
  run_network(engine, p.loss, rows.data.features, rows.data.ld, options.threads, linked);
  refuse_overflow(linked, options.learning_rate);
  const std::vector<std::string> names = p.targets.names();
  const AnswerLayout layout = layout_of(p.loss);
  const Matrix predicted = decode(p.targets, p.loss, std::move(linked));
  result.metrics = measure(p.task, names, rows.truth, predicted, rows.weights, options.threads, layout);
  const auto trivial = trivial_prediction(p.task, train.truth, train.weights, p.targets.classes().size(), layout);
  result.baseline = measure_trivial(p.task, names, rows.truth, trivial, rows.weights, layout);
  return result;
}

template <class T>
void build_model(Preparation p, const FitOptions& options, Trained<T> trained, const AllRows<T>& rows,
                 FitResult& result) {
  Engine<T> engine(p.network, std::move(trained.parameters));
  const TrainOptions used = settled(options.train, rows.train.data.rows);
  result.train = measured(engine, p, rows.train, rows.train, used);
  result.valid = measured(engine, p, rows.valid, rows.train, used);
  result.test = measured(engine, p, rows.test, rows.train, used);
  auto made = std::make_shared<Model::Parts>(Model::Parts{.version = std::string(version()),
                                                          .missing = {},
                                                          .pipeline = std::move(p.pipeline),
                                                          .targets = std::move(p.targets),
                                                          .network = std::move(p.network),
                                                          .loss = p.loss,
                                                          .training = training_json(options, used, result),
                                                          .engine = std::move(engine),
                                                          .features = {}});
  if (!options.missing.empty()) made->missing = options.missing;
  for (const auto& [name, type] : made->pipeline.columns()) made->features.push_back({.name = name, .type = type});
  result.model = std::make_shared<Model>(std::move(made));
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

/// How early stopping looks at validation rows, where that is not their loss.
template <class T>
ValidationScore score_by(const std::string& name, const Preparation& p, const FitRows<T>& valid, unsigned threads) {
  ValidationScore score;
  for (const MetricRow& metric : metrics()) {
    if (metric.name == name) score.lower_is_better = metric.lower_is_better;
  }
  score.of = [name, &p, &valid, threads](const Matrix& linked) {
    return measure(p.task, p.targets.names(), valid.truth, decode(p.targets, p.loss, linked), valid.weights, threads,
                   layout_of(p.loss))[name];
  };
  return score;
}

template <class T>
Prepared prepared_facts(const Preparation& p, const AllRows<T>& rows, const TrainOptions& options) {
  return {.task = p.task,
          .targets = p.targets.names(),
          .n_classes = p.targets.classes().size(),
          .train_rows = rows.train.data.rows,
          .valid_rows = rows.valid.data.rows,
          .test_rows = rows.test.data.rows,
          .n_features = p.pipeline.n_features(),
          .epochs = settled(options, rows.train.data.rows).epochs,
          .restarts = options.restarts,
          .network = p.network,
          .notes = p.notes,
          .warnings = p.warnings};
}

template <class T>
FitResult fit_prepared(Preparation p, const Table& data, const Table* valid, const Table* test,
                       const FitOptions& options, const TrainHooks& hooks,
                       const std::function<void(const Prepared&)>& on_prepared, double started) {
  const auto now = [&] { return hooks.clock ? hooks.clock() : 0.0; };
  const AllRows<T> rows = make_all_rows<T>(p, data, valid, test, options);
  FitResult result;
  result.warnings = p.warnings;
  result.notes = p.notes;
  result.prepare_seconds = now() - started;
  if (on_prepared) on_prepared(prepared_facts(p, rows, options.train));
  const double training_started = now();
  const std::string& stop_on = options.train.stop_on;
  const ValidationScore score = score_by(stop_on, p, rows.valid, options.train.threads);
  Trained<T> trained = train<T>({.network = p.network,
                                 .loss = p.loss,
                                 .train = rows.train.data,
                                 .valid = &rows.valid.data,
                                 .options = options.train,
                                 .hooks = hooks,
                                 .score = stop_on == "loss" ? nullptr : &score});
  result.train_seconds = now() - training_started;
  result.epochs = trained.epochs;
  result.best_epoch = trained.best_epoch;
  result.start = trained.start;
  result.starts = trained.starts;
  result.history = std::move(trained.history);
  result.interrupted = trained.interrupted;
  result.timed_out = trained.timed_out;
  if (trained.epochs > 0) build_model(std::move(p), options, std::move(trained), rows, result);
  return result;
}

}  // namespace

FitResult fit(const Table& data, const Table* valid, const Table* test, const FitOptions& options,
              const TrainHooks& hooks, const std::function<void(const Prepared&)>& on_prepared) {
  options.validate();
  if (options.train.time_limit > 0 && !hooks.clock) {
    raise({.kind = ErrorKind::kUsage,
           .what = "a time limit needs a clock",
           .where = "--time-limit",
           .fix = "set TrainHooks::clock, or leave the limit out"});
  }
  const double started = hooks.clock ? hooks.clock() : 0.0;
  Preparation p = prepare(data, valid, test, options);
  require_fit(options.train, p.loss.row(), p.network.n_parameters());
  check_varying_layers(options.train, p.network);
  require_figure(p.task, p.loss.row().distribution, options.train.stop_on);
  const std::string_view precision = options.precision == "auto" ? usual_precision(options.train) : options.precision;
  if (precision == "float64") {
    return fit_prepared<double>(std::move(p), data, valid, test, options, hooks, on_prepared, started);
  }
  return fit_prepared<float>(std::move(p), data, valid, test, options, hooks, on_prepared, started);
}

FitResult fit(const Table& data, const Table* valid, const Table* test, const FitOptions& options,
              const TrainHooks& hooks) {
  return fit(data, valid, test, options, hooks, {});
}

}  // namespace ffwd
