// compress: a trained network becomes sparse. What trains it further is what trained it.
#include "ffwd/compress.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "core/names.h"
#include "core/raise.h"
#include "core/text.h"
#include "core/thread_pool.h"
#include "ffwd/version.h"
#include "model/compression_json.h"
#include "model/fit_job.h"
#include "model/fit_rows.h"
#include "model/measured_part.h"
#include "model/parts.h"
#include "model/replayed_split.h"
#include "model/training_json.h"
#include "model/usable_rows.h"
#include "network/dead_units.h"
#include "train/pruning.h"
#include "train/train_options.h"
#include "train/trainer.h"

namespace ffwd {
namespace {

[[noreturn]] void refuse(const std::string& option, const std::string& what, const std::string& fix) {
  raise({.kind = ErrorKind::kUsage, .what = what, .where = option, .fix = fix});
}

std::string text_or_nothing(const Json& training, const char* key) {
  return training.contains(key) && training.at(key).is_string() ? training.at(key).get<std::string>() : std::string();
}

/// Training options that go on as they were: what is minimised, and the figure that epochs are compared by.
void keep_objective(const Json& training, TrainOptions& train) {
  const auto number = [&](const char* key) { return training.contains(key) ? training.at(key).get<double>() : 0.0; };
  train.l2 = number("l2");
  train.l1 = number("l1");
  if (training.contains("l2_biases")) train.l2_biases = training.at("l2_biases").get<bool>();
  if (training.contains("l1_by")) train.l1_by = training.at("l1_by").get<std::string>();
  if (training.contains("stop_on")) train.stop_on = training.at("stop_on").get<std::string>();
}

FitOptions fit_options(const Model::Parts& parts, const CompressOptions& options) {
  const Json& training = parts.training;
  FitOptions fit;
  fit.targets = parts.targets.names();
  fit.weight = options.weight.value_or(text_or_nothing(training, "weight"));
  fit.group = options.group.value_or(text_or_nothing(training, "group"));
  if (training.contains("class_weight")) fit.class_weight = training.at("class_weight").get<std::string>();
  fit.drop_missing_target = options.drop_missing_target;
  TrainOptions& train = fit.train;
  keep_objective(training, train);
  train.learning_rate = options.learning_rate > 0 ? options.learning_rate : kUsualCompressionRate;
  train.epochs = options.epochs;
  train.batch_size = options.batch_size;
  train.seed = options.seed.value_or(training.at("seed").get<std::uint64_t>());
  train.time_limit = options.time_limit;
  train.threads = options.threads;
  return fit;
}

void require_column(const Table& data, const std::string& name, const char* option) {
  if (name.empty() || data.find(name)) return;
  raise({.kind = ErrorKind::kData,
         .what = std::string(option) + ": there is no column '" + shorten(name) + "', which the model was trained with",
         .where = data.source,
         .fix = "give the table that it was trained on, or another column"});
}

/// The model's own parts in the place of what training finds out; and the rows cut.
Preparation prepare_again(const Model::Parts& parts, const Table& data, const Table* valid, const Table* test,
                          const FitOptions& fit, const CompressOptions& options, bool& as_trained) {
  parts.pipeline->check(data);
  require_column(data, fit.weight, "--weight");
  require_column(data, fit.group, "--group");
  const UsableRows usable = usable_rows(data, fit.targets, fit.drop_missing_target);
  if (usable.rows.size() < 2) {
    raise({.kind = ErrorKind::kData,
           .what = "there are not enough rows with a target to train on",
           .where = data.source,
           .fix = "give the table that the model was trained on"});
  }
  Preparation p{.task = parts.targets.task(),
                .split = {},
                .pipeline = parts.pipeline,
                .targets = parts.targets,
                .loss = parts.loss,
                .network = parts.network,
                .notes = {},
                .warnings = {}};
  ReplayedSplit replayed = replay_split({.data = data,
                                         .rows = usable.rows,
                                         .targets = p.targets,
                                         .group = fit.group,
                                         .has_valid = valid != nullptr,
                                         .has_test = test != nullptr,
                                         .valid_fraction = options.valid_fraction,
                                         .test_fraction = options.test_fraction},
                                        parts.training);
  if (replayed.split.train.empty()) refuse("--valid-fraction", "no rows are left to train on", "keep fewer");
  p.split = std::move(replayed.split);
  as_trained = replayed.as_trained;
  return p;
}

/// Whether the figures are those that the model's record has for this part: then the rows are those of its training.
bool is_recorded(const FitResult::Part& part, const Json& recorded) {
  constexpr double kClose = 1e-6;  // builds without fused multiply-adds differ in last digits
  if (part.rows == 0) return true;
  return std::ranges::all_of(part.metrics.values, [&](const Metrics::Value& figure) {
    if (!recorded.is_object() || !recorded.contains(figure.name)) return true;  // of several targets it has each alone
    const Json& then = recorded.at(figure.name);
    if (!then.is_number()) return !std::isfinite(figure.value);
    const double value = then.get<double>();
    return std::abs(figure.value - value) <= kClose * std::max(std::abs(value), kClose);
  });
}

std::vector<std::string> kept_tensors(const NetworkSpec& network) {
  std::vector<std::string> kept;
  for (const LayerSpec& layer : network.layers) {
    if (layer.type == "embedding") kept.push_back(layer.name + ".weight");
  }
  return kept;
}

std::string usual_metric(Task task) { return task == Task::kRegression ? "rmse" : "accuracy"; }

template <class T>
class Compressing {
 public:
  Compressing(const Model& model, const Engine<T>& engine, const Table& data, const Table* valid, const Table* test,
              const CompressOptions& options, const TrainHooks& hooks)
      : parts_(model.parts()),
        engine_(engine),
        options_(options),
        hooks_(hooks),
        fit_(fit_options(parts_, options)),
        started_(now()),
        p_(prepare_again(parts_, data, valid, test, fit_, options, as_trained_)),
        rows_(make_all_rows<T>(p_, data, valid, test, fit_)),
        score_(score_by(fit_.train.stop_on, p_, rows_.valid, fit_.train.threads)),
        kept_(kept_tensors(p_.network)),
        metric_(options.metric == "auto" ? usual_metric(p_.task) : options.metric) {
    fit_.train.epochs = usual_epochs_ = settled(fit_.train, rows_.train.data.rows).epochs;
    result_.weights = count(engine.plan.layout(), engine.members).all;
  }

