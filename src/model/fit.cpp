// fit: a table becomes a model. The only place where training meets preprocessing.
#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <utility>

#include "core/raise.h"
#include "core/text.h"
#include "ffwd/model.h"
#include "ffwd/version.h"
#include "model/likelihood.h"
#include "model/measure.h"
#include "model/parts.h"
#include "model/preparation.h"
#include "model/training_json.h"
#include "train/train_options.h"
#include "train/trainer.h"

namespace ffwd {
namespace {

// One of the three sets of rows, as numbers.
template <class T>
struct Part {
  std::vector<double> truth;
  Dataset<T> data;
};

template <class T>
Part<T> make_part(const Preparation& p, const Table& table, std::span<const RowIndex> rows, unsigned threads,
                  UnseenByColumn& unseen) {
  Part<T> part{.truth = p.target.truth(table, rows), .data = {}};
  part.data.rows = rows.size();
  part.data.n_features = p.pipeline.n_features();
  part.data.ld = padded<T>(part.data.n_features);
  part.data.features = transformed<T>(p.pipeline, table, rows, threads, unseen);
  part.data.targets.resize(rows.size());
  p.target.encode(part.truth, part.data.targets.data());
  return part;
}

// The rows of a table of its own (--valid, --test), if there is one; else those cut from the data.
template <class T>
Part<T> make_held_out(const Preparation& p, const Table& data, std::span<const RowIndex> cut, const Table* own,
                      const FitOptions& options, std::vector<std::string>& warnings) {
  UnseenByColumn unseen;
  if (own == nullptr) return make_part<T>(p, data, cut, options.train.threads, unseen);
  p.pipeline.check(*own);
  std::vector<RowIndex> rows;
  const auto target = own->find(options.target);
  for (std::size_t r = 0; r < own->n_rows(); ++r) {
    if (options.drop_missing_target && target && own->column(*target).is_missing(r)) continue;
    rows.push_back(static_cast<RowIndex>(r));
  }
  if (rows.empty()) {
    raise({.kind = ErrorKind::kData,
           .what = "there are no rows to measure on",
           .where = own->source,
           .fix = "give a file with rows and their targets, or leave the option out"});
  }
  Part<T> part = make_part<T>(p, *own, rows, options.train.threads, unseen);
  for (const auto& [column, u] : unseen) {
    warnings.push_back(own->source + ": column '" + column + "': " + std::to_string(u.n_rows) +
                       " rows hold values that training did not see, such as '" + u.example + "'");
  }
  return part;
}

// Weights can be finite and so large that no answer is: without validation rows nothing has noticed before.
void refuse_overflow(const Matrix& linked, double learning_rate) {
  const auto values = linked.values();
  if (std::ranges::all_of(values, [](double v) { return std::isfinite(v); })) return;
  raise({.kind = ErrorKind::kDiverged,
         .what = "training diverged: the network's answers for its own rows are not finite",
         .where = "",
         .fix = "lower --learning-rate (it was " + shortest(learning_rate) +
                "), or look for extreme values in the data with ffwd inspect"});
}

template <class T>
FitResult::Part measured(const Engine<T>& engine, const Preparation& p, const LossRow& loss, const Part<T>& part,
                         std::span<const double> train_truth, const TrainOptions& options) {
  FitResult::Part result{.rows = part.data.rows, .metrics = {}, .baseline = {}};
  if (part.data.rows == 0) return result;
  Matrix linked(part.data.rows, p.target.n_outputs());
  run_network(engine, loss, part.data.features, part.data.ld, options.threads, linked);
  refuse_overflow(linked, options.learning_rate);
  result.metrics = measure(p.task, part.truth, p.target.decode(linked));
  result.baseline =
      measure(p.task, part.truth, trivial_prediction(p.task, train_truth, p.target.classes().size(), part.data.rows));
  return result;
}

template <class T>
struct Parts3 {
  Part<T> train, valid, test;
};

template <class T>
void build_model(Preparation p, const FitOptions& options, const LossRow& loss, Trained<T> trained,
                 const Parts3<T>& parts, FitResult& result) {
  Engine<T> engine(p.network, std::move(trained.parameters));
  const TrainOptions used = settled(options.train, parts.train.data.rows);
  result.train = measured(engine, p, loss, parts.train, parts.train.truth, used);
  result.valid = measured(engine, p, loss, parts.valid, parts.train.truth, used);
  result.test = measured(engine, p, loss, parts.test, parts.train.truth, used);
  auto made = std::make_shared<Model::Parts>(Model::Parts{.version = std::string(version()),
                                                          .missing = {},
                                                          .pipeline = std::move(p.pipeline),
                                                          .target = std::move(p.target),
                                                          .network = std::move(p.network),
                                                          .loss = &loss,
                                                          .training = training_json(used, result),
                                                          .engine = std::move(engine),
                                                          .features = {}});
  if (!options.missing.empty()) made->missing = options.missing;
  for (const auto& [name, type] : made->pipeline.columns()) made->features.push_back({.name = name, .type = type});
  result.model = std::make_shared<Model>(std::move(made));
}

template <class T>
FitResult fit_prepared(Preparation p, const Table& data, const Table* valid, const Table* test,
                       const FitOptions& options, const TrainHooks& hooks,
                       const std::function<void(const Prepared&)>& on_prepared, double started) {
  const auto now = [&] { return hooks.clock ? hooks.clock() : 0.0; };
  UnseenByColumn none;
  const Parts3<T> parts{.train = make_part<T>(p, data, p.split.train, options.train.threads, none),
                        .valid = make_held_out<T>(p, data, p.split.valid, valid, options, p.warnings),
                        .test = make_held_out<T>(p, data, p.split.test, test, options, p.warnings)};
  FitResult result;
  result.warnings = p.warnings;
  result.notes = p.notes;
  result.prepare_seconds = now() - started;
  if (on_prepared) {
    on_prepared({.task = p.task,
                 .target = p.target.name(),
                 .n_classes = p.target.classes().size(),
                 .train_rows = parts.train.data.rows,
                 .valid_rows = parts.valid.data.rows,
                 .test_rows = parts.test.data.rows,
                 .n_features = p.pipeline.n_features(),
                 .epochs = settled(options.train, parts.train.data.rows).epochs,
                 .network = p.network,
                 .notes = p.notes,
                 .warnings = p.warnings});
  }
  const double training_started = now();
  const LossRow& loss = loss_for(p.task);
  Trained<T> trained = train<T>({.network = p.network,
                                 .loss = loss,
                                 .train = parts.train.data,
                                 .valid = &parts.valid.data,
                                 .options = options.train,
                                 .hooks = hooks});
  result.train_seconds = now() - training_started;
  result.epochs = trained.epochs;
  result.best_epoch = trained.best_epoch;
  result.history = std::move(trained.history);
  result.interrupted = trained.interrupted;
  if (trained.epochs > 0) build_model(std::move(p), options, loss, std::move(trained), parts, result);
  return result;
}

}  // namespace

FitResult fit(const Table& data, const Table* valid, const Table* test, const FitOptions& options,
              const TrainHooks& hooks, const std::function<void(const Prepared&)>& on_prepared) {
  options.validate();
  const double started = hooks.clock ? hooks.clock() : 0.0;
  Preparation p = prepare(data, valid, test, options);
  if (options.precision == "float64") {
    return fit_prepared<double>(std::move(p), data, valid, test, options, hooks, on_prepared, started);
  }
  return fit_prepared<float>(std::move(p), data, valid, test, options, hooks, on_prepared, started);
}

FitResult fit(const Table& data, const Table* valid, const Table* test, const FitOptions& options,
              const TrainHooks& hooks) {
  return fit(data, valid, test, options, hooks, {});
}

}  // namespace ffwd
