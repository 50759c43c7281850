#include "model/training_json.h"

#include <gtest/gtest.h>

#include <cmath>

#include "train/train_options.h"

namespace ffwd {
namespace {

TEST(TrainingJson, WritesUndefinedFiguresAsNull) {
  Metrics metrics;
  metrics.values = {{"rmse", 1.5}, {"r2", std::nan("")}};
  EXPECT_EQ(dump_json(metrics_json(metrics)), R"({"rmse":1.5,"r2":null})");
  metrics.confusion = {{1, 2}, {3, 4}};
  EXPECT_EQ(metrics_json(metrics)["confusion_matrix"][1][0], 3);
}

TEST(TrainingJson, RecordsWhatTheOptimizerUsedAndNoMore) {
  const TrainOptions options =
      settled({.optimizer = "sgd", .learning_rate = 0.02, .warmup = 0.25, .batch_size = 10}, 10);
  FitResult result;
  result.train.rows = 10;
  const Json json = training_json({}, options, result);
  EXPECT_EQ(json["momentum"], 0.9);
  EXPECT_EQ(json["weight_decay"], nullptr);
  EXPECT_EQ(json["learning_rate"], 0.02);
  EXPECT_EQ(json["metrics"]["valid"], nullptr);
  EXPECT_EQ(json["batch_size"], 10);
  EXPECT_EQ(json["warmup"], 0.25);
  EXPECT_EQ(dump_json(json["optimizer_options"]), R"({"nesterov":false})") << "momentum has a key of its own";
  EXPECT_EQ(dump_json(json["schedule_options"]), R"({"schedule_final":0.0})");
}

}  // namespace
}  // namespace ffwd