  CompressResult run(const std::function<void(const CompressPrepared&)>& on_prepared) {
    measure_before();
    check();
    result_.prepare_seconds = now() - started_;
    tell(on_prepared);
    const double began = now();
    std::optional<std::vector<AlignedVector<T>>> members = options_.max_loss ? search() : to_the_sparsity();
    result_.train_seconds = now() - began;
    result_.warnings.insert(result_.warnings.begin(), p_.warnings.begin(), p_.warnings.end());
    if (members) finish(std::move(*members));
    return std::move(result_);
  }

 private:
  using Members = std::vector<AlignedVector<T>>;

  [[nodiscard]] double now() const { return hooks_.clock ? hooks_.clock() : 0; }
  [[nodiscard]] WeightCount count(const ParameterLayout& layout, const Members& members) const {
    WeightCount sum;
    for (const AlignedVector<T>& member : members) {
      const WeightCount one = count_weights(layout, kept_, member.data());
      sum.all += one.all;
      sum.zero += one.zero;
    }
    return sum;
  }

  void measure_before() {
    result_.train_before = part(engine_, rows_.train);
    result_.valid_before = part(engine_, rows_.valid);
    result_.test_before = part(engine_, rows_.test);
    const Json& recorded = parts_.training.at("metrics");
    as_trained_ = as_trained_ && is_recorded(result_.train_before, recorded.at("train"));
  }
  [[nodiscard]] FitResult::Part part(const Engine<T>& engine, const FitRows<T>& rows) const {
    Matrix unused;
    return measured(engine, p_, rows, rows_.train, fit_.train, unused);
  }

  void check() const {
    if (result_.weights == 0) {
      raise({.kind = ErrorKind::kUsage,
             .what = "the network has no weights that could go",
             .where = "MODEL",
             .fix = "there is nothing to compress"});
    }
    const double zero = count(engine_.plan.layout(), engine_.members).sparsity();
    if (!options_.max_loss && wanted() <= zero) {
      refuse("--sparsity",
             shortest(wanted()) + " is asked for, and " + shortest(zero) + " of the weights are 0 already",
             "ask for more");
    }
    if (!options_.max_loss) return;
    if (rows_.valid.data.rows == 0) {
      refuse("--max-loss", "there are no validation rows to measure the loss on",
             "keep some with --valid-fraction, or give --sparsity");
    }
    if (!std::isfinite(figure(result_.valid_before))) {
      refuse("--metric", metric_ + " is no figure of " + std::string(to_string(p_.task)), "name another");
    }
  }
  [[nodiscard]] double wanted() const { return options_.sparsity.value_or(kUsualSparsity); }
  [[nodiscard]] double figure(const FitResult::Part& of) const { return of.metrics[metric_]; }

