#include "model/training_json.h"

#include <cmath>

#include "core/rows.h"
#include "optim/optimizer.h"

namespace ffwd {
namespace {

Json part_json(const FitResult::Part& part) { return part.rows == 0 ? Json(nullptr) : metrics_json(part.metrics); }

}  // namespace

Json metrics_json(const Metrics& metrics) {
  Json json = Json::object();
  for (const Metrics::Value& v : metrics.values) json[v.name] = std::isfinite(v.value) ? Json(v.value) : Json(nullptr);
  if (!metrics.confusion.empty()) json["confusion_matrix"] = metrics.confusion;
  return json;
}

Json training_json(const FitOptions& options, const FitResult& result) {
  const TrainOptions& t = options.train;
  const OptimizerRow& optimizer = *find_row(optimizers(), t.optimizer);
  return {{"rows", {{"train", result.train.rows}, {"valid", result.valid.rows}, {"test", result.test.rows}}},
          {"optimizer", t.optimizer},
          {"learning_rate", t.learning_rate > 0 ? t.learning_rate : optimizer.default_learning_rate},
          {"momentum", optimizer.uses_momentum ? Json(t.momentum) : Json(nullptr)},
          {"weight_decay", optimizer.uses_weight_decay ? Json(t.weight_decay) : Json(nullptr)},
          {"l2", t.l2},
          {"schedule", t.schedule},
          {"batch_size", t.batch_size == 0 ? result.train.rows : t.batch_size},
          {"epochs", t.epochs},
          {"patience", t.patience},
          {"seed", t.seed},
          {"epochs_run", result.epochs},
          {"best_epoch", result.best_epoch},
          {"metrics",
           {{"train", part_json(result.train)}, {"valid", part_json(result.valid)}, {"test", part_json(result.test)}}}};
}

}  // namespace ffwd
