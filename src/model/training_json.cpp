#include "model/training_json.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/rows.h"
#include "core/text.h"
#include "model/compression_json.h"
#include "model/selection_json.h"
#include "network/initialise.h"
#include "optim/optimizer.h"
#include "optim/schedule.h"

namespace ffwd {
namespace {

// The confusion matrix stays out: with many classes it would outgrow the file's header.
Json part_json(const FitResult::Part& part) {
  if (part.rows == 0) return nullptr;
  Json json = metrics_json(part.metrics);
  json.erase("confusion_matrix");
  if (json.contains("targets")) {
    for (auto& of_target : json["targets"]) of_target.erase("confusion_matrix");
  }
  return json;
}

bool is_null(const JsonReader& reader, std::string_view key) { return reader.value(key).is_null(); }

struct Range {
  bool above = false;      ///< above 0; else at least 0
  bool below_one = false;  ///< else without a bound
};

void check_range(const JsonReader& reader, std::string_view key, Range range) {
  const double value = reader.number(key);
  if (range.above ? value <= 0 : value < 0) reader.refuse(key, range.above ? "must be over 0" : "must be at least 0");
  if (range.below_one && value >= 1) reader.refuse(key, "must be below 1");
}

void check_name(const JsonReader& reader, std::string_view key, const std::vector<std::string>& known) {
  if (std::ranges::find(known, reader.text(key)) == known.end()) reader.refuse(key, "is none that this version knows");
}

/// Whose figures they are.
struct Measured {
  bool regression;
  DistributionKind kind;

