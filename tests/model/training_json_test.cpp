#include "model/training_json.h"

#include <gtest/gtest.h>

#include <cmath>

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
  FitOptions options;
  options.train.optimizer = "sgd";
  FitResult result;
  result.train.rows = 10;
  Json json = training_json(options, result);
  EXPECT_EQ(json["momentum"], 0.9);
  EXPECT_EQ(json["weight_decay"], nullptr);
  EXPECT_EQ(json["learning_rate"], 0.01) << "the optimiser's own default";
  EXPECT_EQ(json["metrics"]["valid"], nullptr);
  options.train.batch_size = 0;
  EXPECT_EQ(training_json(options, result)["batch_size"], 10);
}

}  // namespace
}  // namespace ffwd
