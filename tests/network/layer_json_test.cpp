#include "network/layer_json.h"

#include <gtest/gtest.h>

#include "core/rows.h"
#include "network/layer.h"

namespace ffwd {
namespace {

LayerSpec back(const LayerSpec& layer) {
  const Json json = layer_json(layer);
  return layer_from_json(JsonReader(json, "m.ffwd", "l"), LayerJson::kWhole);
}

std::string refusal(const Json& json, LayerJson form = LayerJson::kWhole) {
  try {
    (void)layer_from_json(JsonReader(json, "m.ffwd", "l"), form);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kModel);
    return error.fault().what;
  }
  return "";
}

TEST(LayerJson, OfEveryTypeWithEveryOptionComesBackAsItWas) {
  for (const LayerRow* row : layers()) {
    LayerSpec layer{.name = "l", .type = std::string(row->name), .from = {"x", "y"}, .size = 3};
    EXPECT_EQ(back(layer), layer) << row->name;
    for (const LayerOption& option : row->options) layer.options[std::string(option.name)] = option.low;
    layer.unit = row->name == "prelu" ? "identity" : "elu";
    if (layer.unit == "elu") layer.options["alpha"] = 0.25;
    EXPECT_EQ(back(layer), layer) << row->name;
  }
}

TEST(LayerJson, HoldsOptionsThatAreNotTheUsualOnesAlone) {
  LayerSpec layer{.name = "h", .type = "dense", .from = {"x"}, .size = 3, .unit = "relu"};
  EXPECT_EQ(layer_json(layer).dump(), R"({"name":"h","type":"dense","from":["x"],"size":3,"unit":"relu"})");
  layer.options["bias"] = 0;
  EXPECT_EQ(layer_json(layer)["bias"], Json(false));
}

TEST(LayerJson, HoldsAGraphOfUnitsAsLists) {
  const LayerSpec layer{.name = "g",
                        .type = "units",
                        .from = {"x"},
                        .size = 1,
                        .graph = {{{"h", "tanh"}, {"y", "identity"}}, {{"x.0", "h"}, {"h", "y"}}, {"y"}}};
  EXPECT_EQ(back(layer), layer);
  Json json = layer_json(layer);
  EXPECT_EQ(json["units"].dump(), R"([["h","tanh"],["y","identity"]])");
  json["edges"][0] = {"x.0"};
  EXPECT_EQ(refusal(json), "the model's 'l.edges' must be a list of pairs of names");
  json.erase("edges");
  EXPECT_EQ(refusal(json), "the model's 'l.edges' is missing");
}

TEST(LayerJson, InAModelSaysAllInADraftMayLeaveMuchOpen) {
  const Json json = {{"name", "h"}};
  EXPECT_EQ(refusal(json), "the model's 'l.type' is missing");
  EXPECT_EQ(refusal(json, LayerJson::kDraft), "");
  EXPECT_EQ(layer_from_json(JsonReader(json, "", ""), LayerJson::kDraft).type, "dense");
}

TEST(LayerJson, RefusesKeysOfOtherTypes) {
  Json json = layer_json({.name = "h", .type = "dense", .from = {"x"}, .size = 3});
  json["rate"] = 0.5;
  EXPECT_EQ(refusal(json), "the model's 'l.rate' is not known");
  json = layer_json({.name = "h", .type = "dense", .from = {"x"}, .size = 3});
  json["units"] = Json::array();
  EXPECT_NE(refusal(json), "");
}

}  // namespace
}  // namespace ffwd
