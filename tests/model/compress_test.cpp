#include "ffwd/compress.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "core/json.h"
#include "ffwd/derivatives.h"
#include "ffwd/predictor.h"
#include "model/flats.h"
#include "model/parts.h"
#include "support/fault_of.h"

namespace ffwd {
namespace {

FitOptions usual(const std::string& target) {
  FitOptions options;
  options.targets = {target};
  options.drop = {target == "rent" ? "dear" : "rent"};
  options.hidden = "64, 64";
  options.train.epochs = 15;
  return options;
}

Model trained(const FitOptions& options, std::size_t rows = 600) {
  return *fit(flats(rows), nullptr, nullptr, options).model;
}

CompressOptions quick() {
  CompressOptions options;
  options.epochs = 20;
  return options;
}

std::size_t nonzero_weights(const Model& model) {
  std::size_t n = 0;
  std::visit(
      [&](const auto& engine) {
        for (const Tensor& tensor : engine.tensors()) {
          if (!tensor.name.ends_with(".weight")) continue;
          std::visit(
              [&](const auto& v) {
                n += static_cast<std::size_t>(std::ranges::count_if(v, [](auto w) { return w != 0; }));
              },
              tensor.values);
        }
      },
      model.parts().engine);
  return n;
}

/// What holds of any model and what becomes of it.
void expect_sound(const Model& model, const Table& table, const CompressResult& result, double sparsity) {
  ASSERT_NE(result.model, nullptr);
  const Model& small = *result.model;
  EXPECT_NEAR(result.sparsity, sparsity, 0.1) << "dead units take weights along";
  EXPECT_GE(result.sparsity, sparsity - 0.002);
  EXPECT_EQ(result.weights_left, nonzero_weights(small));
  EXPECT_LT(small.to_bytes().size(), model.to_bytes().size());
  const Model again = Model::from_bytes(small.to_bytes(), "small.ffwd");
  EXPECT_EQ(again.to_bytes(), small.to_bytes());
  const Prediction answers = small.predict(table), loaded = again.predict(table);
  EXPECT_TRUE(std::ranges::equal(answers.values.values(), loaded.values.values()));
  const Json training = Json::parse(small.description())["training"];
  EXPECT_EQ(training["compression"]["weights"], result.weights);
  EXPECT_EQ(training["compression"]["weights_left"], result.weights_left);
  EXPECT_EQ(small.answers(), model.answers());
}

TEST(Compress, MakesModelsOfAnyKindSmallerAndLittleWorse) {
  struct Case {
    const char* target;
    const char* likelihood;
    const char* precision;
    std::size_t ensemble;
    const char* figure;
  };
  const Table table = flats(600);
  for (const Case& c : {Case{"rent", "auto", "float32", 1, "rmse"}, Case{"rent", "auto", "float64", 1, "rmse"},
                        Case{"rent", "gaussian", "float32", 1, "rmse"}, Case{"rent", "quantile", "float32", 1, "rmse"},
                        Case{"rent", "auto", "float32", 3, "rmse"}, Case{"dear", "auto", "float32", 1, "accuracy"},
                        Case{"district", "auto", "float32", 2, "accuracy"}}) {
    SCOPED_TRACE(std::string(c.target) + " " + c.likelihood + " " + c.precision + " " + std::to_string(c.ensemble));
    FitOptions options = usual(c.target);
    options.likelihood = c.likelihood;
    options.precision = c.precision;
    options.ensemble = c.ensemble;
    const Model model = trained(options);
    const CompressResult result = compress(model, table, nullptr, nullptr, quick());
    expect_sound(model, table, result, 0.9);
    EXPECT_EQ(result.model->members(), c.ensemble);
    EXPECT_EQ(result.model->precision(), c.precision);
    const double before = result.test_before.metrics[c.figure], after = result.test.metrics[c.figure];
    const double trivial = result.test.baseline[c.figure];
    EXPECT_LT(std::abs(after - before), 0.6 * std::abs(trivial - before)) << "after " << after << " before " << before;
    EXPECT_EQ(before, Json::parse(model.description())["training"]["metrics"]["test"][c.figure].get<double>())
        << "the rows are those that training tested on";
  }
}

TEST(Compress, WorksOnEveryKindOfLayer) {
  FitOptions options = usual("rent");
  options.hidden = {};
  options.network = R"({"layers": [
    {"name": "a", "type": "maxout", "size": 24, "pieces": 2},
    {"name": "n", "type": "batch_norm", "unit": "relu"},
    {"name": "b", "size": 24, "unit": "prelu"},
    {"name": "d", "type": "dropout", "rate": 0.1},
    {"name": "c", "size": 24, "unit": "tanh", "from": ["d"]},
    {"name": "skip", "type": "add", "from": ["c", "d"]},
    {"name": "r", "type": "rbf", "size": 6, "from": ["a"]},
    {"name": "side", "type": "concat", "from": ["skip", "r", "b"]},
    {"name": "s", "type": "scale"},
    {"name": "l", "type": "layer_norm"},
    {"name": "output", "size": 1}]})";
  options.embed = {};
  const Model model = trained(options);
  const CompressResult result = compress(model, flats(600), nullptr, nullptr, quick());
  expect_sound(model, flats(600), result, 0.9);
}

