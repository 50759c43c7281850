#include "model/compression_json.h"

#include <gtest/gtest.h>

#include <optional>

#include "support/fault_of.h"

namespace ffwd {
namespace {

Json sound() {
  const TrainOptions used{.learning_rate = 0.001, .batch_size = 32, .epochs = 50, .seed = 3};
  CompressResult result;
  result.trainings = 1;
  result.epochs = 50;
  result.best_epoch = 41;
  result.weights = 1000;
  result.weights_left = 90;
  return compression_json({.sparsity = 0.9}, used, result);
}

std::string refusal(const Json& compression) {
  const Json training = {{"compression", compression}};
  try {
    check_compression(JsonReader(training, "m.ffwd", "training"));
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kModel);
    return error.what();
  }
  return "";
}

TEST(CompressionJson, IsAcceptedAsItIsWritten) {
  EXPECT_EQ(refusal(sound()), "");
  EXPECT_EQ(sound()["sparsity"], 0.9);
  EXPECT_EQ(sound()["max_loss"], nullptr);
  CompressResult result;
  const Json by_loss = compression_json({.max_loss = 0.02, .metric = "mae"}, {}, result);
  EXPECT_EQ(by_loss["sparsity"], nullptr);
  EXPECT_EQ(by_loss["max_loss"], 0.02);
  EXPECT_EQ(by_loss["metric"], "mae");
  EXPECT_EQ(compression_json({}, {}, result)["sparsity"], kUsualSparsity);
  const Json without = Json::object();
  check_compression(JsonReader(without, "m.ffwd", "training"));
}

TEST(CompressionJson, AnythingElseIsRefused) {
  const Json fine = sound();
  for (const auto& item : fine.items()) {
    Json changed = fine;
    changed.erase(item.key());
    EXPECT_NE(refusal(changed), "") << item.key();
    for (const Json& odd : {Json(-1), Json("x"), Json(true), Json::array(), Json::object()}) {
      changed = sound();
      changed[item.key()] = odd;
      EXPECT_NE(refusal(changed), "") << item.key() << " " << odd.dump();
    }
  }
  const std::vector<std::pair<const char*, Json>> odd = {
      {"sparsity", 0},      {"sparsity", 1}, {"sparsity", nullptr}, {"max_loss", 0.1}, {"best_epoch", 0},
      {"best_epoch", 51},   {"epochs", 0},   {"trainings", 0},      {"weights", 0},    {"weights_left", 1001},
      {"learning_rate", 0}, {"more", 1},     {"metric", "rmse"}};
  for (const auto& [key, value] : odd) {
    Json changed = sound();
    changed[key] = value;
    EXPECT_NE(refusal(changed), "") << key << " " << value.dump();
  }
}

}  // namespace
}  // namespace ffwd
