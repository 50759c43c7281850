#include "model/training_json.h"

#include <cmath>

#include "core/rows.h"
#include "optim/optimizer.h"

namespace ffwd {
namespace {

// The confusion matrix stays out: with many classes it would outgrow the file's header.
Json part_json(const FitResult::Part& part) {
  if (part.rows == 0) return nullptr;
  Json json = metrics_json(part.metrics);
  json.erase("confusion_matrix");
  return json;
}

bool is_null(const JsonReader& reader, std::string_view key) { return reader.value(key).is_null(); }

void check_not_negative(const JsonReader& reader, std::string_view key) {
  if (reader.number(key) < 0) reader.refuse(key, "must be at least 0");
}

void check_figures(const JsonReader& values, std::string_view where, const Json& json, bool regression) {
  std::size_t known = 0;
  for (const MetricRow& metric : metrics()) {
    if (metric.regression != regression) continue;
    ++known;
    if (!is_null(values, metric.name)) static_cast<void>(values.number(metric.name));
  }
  if (json.size() != known) values.refuse(where, "holds figures that this version does not know");
}

void check_metrics(const JsonReader& parts, std::string_view part, bool regression) {
  if (is_null(parts, part)) return;
  const JsonReader values = parts.object(part);
  Json figures = parts.value(part);
  if (values.has("targets")) {
    const JsonReader targets = values.object("targets");
    for (const auto& [name, json] : values.value("targets").items()) {
      check_figures(targets.object(name), "", json, regression);
    }
    figures.erase("targets");
  }
  check_figures(values, "", figures, regression);
}

/// The name of a column, or null.
Json name_or_null(const std::string& name) { return name.empty() ? Json(nullptr) : Json(name); }

}  // namespace

void check_training(const JsonReader& model) {
  const JsonReader training = model.object("training");
  training.only({"rows", "optimizer", "learning_rate", "momentum", "weight_decay", "l2", "schedule", "batch_size",
                 "epochs", "patience", "seed", "epochs_run", "best_epoch", "metrics", "weight", "group", "class_weight",
                 "warmup"});
  const JsonReader rows = training.object("rows"), parts = training.object("metrics");
  rows.only({"train", "valid", "test"});
  parts.only({"train", "valid", "test"});
  for (const char* part : {"train", "valid", "test"}) {
    static_cast<void>(rows.count(part));
    check_metrics(parts, part, model.text("task") == to_string(Task::kRegression));
  }
  for (const char* key : {"optimizer", "schedule"}) static_cast<void>(training.text(key));
  check_not_negative(training, "learning_rate");
  check_not_negative(training, "l2");
  for (const char* key : {"momentum", "weight_decay"}) {
    if (!is_null(training, key)) check_not_negative(training, key);
  }
  // Later than the first files of format 1, so they may be absent.
  for (const char* key : {"weight", "group"}) {
    if (training.has(key) && !is_null(training, key)) static_cast<void>(training.text(key));
  }
  if (training.has("warmup")) check_not_negative(training, "warmup");
  if (training.has("class_weight") && training.text("class_weight") != "none" &&
      training.text("class_weight") != "balanced") {
    training.refuse("class_weight", "is none that this version knows");
  }
  for (const char* key : {"batch_size", "epochs", "patience", "epochs_run", "best_epoch"}) {
    static_cast<void>(training.count(key));
  }
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