  void tell(const std::function<void(const CompressPrepared&)>& on_prepared) {
    if (!as_trained_) {
      p_.warnings.push_back(
          "these are not the rows that the model was trained with, or they were cut otherwise: it may have been "
          "trained "
          "on some of those that are tested on");
    }
    if (!on_prepared) return;
    const WeightCount weights = count(engine_.plan.layout(), engine_.members);
    on_prepared({.train_rows = rows_.train.data.rows,
                 .valid_rows = rows_.valid.data.rows,
                 .test_rows = rows_.test.data.rows,
                 .same_rows = as_trained_,
                 .weights = weights.all - weights.zero,
                 .epochs = lengths().back(),
                 .warnings = p_.warnings});
  }

  /// What a training came to.
  struct Made {
    Members members;
    double score;  ///< of the epochs that are kept, on the validation rows; the lower the better
    std::size_t epochs, best_epoch;
    std::vector<EpochRecord> history;  ///< of the first member
  };

  /// Nothing if a hook, or the time, ended it before the network was sparse enough.
  std::optional<Made> train_for(std::size_t epochs, double sparsity, const Members& from) {
    const Pruning pruning{.sparsity = sparsity, .kept = kept_};
    TrainOptions train = fit_.train;
    train.epochs = train.patience = epochs;  // the best of those that are sparse enough is kept, and none is the last
    if (options_.time_limit > 0) {
      train.time_limit = std::max(options_.time_limit - (now() - started_), 1e-9 * options_.time_limit);
    }
    std::vector<Trained<T>> trained = train_members<T>({.network = p_.network,
                                                        .loss = p_.loss,
                                                        .train = rows_.train.data,
                                                        .valid = &rows_.valid.data,
                                                        .options = train,
                                                        .hooks = hooks_,
                                                        .score = train.stop_on == "loss" ? nullptr : &score_,
                                                        .from = from,
                                                        .pruning = &pruning},
                                                       p_.network.members);
    ++result_.trainings;
    result_.epochs += trained.front().epochs;
    result_.interrupted = trained.front().interrupted;
    result_.timed_out = trained.front().timed_out;
    Made made{.members = {}, .score = 0, .epochs = epochs, .best_epoch = trained.front().best_epoch, .history = {}};
    for (Trained<T>& member : trained) {
      if (member.diverged) raise(std::move(*member.diverged));
      if (member.best_epoch == 0) return std::nullopt;
      made.score += score_of(member.history[member.best_epoch - 1]);
      // Masked weights may be -0.
      for (T& number : member.parameters) number += T{0};
      made.members.push_back(std::move(member.parameters));
    }
    made.history = std::move(trained.front().history);
    return made;
  }
  [[nodiscard]] double score_of(const EpochRecord& record) const {
    if (rows_.valid.data.rows == 0) return 0;
    if (fit_.train.stop_on == "loss") return record.valid_loss;
    if (std::isnan(record.valid_score)) return std::numeric_limits<double>::infinity();
    return score_.lower_is_better ? record.valid_score : -record.valid_score;
  }

  /// Where no length is asked for, several: a long training makes up for the weights that go, but where rows are few
  /// and noisy it learns them by heart. Which is the case, the validation rows tell; without any it is a short one.
  [[nodiscard]] std::vector<std::size_t> lengths() const {
    constexpr std::size_t kShortest = 20, kShort = 100, kTimes = 5;
    if (options_.epochs > 0) return {usual_epochs_};
    if (rows_.valid.data.rows == 0) return {std::min(usual_epochs_, kShort)};
    std::vector<std::size_t> all;
    for (std::size_t epochs = kShortest; epochs < usual_epochs_; epochs *= kTimes) all.push_back(epochs);
    all.push_back(usual_epochs_);
    return all;
  }