  [[nodiscard]] bool has(const MetricRow& metric) const {
    return metric.regression == regression && (metric.applies == nullptr || metric.applies(kind));
  }
};

void check_figures(const JsonReader& values, std::string_view where, const Json& json, const Measured& measured) {
  std::size_t known = 0;
  for (const MetricRow& metric : metrics()) {
    if (!measured.has(metric)) continue;
    ++known;
    if (!is_null(values, metric.name)) static_cast<void>(values.number(metric.name));
  }
  if (json.size() != known) values.refuse(where, "holds figures that this version does not know");
}

/// The figures of each of several targets, under its name.
void check_targets(const JsonReader& values, std::span<const std::string> names, const Measured& measured) {
  const JsonReader targets = values.object("targets");
  const Json& json = values.value("targets");
  for (const std::string& name : names) {
    if (!targets.has(name)) targets.refuse(name, "is missing");
    check_figures(targets.object(name), "", json[name], measured);
  }
  if (json.size() != names.size()) values.refuse("targets", "holds more than the targets of the model");
}

void check_metrics(const JsonReader& parts, std::string_view part, std::span<const std::string> targets,
                   const Measured& measured) {
  const JsonReader values = parts.object(part);
  Json figures = parts.value(part);
  if (targets.size() > 1) {
    check_targets(values, targets, measured);
    figures.erase("targets");
  }
  check_figures(values, "", figures, measured);
}

void check_parts(const JsonReader& training, const Measured& measured, std::span<const std::string> targets) {
  const JsonReader rows = training.object("rows"), parts = training.object("metrics");
  rows.only({"train", "valid", "test"});
  parts.only({"train", "valid", "test"});
  if (rows.count("train") == 0) rows.refuse("train", "must be at least 1");
  for (const char* part : {"train", "valid", "test"}) {
    const bool has_rows = rows.count(part) > 0;
    if (has_rows == is_null(parts, part)) parts.refuse(part, "must be null where there are no rows, and only there");
    if (has_rows) check_metrics(parts, part, targets, measured);
  }
}

/// A column has one role.
void check_roles(const JsonReader& training, std::span<const std::string> targets, std::span<const Feature> features) {
  std::vector<std::string> taken(targets.begin(), targets.end());
  for (const Feature& feature : features) taken.push_back(feature.name);
  for (const char* key : {"weight", "group"}) {
    if (!training.has(key) || is_null(training, key)) continue;
    if (std::ranges::find(taken, training.text(key)) != taken.end()) training.refuse(key, "has another role too");
    taken.push_back(training.text(key));
  }
}

void check_epochs(const JsonReader& training) {
  if (training.count("epochs_run") > training.count("epochs")) training.refuse("epochs_run", "is more than epochs");
  if (training.count("best_epoch") > training.count("epochs_run")) {
    training.refuse("best_epoch", "is more than epochs_run");
  }
}

template <class Options>
Json option_json(const OptionRow<Options>& option, const Options& options) {
  if (option.flag != nullptr) return options.*(option.flag);
  const std::optional<double>& number = options.*(option.number);
  return number ? Json(*number) : Json(nullptr);
}

// Momentum and weight decay have keys of their own: they are as old as the format.
constexpr const OptimizerOption* kOwnKeys[] = {&optimizer_option::kMomentum, &optimizer_option::kWeightDecay};

/// The options that the row uses, each under its name, but for those with keys of their own.
template <class Row, class Options>
Json options_json(const Row& row, const Options& options) {
  Json json = Json::object();
  for (const UsedOption<Options>& used : row.options) {
    const bool own = std::ranges::any_of(kOwnKeys, [&](const auto* o) { return o->name == used.option->name; });
    if (!own) json[used.option->name] = option_json(*used.option, options);
  }
  return json;
}

/// Null where the optimiser does not use it.
Json own_key_json(const OptimizerRow& row, const OptimizerOption& option, const OptimizerOptions& options) {
  return find_used(row, option) == nullptr ? Json(nullptr) : option_json(option, options);
}

template <class Row, class Options>
void check_options(const JsonReader& training, std::string_view key, const Row& row,
                   std::span<const OptionRow<Options>* const> known) {
  if (!training.has(key) || is_null(training, key)) return;
  const JsonReader options = training.object(key);
  std::size_t expected = 0;
  for (const OptionRow<Options>* option : known) {
    if (!options.has(option->name)) continue;
    ++expected;
    if (find_used(row, *option) == nullptr)
      options.refuse(option->name, "is not what " + std::string(row.name) + " uses");
    if (option->flag != nullptr) {
      if (!options.value(option->name).is_boolean()) options.refuse(option->name, "must be true or false");
    } else if (!is_null(options, option->name) && !option->allows(options.number(option->name))) {
      options.refuse(option->name,
                     "must be " + allowed_numbers(*option, shortest(option->least), shortest(option->below)));
    }
  }
  if (training.value(key).size() != expected) training.refuse(key, "holds what this version does not know");
}

/// A full-batch optimiser has neither rate nor schedule, another has both.
void check_rate(const JsonReader& training, const OptimizerRow& optimizer) {
  for (const char* key : {"learning_rate", "schedule"}) {
    if (is_null(training, key) != optimizer.is_full_batch()) {
      training.refuse(key, "must be null for a full-batch optimizer, and only for one");
    }
  }
  check_options(training, "optimizer_options", optimizer, optimizer_options());
  if (optimizer.is_full_batch()) return;
  check_range(training, "learning_rate", {.above = true});
  check_name(training, "schedule", row_names(schedules()));
  check_options(training, "schedule_options", *find_row(schedules(), training.text("schedule")), schedule_options());
}

void check_rate_for(const JsonReader& training) {
  for (const JsonReader& rate : training.objects("rate_for")) {
    rate.only({"tensors", "factor"});
    static_cast<void>(rate.text("tensors"));
    check_range(rate, "factor", {});
  }
}

/// What each member came to, where there are several.
void check_members(const JsonReader& training, std::size_t members) {
  if (training.has("members") != (members > 1)) {
    training.refuse("members", members > 1 ? "is missing" : "is for several members");
  }
  if (members == 1) return;
  const std::vector<JsonReader> each = training.objects("members");
  if (each.size() != members) training.refuse("members", "must list each member");
  for (const JsonReader& member : each) {
    member.only({"epochs_run", "best_epoch", "start", "valid_loss"});
    if (member.count("epochs_run", 1) > training.count("epochs")) member.refuse("epochs_run", "is more than epochs");
    if (member.count("best_epoch", 1) > member.count("epochs_run")) {
      member.refuse("best_epoch", "is more than epochs_run");
    }
    const std::size_t most = training.has("restarts") ? training.count("restarts") : 1;
    if (member.count("start", 1) > most) member.refuse("start", "must be from 1 to restarts");
    if (!is_null(member, "valid_loss")) static_cast<void>(member.number("valid_loss"));
  }
}

Json members_json(const std::vector<FitResult::Member>& members) {
  Json list = Json::array();
  for (const FitResult::Member& member : members) {
    list.push_back({{"epochs_run", member.epochs},
                    {"best_epoch", member.best_epoch},
                    {"start", member.start},
                    {"valid_loss", std::isfinite(member.valid_loss) ? Json(member.valid_loss) : Json(nullptr)}});
  }
  return list;
}

/// What may be absent: it is later than the first files of format 1.
void check_later_keys(const JsonReader& training) {
  if (training.has("warmup")) check_range(training, "warmup", {.below_one = true});
  if (training.has("class_weight")) check_name(training, "class_weight", {"none", "balanced"});
  for (const char* key : {"clip_norm", "average", "l1"}) {
    if (training.has(key)) check_range(training, key, {});
  }
  if (training.has("l1_by")) check_name(training, "l1_by", {"proximal", "subgradient"});
  if (training.has("l2_biases") && !training.value("l2_biases").is_boolean()) {
    training.refuse("l2_biases", "must be true or false");
  }
  if (training.has("rate_for")) check_rate_for(training);
  if (training.has("stop_on")) {
    std::vector<std::string> figures = {"loss"};
    for (const MetricRow& metric : metrics()) figures.emplace_back(metric.name);
    check_name(training, "stop_on", figures);
  }
  if (training.has("initial_weights")) check_name(training, "initial_weights", initial_weights_names());
  if (training.has("restarts") && training.count("restarts") == 0) training.refuse("restarts", "must be at least 1");
  if (!training.has("start")) return;
  const std::size_t start = training.count("start");
  const std::size_t most = training.has("restarts") ? training.count("restarts") : 1;
  if (start == 0 || start > most) training.refuse("start", "must be from 1 to restarts");
}

/// The name of a column, or null.
Json name_or_null(const std::string& name) { return name.empty() ? Json(nullptr) : Json(name); }

}  // namespace

void check_training(const JsonReader& model, Task task, DistributionKind kind, std::span<const std::string> targets,
                    std::span<const Feature> features) {
  const JsonReader training = model.object("training");
  training.only({"rows",
                 "optimizer",
                 "learning_rate",
                 "momentum",
                 "weight_decay",
                 "l2",
                 "schedule",
                 "batch_size",
                 "epochs",
                 "patience",
                 "seed",
                 "epochs_run",
                 "best_epoch",
                 "metrics",
                 "weight",
                 "group",
                 "class_weight",
                 "warmup",
                 "optimizer_options",
                 "schedule_options",
                 "rate_for",
                 "clip_norm",
                 "average",
                 "l2_biases",
                 "l1",
                 "l1_by",
                 "stop_on",
                 "restarts",
                 "initial_weights",
                 "start",
                 "members",
                 "cross_validation",
                 "penalty_path",
                 "compression"});
  const Measured measured{.regression = task == Task::kRegression, .kind = kind};
  check_parts(training, measured, targets);
  check_name(training, "optimizer", row_names(optimizers()));
  check_rate(training, *find_row(optimizers(), training.text("optimizer")));
  check_range(training, "l2", {});
  if (!is_null(training, "momentum")) check_range(training, "momentum", {.below_one = true});
  if (!is_null(training, "weight_decay")) check_range(training, "weight_decay", {});
  check_later_keys(training);
  check_members(training, model.count("members"));
  std::vector<std::string> figures;
  for (const MetricRow& metric : metrics()) {
    if (measured.has(metric)) figures.emplace_back(metric.name);
  }
  check_selection(training, figures);
  check_compression(training);
  check_roles(training, targets, features);
  check_epochs(training);
  for (const char* key : {"batch_size", "patience"}) static_cast<void>(training.count(key));
  if (!training.value("seed").is_number_unsigned()) training.refuse("seed", "must be a whole number of at least 0");
}

Json metrics_json(const Metrics& metrics) {
  Json json = Json::object();
  for (const Metrics::Value& v : metrics.values) json[v.name] = std::isfinite(v.value) ? Json(v.value) : Json(nullptr);
  if (!metrics.confusion.empty()) json["confusion_matrix"] = metrics.confusion;
  for (const TargetMetrics& of : metrics.by_target) json["targets"][of.target] = metrics_json(of.metrics);
  return json;
}

Json parts_json(const FitResult::Part& train, const FitResult::Part& valid, const FitResult::Part& test) {
  return {{"train", part_json(train)}, {"valid", part_json(valid)}, {"test", part_json(test)}};
}

Json training_json(const FitOptions& options, const TrainOptions& used, const FitResult& result) {
  const OptimizerRow& optimizer = *find_row(optimizers(), used.optimizer);
  const ScheduleRow& schedule = *find_row(schedules(), used.schedule);
  const bool stepwise = !optimizer.is_full_batch();
  Json rates = Json::array();
  for (const RateFor& rate : used.rate_for) rates.push_back({{"tensors", rate.pattern}, {"factor", rate.factor}});
  Json json = {{"rows", {{"train", result.train.rows}, {"valid", result.valid.rows}, {"test", result.test.rows}}},
               {"optimizer", used.optimizer},
               {"learning_rate", stepwise ? Json(used.learning_rate) : Json(nullptr)},
               {"momentum", own_key_json(optimizer, optimizer_option::kMomentum, used.optimizer_options)},
               {"weight_decay", own_key_json(optimizer, optimizer_option::kWeightDecay, used.optimizer_options)},
               {"optimizer_options", options_json(optimizer, used.optimizer_options)},
               {"rate_for", rates},
               {"clip_norm", used.clip_norm},
               {"average", used.average},
               {"l2", used.l2},
               {"l2_biases", used.l2_biases},
               {"l1", used.l1},
               {"l1_by", used.l1_by},
               {"schedule", stepwise ? Json(used.schedule) : Json(nullptr)},
               {"schedule_options", stepwise ? options_json(schedule, used.schedule_options) : Json(nullptr)},
               {"warmup", used.warmup},
               {"batch_size", used.batch_size},
               {"epochs", used.epochs},
               {"patience", used.patience},
               {"stop_on", used.stop_on},
               {"restarts", used.restarts},
               {"initial_weights", used.initial_weights},
               {"start", result.start},
               {"seed", used.seed},
               {"weight", name_or_null(options.weight)},
               {"group", name_or_null(options.group)},
               {"class_weight", options.class_weight},
               {"epochs_run", result.epochs},
               {"best_epoch", result.best_epoch},
               {"metrics", parts_json(result.train, result.valid, result.test)}};
  if (result.members.size() > 1) json["members"] = members_json(result.members);
  return json;
}

}  // namespace ffwd
