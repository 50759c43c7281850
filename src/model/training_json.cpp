#include "model/training_json.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/rows.h"
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

/// The name of a column, or null.
Json name_or_null(const std::string& name) { return name.empty() ? Json(nullptr) : Json(name); }

}  // namespace

void check_training(const JsonReader& model, Task task, DistributionKind kind, std::span<const std::string> targets,
                    std::span<const Feature> features) {
  const JsonReader training = model.object("training");
  training.only({"rows", "optimizer", "learning_rate", "momentum", "weight_decay", "l2", "schedule", "batch_size",
                 "epochs", "patience", "seed", "epochs_run", "best_epoch", "metrics", "weight", "group", "class_weight",
                 "warmup"});
  check_parts(training, {.regression = task == Task::kRegression, .kind = kind}, targets);
  check_name(training, "optimizer", row_names(optimizers()));
  check_name(training, "schedule", row_names(schedules()));
  check_range(training, "learning_rate", {.above = true});
  check_range(training, "l2", {});
  if (!is_null(training, "momentum")) check_range(training, "momentum", {.below_one = true});
  if (!is_null(training, "weight_decay")) check_range(training, "weight_decay", {});
  // Later than the first files of format 1, so they may be absent.
  if (training.has("warmup")) check_range(training, "warmup", {.below_one = true});
  if (training.has("class_weight")) check_name(training, "class_weight", {"none", "balanced"});
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

Json training_json(const FitOptions& options, const TrainOptions& used, const FitResult& result) {
  const OptimizerRow& optimizer = *find_row(optimizers(), used.optimizer);
  return {{"rows", {{"train", result.train.rows}, {"valid", result.valid.rows}, {"test", result.test.rows}}},
          {"optimizer", used.optimizer},
          {"learning_rate", used.learning_rate},
          {"momentum", optimizer.uses_momentum ? Json(used.momentum) : Json(nullptr)},
          {"weight_decay", optimizer.uses_weight_decay ? Json(used.weight_decay) : Json(nullptr)},
          {"l2", used.l2},
          {"schedule", used.schedule},
          {"warmup", used.warmup},
          {"batch_size", used.batch_size},
          {"epochs", used.epochs},
          {"patience", used.patience},
          {"seed", used.seed},
          {"weight", name_or_null(options.weight)},
          {"group", name_or_null(options.group)},
          {"class_weight", options.class_weight},
          {"epochs_run", result.epochs},
          {"best_epoch", result.best_epoch},
          {"metrics",
           {{"train", part_json(result.train)}, {"valid", part_json(result.valid)}, {"test", part_json(result.test)}}}};
}

}  // namespace ffwd