  /// The best of the trainings of all lengths.
  std::optional<Made> train_to(double sparsity, const Members& from) {
    std::optional<Made> best;
    for (const std::size_t epochs : lengths()) {
      std::optional<Made> made = train_for(epochs, sparsity, from);
      if (made && (!best || made->score < best->score)) best = std::move(made);
      if (result_.interrupted || result_.timed_out) break;
    }
    return best;
  }

  /// Members of what is kept, whose training goes into the result.
  Members take(Made made) {
    fit_.train.epochs = made.epochs;
    result_.best_epoch = made.best_epoch;
    result_.history = std::move(made.history);
    return std::move(made.members);
  }

  std::optional<Members> to_the_sparsity() {
    std::optional<Made> made = train_to(wanted(), engine_.members);
    if (!made) return std::nullopt;
    return take(std::move(*made));
  }

  /// Halves what is left until that is too few, and then finds the share between the last two that is not.
  std::optional<Members> search() {
    constexpr double kLeast = 1e-3;
    constexpr int kHalvings = 2;
    const double first = 1 - count(engine_.plan.layout(), engine_.members).sparsity();
    double good = first, bad = 0;
    std::optional<Members> best;
    for (int halvings = 0; halvings < kHalvings && good > kLeast;) {
      const double share = bad == 0 ? good / 2 : std::sqrt(good * bad);
      if (bad != 0) ++halvings;
      std::optional<Made> made = train_to(1 - share, best ? *best : engine_.members);
      if (!made) break;
      const bool is_good = allows(made->members);
      (is_good ? good : bad) = share;
      if (is_good) best = take(std::move(*made));
      if (result_.interrupted || result_.timed_out) break;
    }
    if (!best && !result_.interrupted && !result_.timed_out) {
      refuse("--max-loss",
             "without " + shortest(std::round(100 * (first - bad))) + " % of its weights the model's " + metric_ +
                 " on the validation rows is more than " + shortest(*options_.max_loss) + " worse",
             "allow more, or train longer with --epochs");
    }
    return best;
  }
  [[nodiscard]] bool allows(const Members& members) const {
    const double before = figure(result_.valid_before),
                 after = figure(part(Engine<T>(p_.network, members), rows_.valid));
    const auto row = std::ranges::find(metrics(), metric_, &MetricRow::name);
    const double worse = row->lower_is_better ? after - before : before - after;
    return worse <= *options_.max_loss * std::abs(before);
  }

  void finish(Members members) {
    LivingNetwork<T> living = without_dead_units(p_.network, std::move(members));
    for (const std::string& layer : living.emptied) {
      result_.warnings.push_back(
          "layer '" + shorten(layer) +
          "' has no unit left that the answers depend on, and keeps one: ask for less --sparsity");
    }
    name_unused(living);
    Engine<T> engine(living.network, std::move(living.members));
    list_layers(engine, living.network);
    result_.train = part(engine, rows_.train);
    result_.valid = part(engine, rows_.valid);
    result_.test = part(engine, rows_.test);
    const WeightCount left = count(engine.plan.layout(), engine.members);
    result_.weights_left = left.all - left.zero;
    result_.sparsity = 1 - static_cast<double>(result_.weights_left) / static_cast<double>(result_.weights);
    auto made = std::make_shared<Model::Parts>(Model::Parts{.version = std::string(version()),
                                                            .missing = parts_.missing,
                                                            .pipeline = parts_.pipeline,
                                                            .targets = parts_.targets,
                                                            .network = living.network,
                                                            .loss = parts_.loss,
                                                            .training = record(),
                                                            .engine = std::move(engine),
                                                            .features = parts_.features});
    result_.model = std::make_shared<Model>(std::move(made));
  }
  [[nodiscard]] Json record() const {
    Json training = parts_.training;
    training["rows"] = {{"train", result_.train.rows}, {"valid", result_.valid.rows}, {"test", result_.test.rows}};
    training["metrics"] = parts_json(result_.train, result_.valid, result_.test);
    CompressOptions options = options_;
    options.metric = metric_;
    training["compression"] = compression_json(options, settled(fit_.train, rows_.train.data.rows), result_);
    return training;
  }
  void name_unused(const LivingNetwork<T>& living) {
    const std::vector<bool> used = features_in_use(living.network, living.members);
    std::size_t feature = 0;
    for (const auto& [column, n] : parts_.pipeline->features_of_columns()) {
      bool any = false;
      for (std::size_t k = 0; k < n; ++k) any = any || used[feature++];
      if (!any) result_.unused.push_back(column);
    }
  }
  void list_layers(const Engine<T>& engine, const NetworkSpec& network) {
    for (std::size_t k = 0; k < network.layers.size(); ++k) {
      const std::size_t before = weights_of(engine_, network.layers[k].name),
                        after = weights_of(engine, network.layers[k].name);
      if (before == 0 && network.n_parameters(network.layers[k]) == 0) continue;
      result_.layers.push_back({.name = network.layers[k].name,
                                .units_before = p_.network.layers[k].size,
                                .units = network.layers[k].size,
                                .weights_before = before,
                                .weights = after});
    }
  }
  [[nodiscard]] static std::size_t weights_of(const Engine<T>& engine, const std::string& layer) {
    std::size_t n = 0;
    for (const ParameterRange& range : engine.plan.layout().ranges()) {
      const bool of_group = range.name.starts_with(layer + ".group") && range.name.ends_with(".weight");
      if (!range.penalised() || (range.name != layer + ".weight" && !of_group)) continue;
      for (const AlignedVector<T>& member : engine.members) {
        for (std::size_t i = 0; i < range.n_values(); ++i) n += member[range.position(i)] != 0 ? 1U : 0U;
      }
    }
    return n;
  }