TEST(Compress, EmbeddingsAndSeveralTargetsStay) {
  FitOptions options = usual("rent");
  options.targets = {"rent", "size"};
  options.embed = {{"district", 3}};
  const Model model = trained(options);
  const CompressResult result = compress(model, flats(600), nullptr, nullptr, quick());
  ASSERT_NE(result.model, nullptr);
  const auto embedding = [](const Model& m) { return std::get<Engine<float>>(m.parts().engine).tensors()[0]; };
  const Tensor table = embedding(*result.model);
  EXPECT_EQ(table.name, "embedding1.weight");
  const auto& values = std::get<std::vector<float>>(table.values);
  EXPECT_TRUE(std::ranges::none_of(values, [](float v) { return v == 0; }));
}

TEST(Compress, GivesTheSameBytesForAnyNumberOfThreads) {
  FitOptions options = usual("rent");
  options.ensemble = 2;
  const Model model = trained(options);
  CompressOptions asked = quick();
  asked.threads = 1;
  const std::string one = compress(model, flats(600), nullptr, nullptr, asked).model->to_bytes();
  asked.threads = 4;
  EXPECT_EQ(compress(model, flats(600), nullptr, nullptr, asked).model->to_bytes(), one);
  asked.seed = 5;
  EXPECT_NE(compress(model, flats(600), nullptr, nullptr, asked).model->to_bytes(), one);
}

TEST(Compress, PredictorAndDerivativesAreThoseOfTheSparseNetwork) {
  FitOptions options = usual("rent");
  options.hidden = "96, 96";
  const Model model = *compress(trained(options), flats(600), nullptr, nullptr, quick()).model;
  EXPECT_FALSE(std::get<Engine<float>>(model.parts().engine).sparse_plans.empty());
  const Table rows = flats(40, 7);
  const Prediction answers = model.predict(rows, 1);
  Predictor predictor(model);
  for (std::size_t r = 0; r < rows.n_rows(); ++r) {
    std::vector<Cell> cells;
    std::vector<std::string> texts(model.features().size());
    for (const Feature& feature : model.features()) {
      const Column& column = rows.column(*rows.find(feature.name));
      std::string& text = texts[cells.size()];
      if (column.is_missing(r)) {
        cells.emplace_back();
      } else if (feature.type == ColumnType::kNumber || feature.type == ColumnType::kBoolean) {
        cells.emplace_back(column.number(r));
      } else {
        text = column.cell(r);
        cells.emplace_back(std::string_view(text));
      }
    }
    EXPECT_EQ(predictor.predict(cells)[0], answers.values(r, 0)) << r;
  }
  for (const DerivativeCheck& check : check_derivatives(model, rows)) {
    EXPECT_LT(check.gradient, 1e-5) << check.group;
    EXPECT_LT(check.hessian, 1e-4) << check.group;
  }
}

TEST(Compress, ByALossTakesAsManyWeightsAsThatAllows) {
  const Model model = trained(usual("rent"));
  CompressOptions options = quick();
  options.epochs = 8;
  options.max_loss = 0.2;
  const CompressResult result = compress(model, flats(600), nullptr, nullptr, options);
  ASSERT_NE(result.model, nullptr);
  EXPECT_GT(result.trainings, 1U);
  EXPECT_LE(result.valid.metrics["rmse"], 1.2001 * result.valid_before.metrics["rmse"]);
  EXPECT_GT(result.sparsity, 0.3);
  options.max_loss = 1e-9;
  options.epochs = 1;
  options.learning_rate = 1e-7;
  const Fault fault = fault_of([&] { static_cast<void>(compress(model, flats(600), nullptr, nullptr, options)); });
  EXPECT_EQ(fault.where, "--max-loss");
  EXPECT_NE(fault.what.find("of its weights the model's rmse on the validation rows is more than"), std::string::npos);
}

TEST(Compress, CanGoOnFromASparseModel) {
  const Model model = trained(usual("rent"));
  const Model once = *compress(model, flats(600), nullptr, nullptr, quick()).model;
  CompressOptions more = quick();
  more.sparsity = 0.97;
  const CompressResult twice = compress(once, flats(600), nullptr, nullptr, more);
  ASSERT_NE(twice.model, nullptr);
  EXPECT_LT(twice.weights_left, nonzero_weights(once));
  more.sparsity = 0.1;
  EXPECT_NE(fault_of([&] {
              static_cast<void>(compress(once, flats(600), nullptr, nullptr, more));
            }).what.find("of the weights are 0 already"),
            std::string::npos);
}

