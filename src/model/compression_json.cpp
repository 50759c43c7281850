#include "model/compression_json.h"

#include <algorithm>
#include <string_view>

#include "ffwd/metrics.h"

namespace ffwd {
namespace {

const MetricRow* find_metric(std::string_view name) {
  const auto found = std::ranges::find(metrics(), name, &MetricRow::name);
  return found == metrics().end() ? nullptr : &*found;
}

}  // namespace

Json compression_json(const CompressOptions& options, const TrainOptions& used, const CompressResult& result) {
  return {{"sparsity", options.max_loss ? Json(nullptr) : Json(options.sparsity.value_or(kUsualSparsity))},
          {"max_loss", options.max_loss ? Json(*options.max_loss) : Json(nullptr)},
          {"metric", options.max_loss ? Json(options.metric) : Json(nullptr)},
          {"learning_rate", used.learning_rate},
          {"batch_size", used.batch_size},
          {"epochs", used.epochs},
          {"seed", used.seed},
          {"trainings", result.trainings},
          {"epochs_run", result.epochs},
          {"best_epoch", result.best_epoch},
          {"weights", result.weights},
          {"weights_left", result.weights_left}};
}

void check_compression(const JsonReader& training) {
  if (!training.has("compression")) return;
  const JsonReader made = training.object("compression");
  made.only({"sparsity", "max_loss", "metric", "learning_rate", "batch_size", "epochs", "seed", "trainings",
             "epochs_run", "best_epoch", "weights", "weights_left"});
  const bool by_loss = made.value("sparsity").is_null();
  if (by_loss == made.value("max_loss").is_null()) made.refuse("max_loss", "must be null or else sparsity");
  if (!by_loss && (made.number("sparsity") <= 0 || made.number("sparsity") >= 1)) {
    made.refuse("sparsity", "must be above 0 and below 1");
  }
  if (by_loss == made.value("metric").is_null()) made.refuse("metric", "must be null, unless max_loss is not");
  if (by_loss && find_metric(made.text("metric")) == nullptr) made.refuse("metric", "is none that this version knows");
  if (by_loss && made.number("max_loss") <= 0) made.refuse("max_loss", "must be over 0");
  if (made.number("learning_rate") <= 0) made.refuse("learning_rate", "must be over 0");
  for (const char* key : {"batch_size", "epochs", "trainings", "weights"}) static_cast<void>(made.count(key, 1));
  static_cast<void>(made.count("epochs_run", 1));
  if (made.count("best_epoch", 1) > made.count("epochs")) made.refuse("best_epoch", "is more than epochs");
  if (made.count("weights_left") > made.count("weights")) made.refuse("weights_left", "is more than weights");
  if (!made.value("seed").is_number_unsigned()) made.refuse("seed", "must be a whole number of at least 0");
}

}  // namespace ffwd
