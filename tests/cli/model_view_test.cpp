#include "cli/model_view.h"

#include <gtest/gtest.h>

#include "cli/fake_console.h"
#include "cli/made_fit.h"

namespace ffwd {
namespace {

TEST(ModelView, JsonIsTheDescriptionAndTheParameters) {
  const Model model = *made_fit("y").model;
  Json json = model_json(model);
  EXPECT_EQ(json.at("parameters"), model.network().n_parameters());
  json.erase("parameters");
  for (std::size_t k = 0; k < model.network().layers.size(); ++k) {
    Json& layer = json["network"]["layers"][k];
    EXPECT_EQ(layer.at("parameters"), model.network().n_parameters(model.network().layers[k]));
    EXPECT_EQ(layer.at("nonzero"), model.nonzero_parameters()[k]);
    layer.erase("parameters");
    layer.erase("nonzero");
  }
  EXPECT_EQ(dump_json(json), model.description());
}

TEST(ModelView, ShowsTargetFeaturesNetworkTrainingAndMetrics) {
  FakeConsole fake;
  print_model(fake.console, *made_fit("grade").model);
  const std::string shown = fake.out.str();
  for (const char* expected : {"Model  binary of 'grade', float32", "classes high and low", "Features  3 columns\n",
                               "  city    text    one_hot\n", "Network  ", "optimizer adamw", "epochs 5",
                               "train (140 rows)", "valid (20 rows)", "test (40 rows)", "accuracy"}) {
    EXPECT_NE(shown.find(expected), std::string::npos) << expected << "\n" << shown;
  }
}

}  // namespace
}  // namespace ffwd