TEST(Compress, SaysWhereTheRowsAreNotThoseOfTheTraining) {
  const Model model = trained(usual("rent"));
  const auto warns = [&](const Table& table) {
    const CompressResult result = compress(model, table, nullptr, nullptr, quick());
    return std::ranges::any_of(result.warnings,
                               [](const std::string& w) { return w.find("are not the rows") != std::string::npos; });
  };
  EXPECT_FALSE(warns(flats(600)));
  EXPECT_TRUE(warns(flats(500)));
  EXPECT_TRUE(warns(flats(600, 2))) << "as many, but others";
}

TEST(Compress, RefusesOptionsThatCannotBeMeant) {
  const auto fault = [](const CompressOptions& options) { return fault_of([&] { options.validate(); }).what; };
  EXPECT_NE(fault({.sparsity = 1.0}).find("--sparsity is 1"), std::string::npos);
  EXPECT_NE(fault({.sparsity = 0.0}).find("--sparsity is 0"), std::string::npos);
  EXPECT_NE(fault({.max_loss = 0.0}).find("--max-loss is 0"), std::string::npos);
  EXPECT_NE(fault({.sparsity = 0.5, .max_loss = 0.1}).find("leave one of them out"), std::string::npos);
  EXPECT_NE(fault({.metric = "rmse"}).find("--metric"), std::string::npos);
  EXPECT_NE(fault({.max_loss = 0.1, .metric = "rmsd"}).find("did you mean 'rmse'"), std::string::npos);
  EXPECT_NE(fault({.valid_fraction = 0.6, .test_fraction = 0.5}).find("no rows to train on"), std::string::npos);
  const Model model = trained(usual("rent"));
  CompressOptions options = quick();
  options.max_loss = 0.1;
  options.metric = "accuracy";
  EXPECT_EQ(fault_of([&] { static_cast<void>(compress(model, flats(600), nullptr, nullptr, options)); }).where,
            "--metric");
  options.metric = "auto";
  options.valid_fraction = 0.0;
  EXPECT_EQ(fault_of([&] { static_cast<void>(compress(model, flats(600), nullptr, nullptr, options)); }).where,
            "--max-loss");
  options = quick();
  options.time_limit = 5;
  EXPECT_NE(fault_of([&] {
              static_cast<void>(compress(model, flats(600), nullptr, nullptr, options));
            }).what.find("needs a clock"),
            std::string::npos);
}

TEST(Compress, KeepsTheBestOfSeveralLengthsUnlessOneIsGiven) {
  FitOptions fitted = usual("rent");
  fitted.hidden = "16";
  const Model model = trained(fitted, 150);
  const Table table = flats(150);
  const auto best_loss = [](const CompressResult& result) {
    return result.history.at(result.best_epoch - 1).valid_loss;
  };
  const CompressResult usual = compress(model, table, nullptr, nullptr, {});
  EXPECT_EQ(usual.trainings, 3U);
  EXPECT_EQ(usual.epochs, 20U + 100U + 500U);
  for (const std::size_t epochs : {20U, 100U, 500U}) {
    const CompressResult one = compress(model, table, nullptr, nullptr, {.epochs = epochs});
    EXPECT_EQ(one.trainings, 1U);
    EXPECT_EQ(one.epochs, epochs);
    EXPECT_LE(best_loss(usual), best_loss(one));
  }
  fitted.valid_fraction = 0;
  const CompressResult blind = compress(trained(fitted, 150), table, nullptr, nullptr, {});
  EXPECT_EQ(blind.trainings, 1U);
  EXPECT_EQ(blind.epochs, 100U);
}

TEST(Compress, EndsWithoutAModelIfItIsStoppedBeforeTheWeightsAreGone) {
  const Model model = trained(usual("rent"));
  TrainHooks hooks;
  std::size_t epochs = 0;
  hooks.on_epoch = [&](const EpochRecord& record) { epochs = record.epoch; };
  hooks.stop = [&] { return epochs >= 3; };
  const CompressResult early = compress(model, flats(600), nullptr, nullptr, quick(), hooks);
  EXPECT_TRUE(early.interrupted);
  EXPECT_EQ(early.model, nullptr);
  epochs = 0;
  hooks.stop = [&] { return epochs >= 15; };
  const CompressResult late = compress(model, flats(600), nullptr, nullptr, quick(), hooks);
  EXPECT_TRUE(late.interrupted);
  ASSERT_NE(late.model, nullptr);
  EXPECT_GE(late.sparsity, 0.898);
}

}  // namespace
}  // namespace ffwd