  const Model::Parts& parts_;
  const Engine<T>& engine_;
  const CompressOptions& options_;
  const TrainHooks& hooks_;
  FitOptions fit_;
  double started_;
  bool as_trained_ = false;
  Preparation p_;
  AllRows<T> rows_;
  ValidationScore score_;
  std::vector<std::string> kept_;
  std::string metric_;
  CompressResult result_;
  std::size_t usual_epochs_ = 0;
};

}  // namespace

void CompressOptions::validate() const {
  std::vector<std::string> faults;
  const auto unless = [&](bool fine, const std::string& option, double value, const std::string& allowed) {
    if (!fine) faults.push_back(option + " is " + shortest(value) + "; it must be " + allowed);
  };
  if (sparsity) unless(*sparsity > 0 && *sparsity < 1, "--sparsity", *sparsity, "above 0 and below 1");
  if (max_loss) unless(std::isfinite(*max_loss) && *max_loss > 0, "--max-loss", *max_loss, "a number over 0");
  if (sparsity && max_loss) {
    faults.emplace_back(
        "--sparsity and --max-loss: the one says how sparse, the other how good; leave one of them out");
  }
  if (metric != "auto") {
    std::vector<std::string> known = {"auto"};
    for (const MetricRow& row : metrics()) known.emplace_back(row.name);
    if (std::ranges::find(known, metric) == known.end()) {
      faults.push_back("--metric: " + unknown_name("figure", metric, known));
    }
    if (!max_loss) faults.emplace_back("--metric: there is no --max-loss to measure by it; give one, or leave it out");
  }
  for (const auto& [option, share] :
       {std::pair("--valid-fraction", valid_fraction), std::pair("--test-fraction", test_fraction)}) {
    if (share) unless(*share >= 0 && *share < 1, option, *share, "at least 0 and below 1");
  }
  if (valid_fraction.value_or(0) + test_fraction.value_or(0) >= 1) {
    faults.emplace_back("--valid-fraction and --test-fraction leave no rows to train on; lower one of them");
  }
  TrainOptions train;
  train.learning_rate = learning_rate;
  train.epochs = epochs;
  train.time_limit = time_limit;
  train.threads = threads;
  for (std::string& fault : faults_of(train)) faults.push_back(std::move(fault));
  if (faults.empty()) return;
  std::string what = faults[0];
  for (std::size_t k = 1; k < faults.size(); ++k) what += "\n  " + faults[k];
  raise({.kind = ErrorKind::kUsage, .what = what, .where = "", .fix = ""});
}

CompressResult compress(const Model& model, const Table& data, const Table* valid, const Table* test,
                        const CompressOptions& options, const TrainHooks& hooks,
                        const std::function<void(const CompressPrepared&)>& on_prepared) {
  options.validate();
  TrainOptions limit;
  limit.time_limit = options.time_limit;
  require_clock(limit, hooks);
  return std::visit(
      [&]<class T>(const Engine<T>& engine) {
        return Compressing<T>(model, engine, data, valid, test, options, hooks).run(on_prepared);
      },
      model.parts().engine);
}

}  // namespace ffwd
