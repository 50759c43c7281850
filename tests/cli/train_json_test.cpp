#include "cli/train_json.h"

#include <gtest/gtest.h>

#include <cmath>

#include "cli/made_fit.h"

namespace ffwd {
namespace {

std::vector<std::string> keys(const Json& json) {
  std::vector<std::string> names;
  for (const auto& [name, value] : json.items()) names.push_back(name);
  return names;
}
using Keys = std::vector<std::string>;

Json json_of(const FitResult& result) {
  const std::vector<std::string> warnings = {"careful"};
  return train_json({.fit = result},
                    {.model = "m.ffwd", .read_seconds = 0.5, .save_seconds = 0.25, .warnings = warnings});
}

TEST(TrainJson, HasEveryKeyInItsShape) {
  const Json json = json_of(made_fit("grade"));
  EXPECT_EQ(keys(json),
            (Keys{"task", "targets", "rows", "network", "epochs", "best_epoch", "start", "starts", "interrupted",
                  "timed_out", "history", "metrics", "baseline", "seconds", "model", "warnings"}));
  EXPECT_EQ(json["task"], "binary");
  EXPECT_EQ(json["targets"], Json::array({"grade"}));
  EXPECT_EQ(dump_json(json["rows"]), R"({"train":140,"valid":20,"test":40})");
  EXPECT_EQ(keys(json["network"]), (Keys{"inputs", "layers", "outputs", "parameters"}));
  EXPECT_EQ(json["history"].size(), 5u);
  EXPECT_EQ(keys(json["history"][0]),
            (Keys{"epoch", "train_loss", "valid_loss", "valid_score", "learning_rate", "seconds"}));
  EXPECT_EQ(keys(json["metrics"]), (Keys{"train", "valid", "test"}));
  EXPECT_EQ(keys(json["metrics"]["test"]),
            (Keys{"accuracy", "balanced_accuracy", "log_loss", "roc_auc", "confusion_matrix", "classes"}));
  EXPECT_EQ(keys(json["baseline"]["test"]), keys(json["metrics"]["test"]));
  EXPECT_EQ(keys(json["seconds"]), (Keys{"read", "prepare", "train", "save"}));
  EXPECT_EQ(json["model"], "m.ffwd");
  EXPECT_EQ(json["warnings"], Json::array({"careful"}));
}

TEST(TrainJson, APartWithoutRowsIsNull) {
  FitResult result = made_fit("y");
  result.valid = {};
  const Json json = json_of(result);
  EXPECT_TRUE(json["metrics"]["valid"].is_null());
  EXPECT_TRUE(json["baseline"]["valid"].is_null());
  EXPECT_EQ(json["rows"]["valid"], 0);
  EXPECT_FALSE(json["metrics"]["train"].is_null());
}

TEST(TrainJson, ALossThatIsNotKnownIsNull) {
  FitResult result = made_fit("y");
  result.history.front().valid_loss = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(json_of(result)["history"][0]["valid_loss"].is_null());
}

TEST(TrainJson, AnEnsembleListsItsMembers) {
  FitResult result = made_fit("y");
  EXPECT_FALSE(json_of(result).contains("members"));
  result.members.push_back(result.members.front());
  const Json json = json_of(result);
  EXPECT_EQ(keys(json["members"][1]),
            (Keys{"member", "epochs", "best_epoch", "start", "starts", "train_loss", "valid_loss"}));
}

TEST(TrainJson, CrossValidationAndThePathOfPenaltiesAreThereIfTheyWereMade) {
  SelectResult selected{.fit = made_fit("grade")};
  selected.cross_validation = CrossValidation{.folds = 2, .rows = 9};
  selected.cross_validation->of_folds = {selected.fit.test.metrics, selected.fit.test.metrics};
  selected.cross_validation->metrics = selected.fit.test.metrics;
  selected.path = PenaltyPath{.penalty = "l1", .folds = 2};
  selected.path->points = {{.lambda = 1, .mean = HUGE_VAL, .of_folds = {HUGE_VAL, 2}}};
  const Json json = train_json(selected, {});
  EXPECT_EQ(keys(json["cross_validation"]), (Keys{"folds", "metrics", "rows", "of_folds", "all", "seconds"}));
  EXPECT_EQ(json["cross_validation"]["of_folds"][1]["classes"], json["metrics"]["test"]["classes"]);
  EXPECT_EQ(keys(json["penalty_path"]), (Keys{"penalty", "rule", "folds", "points", "best", "chosen", "seconds"}));
  EXPECT_EQ(dump_json(json["penalty_path"]["points"][0]),
            R"({"lambda":1.0,"mean":null,"standard_error":0.0,"of_folds":[null,2.0]})");
}

}  // namespace
}  // namespace ffwd
