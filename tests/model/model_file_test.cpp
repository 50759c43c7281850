#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <functional>

#include "core/json.h"
#include "ffwd/compress.h"
#include "ffwd/error.h"
#include "ffwd/model.h"
#include "file/model_container.h"
#include "model/flats.h"

namespace ffwd {
namespace {

std::string trained(const std::string& target, const std::string& precision) {
  FitOptions options;
  options.targets = {target};
  options.precision = precision;
  options.train.epochs = 2;
  options.hidden = "6";
  return fit(flats(150), nullptr, nullptr, options).model->to_bytes();
}

std::string refusal(const std::string& bytes, const std::function<void(ModelContainer&)>& change) {
  ModelContainer container = unpack(bytes, "m.ffwd");
  change(container);
  try {
    (void)Model::from_bytes(pack(std::move(container)), "m.ffwd");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kModel);
    return error.what();
  }
  return "";
}

TEST(ModelFile, ComesBackWithTheSameBytesAndPredictions) {
  for (const char* target : {"rent", "dear", "district"}) {
    for (const char* precision : {"float32", "float64"}) {
      const std::string bytes = trained(target, precision);
      const Model model = Model::from_bytes(bytes, "m.ffwd");
      EXPECT_EQ(model.to_bytes(), bytes);
      EXPECT_EQ(model.precision(), precision);
      EXPECT_EQ(model.targets(), std::vector<std::string>{target});
      EXPECT_GT(model.predict(flats(10, 3)).values.rows(), 0u);
    }
  }
}

TEST(ModelFile, HoldsNothingOfTheRunThatEqualRunsDoNotShare) {
  const Json description = Json::parse(Model::from_bytes(trained("rent", "float32"), "m.ffwd").description());
  EXPECT_EQ(description["format"], 1);
  EXPECT_EQ(description["training"]["rows"]["train"], 105);
  EXPECT_EQ(description["training"]["momentum"], nullptr);
  EXPECT_EQ(description["likelihood"]["loss"], "mse");
  EXPECT_FALSE(description["training"].contains("threads"));
  EXPECT_FALSE(description["training"].contains("seconds"));
}

TEST(ModelFile, RefusesPartsThatDoNotFitEachOther) {
  const std::string bytes = trained("rent", "float32");
  EXPECT_EQ(refusal(bytes, [](ModelContainer&) {}), "");
  const auto with = [&](const std::function<void(Json&)>& change) {
    return refusal(bytes, [&](ModelContainer& c) { change(c.description); });
  };
  EXPECT_NE(with([](Json& j) { j["extra"] = 1; }).find("'extra' is not known"), std::string::npos);
  EXPECT_NE(with([](Json& j) { j.erase("task"); }).find("'task' is missing"), std::string::npos);
  EXPECT_NE(with([](Json& j) { j["task"] = "binary"; }), "");
  EXPECT_NE(with([](Json& j) { j["task"] = "ranking"; }).find("which this version does not know"), std::string::npos);
  EXPECT_NE(with([](Json& j) { j["members"] = 0; }).find("members is 0"), std::string::npos);
  EXPECT_NE(with([](Json& j) { j["members"] = 3; }).find("'training.members' is missing"), std::string::npos);
  EXPECT_NE(with([](Json& j) { j["targets"] = Json::array(); }).find("must hold a target"), std::string::npos);
  EXPECT_NE(with([](Json& j) { j["features"][0]["name"] = "other"; }).find("do not fit the preprocessing"),
            std::string::npos);
  EXPECT_NE(with([](Json& j) { j["features"][0]["type"] = "colour"; }).find("no column type"), std::string::npos);
  EXPECT_NE(with([](Json& j) { j["likelihood"]["loss"] = "categorical_cross_entropy"; }).find("does not fit the task"),
            std::string::npos);
  EXPECT_NE(with([](Json& j) { j["training"]["threads"] = 2; }).find("'training.threads' is not known"),
            std::string::npos);
  EXPECT_NE(with([](Json& j) { j["network"]["inputs"][0]["size"] = 3; }).find("reads 3 features but the preprocessing"),
            std::string::npos);
  EXPECT_NE(with([](Json& j) { j["targets"][0]["name"] = "size"; }).find("'features' hold a target"),
            std::string::npos);
}

TEST(ModelFile, RefusesCategoriesThatThePreprocessingDoesNotMake) {
  FitOptions options;
  options.targets = {"rent"};
  options.embed = {{"district", 2}};
  options.train.epochs = 1;
  options.hidden = "6";
  const std::string bytes = fit(flats(150), nullptr, nullptr, options).model->to_bytes();
  const auto with = [&](const std::function<void(Json&)>& change) {
    return refusal(bytes, [&](ModelContainer& c) { change(c.description); });
  };
  const auto holds = [](const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  };
  EXPECT_EQ(with([](Json&) {}), "");
  EXPECT_TRUE(holds(with([](Json& j) { j["network"]["layers"][0]["categories"] = 5; }),
                    "has 5 categories in layer 'embedding1' but the preprocessing makes 4 codes for it"));
  EXPECT_TRUE(holds(with([](Json& j) { j["network"]["layers"][0].erase("categories"); }), "how many categories"));
  EXPECT_TRUE(holds(with([](Json& j) { j["preprocessing"]["columns"]["district"]["missing"] = true; }),
                    "has 4 categories in layer 'embedding1' but the preprocessing makes 5 codes for it"));
  // Another layer would take the codes for numbers, or the embedding numbers for codes.
  EXPECT_TRUE(
      holds(with([](Json& j) {
              j["network"]["layers"][0] = {
                  {"name", "embedding1"}, {"type", "dense"}, {"from", {"district"}}, {"size", 2}, {"unit", "relu"}};
            }),
            "has a layer 'embedding1' that takes codes for numbers"));
  EXPECT_TRUE(holds(with([](Json& j) {
                      std::swap(j["network"]["inputs"][0]["name"], j["network"]["inputs"][1]["name"]);
                      std::swap(j["network"]["inputs"][0]["size"], j["network"]["inputs"][1]["size"]);
                    }),
                    "codes for it"));
}

TEST(ModelFile, RefusesARecordOfTheTrainingThatItWouldNotHaveWritten) {
  const std::string bytes = trained("dear", "float32");
  const Json training = unpack(bytes, "m.ffwd").description["training"];
  // Files of earlier versions lack them.
  const std::vector<std::string> later = {"weight",         "group",     "class_weight", "warmup", "optimizer_options",
                                          "rate_for",       "clip_norm", "average",      "l1",     "schedule_options",
                                          "l2_biases",      "l1_by",     "stop_on",      "start",  "restarts",
                                          "initial_weights"};
  for (const auto& item : training.items()) {
    const bool is_later = std::find(later.begin(), later.end(), item.key()) != later.end();
    for (const Json& odd : {Json(-1), Json("x"), Json::array(), Json::object(), Json(true)}) {
      if (odd.type() == item.value().type() || (is_later && odd.is_string())) continue;
      EXPECT_NE(refusal(bytes, [&](ModelContainer& c) { c.description["training"][item.key()] = odd; }), "")
          << item.key() << " " << odd.dump();
    }
    const std::string without = refusal(bytes, [&](ModelContainer& c) { c.description["training"].erase(item.key()); });
    EXPECT_EQ(without.empty(), is_later) << item.key();
  }
  EXPECT_NE(refusal(bytes, [](ModelContainer& c) { c.description["training"]["metrics"]["test"]["rmse"] = 1; }), "");
  const std::vector<std::pair<const char*, Json>> odd = {{"class_weight", "odd"},
                                                         {"optimizer", "zzz"},
                                                         {"schedule", "zzz"},
                                                         {"learning_rate", 0},
                                                         {"warmup", 1},
                                                         {"warmup", 7},
                                                         {"best_epoch", 1000000},
                                                         {"epochs_run", 1000000},
                                                         {"weight", "dear"},
                                                         {"group", "size"},
                                                         {"learning_rate", nullptr},
                                                         {"schedule", nullptr},
                                                         {"l1_by", "odd"},
                                                         {"stop_on", "odd"},
                                                         {"restarts", 0},
                                                         {"start", 2},
                                                         {"start", 0},
                                                         {"clip_norm", -1},
                                                         {"optimizer", "lbfgs"},
                                                         {"optimizer_options", {{"odd", 1}}},
                                                         {"optimizer_options", {{"beta1", 1}}},
                                                         {"optimizer_options", {{"rms_decay", 0.5}}},
                                                         {"optimizer_options", {{"amsgrad", 1}}},
                                                         {"schedule_options", {{"schedule_every", 2}}},
                                                         {"rate_for", {{{"tensors", "a"}}}},
                                                         {"rate_for", {{{"tensors", "a"}, {"factor", -1}}}}};
  for (const auto& [key, value] : odd) {
    EXPECT_NE(refusal(bytes, [&](ModelContainer& c) { c.description["training"][key] = value; }), "")
        << key << " " << value.dump();
  }
}

TEST(ModelFile, KeepsTheRecordOfAFullBatchOptimizerWhichHasNoRate) {
  FitOptions options;
  options.targets = {"rent"};
  options.train.optimizer = "levenberg_marquardt";
  options.train.epochs = 3;
  options.train.restarts = 2;
  options.train.rate_for = {{"hidden1.bias", 0}};
  options.hidden = "4";
  const std::string bytes = fit(flats(150), nullptr, nullptr, options).model->to_bytes();
  const Model model = Model::from_bytes(bytes, "m.ffwd");
  const Json training = Json::parse(model.description())["training"];
  EXPECT_EQ(model.precision(), "float64") << "what auto is for them";
  EXPECT_EQ(training["learning_rate"], nullptr);
  EXPECT_EQ(training["schedule"], nullptr);
  EXPECT_EQ(training["optimizer_options"], Json({{"damping", 1e-3}}));
  EXPECT_EQ(training["rate_for"], Json::array({{{"tensors", "hidden1.bias"}, {"factor", 0.0}}}));
  EXPECT_EQ(training["restarts"], 2);
  EXPECT_NE(refusal(bytes, [](ModelContainer& c) { c.description["training"]["learning_rate"] = 0.1; }), "");
}

TEST(ModelFile, RefusesMetricsThatDoNotFitPartsAndTargets) {
  const auto refused = [](const std::string& bytes, const std::function<void(Json & metrics)>& change) {
    return refusal(bytes, [&](ModelContainer& c) { change(c.description["training"]["metrics"]); });
  };
  const std::string one = trained("rent", "float32");
  EXPECT_NE(refused(one, [](Json& j) { j["train"] = nullptr; }), "");
  EXPECT_NE(refused(one, [](Json& j) { j["test"] = nullptr; }), "");
  EXPECT_NE(refused(one, [](Json& j) { j["train"]["targets"] = Json::object(); }), "");
  FitOptions options;
  options.targets = {"rent", "size"};
  options.train.epochs = 1;
  const std::string two = fit(flats(150), nullptr, nullptr, options).model->to_bytes();
  EXPECT_EQ(refused(two, [](Json&) {}), "");
  EXPECT_NE(refused(two, [](Json& j) { j["valid"].erase("targets"); }), "");
  EXPECT_NE(refused(two, [](Json& j) { j["test"]["targets"].erase("size"); }).find("size"), std::string::npos);
  EXPECT_NE(refused(two, [](Json& j) { j["test"]["targets"]["more"] = j["test"]["targets"]["size"]; }), "");
  EXPECT_NE(refused(two, [](Json& j) { j["test"]["targets"]["size"].erase("mae"); }), "");
}

std::string compressed(std::size_t members) {
  FitOptions options;
  options.targets = {"rent"};
  options.train.epochs = 2;
  options.hidden = "40, 30";
  options.ensemble = members;
  const Model model = *fit(flats(150), nullptr, nullptr, options).model;
  return compress(model, flats(150), nullptr, nullptr, {.sparsity = 0.8, .epochs = 2}).model->to_bytes();
}

TEST(ModelFile, HoldsSparseWeightsAsListsAndMasks) {
  for (const std::size_t members : {1U, 2U}) {
    const std::string bytes = compressed(members);
    const ModelContainer container = unpack(bytes, "m.ffwd");
    const Tensor& mask = container.tensors.back();
    EXPECT_EQ(mask.name, "hidden2.weight.mask");
    EXPECT_EQ(mask.type(), "U8");
    EXPECT_EQ(mask.shape.size(), members == 1 ? 2U : 3U);
    const Model model = Model::from_bytes(bytes, "m.ffwd");
    EXPECT_EQ(model.to_bytes(), bytes);
    EXPECT_EQ(model.predict(flats(9)).values.rows(), 9U);
  }
}

TEST(ModelFile, RefusesMasksThatAreNotThoseOfItsWeights) {
  const std::string bytes = compressed(1);
  const std::size_t n = unpack(bytes, "m.ffwd").tensors.size();
  const auto with = [&](const std::function<void(std::vector<Tensor>&)>& change) {
    return refusal(bytes, [&](ModelContainer& c) { change(c.tensors); });
  };
  const auto holds = [](const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  };
  using Bits = std::vector<std::uint8_t>;
  EXPECT_EQ(with([](auto&) {}), "");
  ASSERT_EQ(unpack(bytes, "m.ffwd").tensors[n - 2].name, "hidden1.weight.mask");
  EXPECT_NE(with([&](auto& t) { std::swap(t[n - 2], t[n - 1]); }), "") << "in another order";
  EXPECT_NE(with([&](auto& t) { std::swap(t[n - 2].name, t[n - 1].name); }), "") << "names swapped";
  EXPECT_NE(with([&](auto& t) { t.pop_back(); }), "") << "one is missing";
  EXPECT_NE(with([&](auto& t) { t.push_back({.name = "output.bias.mask", .shape = {1, 1}, .values = Bits{1}}); }), "");
  EXPECT_NE(with([&](auto& t) { t.push_back({.name = "more", .shape = {1}, .values = Bits{1}}); }), "");
  EXPECT_TRUE(holds(with([&](auto& t) { t[n - 1].shape = {t[n - 1].shape[1], t[n - 1].shape[0]}; }),
                    "'hidden2.weight.mask' is ["));
  EXPECT_TRUE(holds(with([&](auto& t) { std::get<Bits>(t[n - 1].values)[0] ^= 1; }), "weights but there are"));
  EXPECT_TRUE(holds(with([&](auto& t) {
                      Tensor& weight = *std::ranges::find(t, "hidden2.weight", &Tensor::name);
                      std::get<std::vector<float>>(weight.values)[0] = 0;
                    }),
                    "marks a weight that is 0"));
  EXPECT_TRUE(holds(with([&](auto& t) {
                      Tensor& weight = *std::ranges::find(t, "hidden2.weight", &Tensor::name);
                      weight.shape = {1, weight.shape[0]};
                    }),
                    "has a mask and is no list"));
  EXPECT_NE(refusal(bytes, [](ModelContainer& c) { c.description["network"]["layers"][0]["size"] = 90000; }), "");
}

TEST(ModelFile, RefusesALargeNetworkInASmallFileBeforeAllocatingIt) {
  const std::string bytes = trained("rent", "float32");
  EXPECT_NE(refusal(bytes, [](ModelContainer& c) { c.description["network"]["layers"][0]["size"] = 90000; })
                .find("but the tensors hold"),
            std::string::npos);
}

TEST(ModelFile, RefusesTensorsThatAreNotTheNetworks) {
  const std::string bytes = trained("rent", "float32");
  EXPECT_NE(refusal(bytes, [](ModelContainer& c) { c.tensors.back().name = "other"; }).find("is missing"),
            std::string::npos);
  EXPECT_NE(refusal(bytes,
                    [](ModelContainer& c) {
                      c.tensors.push_back({.name = "more", .shape = {0}, .values = std::vector<float>{}});
                    })
                .find("that the network does not have"),
            std::string::npos);
  EXPECT_NE(refusal(bytes,
                    [](ModelContainer& c) {
                      for (Tensor& t : c.tensors) {
                        if (t.shape.size() == 2) t.shape = {t.shape[1], t.shape[0]};
                      }
                    })
                .find("but the network has"),
            std::string::npos);
}

// The checksum does not cover names, so that tensors of one shape could be exchanged.
TEST(ModelFile, RefusesTensorsOutOfTheirOrder) {
  const std::string bytes = trained("rent", "float32");
  EXPECT_NE(refusal(bytes, [](ModelContainer& c) { std::swap(c.tensors[0].name, c.tensors[2].name); })
                .find("tensor 'hidden1.weight' is missing, 'output.weight' stands in its place"),
            std::string::npos);
  const auto with_arrays = [&](const char* first, const char* second) {
    return refusal(bytes, [&](ModelContainer& c) {
      for (const char* name : {first, second})
        c.tensors.push_back({.name = name, .shape = {1}, .values = std::vector<double>{1}});
    });
  };
  EXPECT_NE(with_arrays("preprocessing.b.pooled", "preprocessing.a.pooled").find("is not in its order"),
            std::string::npos);
  EXPECT_NE(with_arrays("preprocessing.a.pooled", "preprocessing.b.pooled").find("belongs to nothing"),
            std::string::npos);
}

TEST(ModelFile, OfWeightsThatOverflowRefusesToPredict) {
  for (const char* target : {"rent", "dear", "district"}) {
    ModelContainer container = unpack(trained(target, "float32"), "m.ffwd");
    for (Tensor& tensor : container.tensors) {
      auto& values = std::get<std::vector<float>>(tensor.values);
      for (std::size_t k = 0; k < values.size(); ++k) values[k] = k % 2 == 0 ? 3e38F : -3e38F;
    }
    const Model model = Model::from_bytes(pack(std::move(container)), "m.ffwd");
    try {
      static_cast<void>(model.predict(flats(10, 3)));
      ADD_FAILURE() << target << " was predicted";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kModel);
      EXPECT_NE(error.fault().what.find("the model's output for data row 1 is beyond its range"), std::string::npos);
      EXPECT_EQ(error.fault().where, "flats.csv");
    }
  }
}

}  // namespace
}  // namespace ffwd
