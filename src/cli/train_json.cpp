#include "cli/train_json.h"

#include <vector>

#include "cli/metrics_view.h"
#include "cli/network_view.h"

namespace ffwd {
namespace {

using PartMetrics = Metrics FitResult::Part::*;

/// {"train", "valid", "test"}, each what `which` of that part says.
Json by_part(const FitResult& result, PartMetrics which) {
  const auto of = [&](const FitResult::Part& part) {
    return part.rows == 0 ? Json(nullptr) : metrics_json(part.*which, result.model->classes());
  };
  return {{"train", of(result.train)}, {"valid", of(result.valid)}, {"test", of(result.test)}};
}

Json members_json(const std::vector<FitResult::Member>& members) {
  Json json = Json::array();
  for (const FitResult::Member& member : members) {
    json.push_back({{"member", member.number},
                    {"epochs", member.epochs},
                    {"best_epoch", member.best_epoch},
                    {"start", member.start},
                    {"starts", member.starts},
                    {"train_loss", number_or_null(member.train_loss)},
                    {"valid_loss", number_or_null(member.valid_loss)}});
  }
  return json;
}

Json history_json(const std::vector<EpochRecord>& history) {
  Json json = Json::array();
  for (const EpochRecord& record : history) {
    json.push_back({{"epoch", record.epoch},
                    {"train_loss", number_or_null(record.train_loss)},
                    {"valid_loss", number_or_null(record.valid_loss)},
                    {"valid_score", number_or_null(record.valid_score)},
                    {"learning_rate", record.learning_rate},
                    {"seconds", record.seconds}});
  }
  return json;
}

}  // namespace

Json train_json(const FitResult& result, const RunFacts& run) {
  const Model& model = *result.model;
  Json json = Json::object();
  json["task"] = to_string(model.task());
  json["targets"] = model.targets();
  json["rows"] = {{"train", result.train.rows}, {"valid", result.valid.rows}, {"test", result.test.rows}};
  json["network"] = network_with_counts(model.network());
  json["epochs"] = result.epochs;
  json["best_epoch"] = result.best_epoch;
  json["start"] = result.start;
  json["starts"] = result.starts;
  if (result.members.size() > 1) json["members"] = members_json(result.members);
  json["interrupted"] = result.interrupted;
  json["timed_out"] = result.timed_out;
  json["history"] = history_json(result.history);
  json["metrics"] = by_part(result, &FitResult::Part::metrics);
  json["baseline"] = by_part(result, &FitResult::Part::baseline);
  json["seconds"] = {{"read", run.read_seconds},
                     {"prepare", result.prepare_seconds},
                     {"train", result.train_seconds},
                     {"save", run.save_seconds}};
  json["model"] = run.model;
  json["warnings"] = std::vector<std::string>(run.warnings.begin(), run.warnings.end());
  return json;
}

}  // namespace ffwd
