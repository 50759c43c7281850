#include "cli/compress_view.h"

#include <gtest/gtest.h>

#include "cli/fake_console.h"
#include "cli/made_fit.h"

namespace ffwd {
namespace {

CompressResult made_result() {
  const FitResult fitted = made_fit("y");
  CompressResult result;
  result.model = fitted.model;
  result.train = result.train_before = fitted.train;
  result.test = result.test_before = fitted.test;
  result.weights = 1000;
  result.weights_left = 95;
  result.sparsity = 0.905;
  result.layers = {{.name = "hidden1", .units_before = 64, .units = 40, .weights_before = 900, .weights = 90},
                   {.name = "output", .units_before = 1, .units = 1, .weights_before = 100, .weights = 5}};
  result.unused = {"b"};
  result.epochs = 50;
  result.best_epoch = 45;
  result.trainings = 1;
  result.history = {{.epoch = 1, .train_loss = 0.5, .valid_loss = 0.4, .sparsity = 0.25}};
  result.train_seconds = 2;
  return result;
}

const CompressFacts kFacts{
    .model = "small.ffwd",
    .bytes_before = 40000,
    .bytes = 5000,
    .times = {.before = {.one_row = 4e-6, .batch = 2e-6}, .after = {.one_row = 1e-6, .batch = 5e-7}}};

TEST(CompressView, ShowsWhatWentAndWhatItCost) {
  FakeConsole console;
  print_compressed(console.console, made_result(), kFacts);
  const std::string text = console.out.str();
  for (const char* expected :
       {"Compressed  50 epochs, 2.00 s; 95 of 1,000 weights are left, 90.50 % are gone\n",
        "  layer    units before  units  weights before  weights\n",
        "  hidden1            64     40             900       90\n", "  the answers no longer depend on b\n",
        "train before", "  test before", "Size   5.0 kB, before 40.0 kB\n",
        "Time   1.000 µs for a row alone, before 4.000 µs; 0.5000 µs for each of many, before 2.000 µs\n"}) {
    EXPECT_NE(text.find(expected), std::string::npos) << expected << "\n" << text;
  }
  EXPECT_EQ(text.find("valid"), std::string::npos) << "a part without rows";
}

TEST(CompressView, TellsTheModelAndItsRowsBefore) {
  FakeConsole console;
  const CompressPrepared prepared{
      .train_rows = 1400, .valid_rows = 200, .test_rows = 0, .same_rows = true, .weights = 6528};
  print_compress_prepared(console.console, *made_fit("y").model, prepared);
  EXPECT_EQ(console.out.str(),
            "\nModel  regression of 'y', 6,528 weights\n"
            "  1,400 rows to train on, 200 to validate on, none to test on, as when it was trained\n");
}

TEST(CompressView, JsonHoldsTheSame) {
  const Json json = compress_json(made_result(), kFacts);
  EXPECT_EQ(json["weights"]["before"], 1000);
  EXPECT_EQ(json["weights"]["after"], 95);
  EXPECT_EQ(json["layers"][0]["units"]["after"], 40);
  EXPECT_EQ(json["unused"], Json({"b"}));
  EXPECT_EQ(json["bytes"]["after"], 5000);
  EXPECT_EQ(json["seconds_for_a_row"]["alone"]["before"], 4e-6);
  EXPECT_EQ(json["seconds_for_a_row"]["of_many"]["after"], 5e-7);
  EXPECT_EQ(json["metrics"]["before"]["valid"].is_null(), made_result().valid.rows == 0);
  EXPECT_EQ(json["metrics"]["after"]["train"]["rmse"], json["metrics"]["before"]["train"]["rmse"]);
  EXPECT_EQ(json["history"][0]["sparsity"], 0.25);
  EXPECT_EQ(json["model"], "small.ffwd");
}

}  // namespace
}  // namespace ffwd
