#include "network/layer.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/rows.h"

namespace ffwd {
namespace {

TEST(Layers, HaveNamesOfTheirOwnInRisingOrder) {
  for (std::size_t k = 1; k < layers().size(); ++k) EXPECT_LT(layers()[k - 1]->name, layers()[k]->name);
  EXPECT_EQ(find_row(layers(), "no_such_layer"), nullptr);
}

TEST(Layers, SayWhatTheyAreAndWhatTheirOptionsMayBe) {
  for (const LayerRow* row : layers()) {
    SCOPED_TRACE(row->name);
    EXPECT_FALSE(row->summary.empty());
    EXPECT_EQ(find_unit(row->name), nullptr) << "a name that is a unit's too says nothing";
    EXPECT_EQ(row->lower_f32 == nullptr, row->lower_f64 == nullptr);
    for (const LayerOption& option : row->options) {
      SCOPED_TRACE(option.name);
      EXPECT_FALSE(option.summary.empty());
      EXPECT_LE(option.low, option.usual);
      EXPECT_LE(option.usual, option.high);
      for (const char* key : {"name", "type", "from", "size", "unit", "units", "edges", "outputs"}) {
        EXPECT_NE(option.name, key);
      }
      for (const UnitRow& unit : units()) EXPECT_NE(option.name, unit.parameter);
    }
  }
}

TEST(Layers, ThatAreUnitsCanBeNamedLikeThem) {
  const std::vector<std::string> names = layer_unit_names();
  for (const char* name : {"identity", "relu", "heaviside", "prelu", "softmax"}) {
    EXPECT_EQ(std::ranges::count(names, name), 1) << name;
  }
  EXPECT_EQ(std::ranges::count(names, "dense"), 0);
}

TEST(LayerOptions, AreTheLayersOwnOrTheUsualOnes) {
  const UnitRow& elu = *find_unit("elu");
  LayerSpec layer{.name = "h", .type = "dense", .unit = "elu"};
  EXPECT_EQ(option_of(layer, kBiasOption), 1);
  EXPECT_EQ(unit_parameter(layer, elu), 1);
  layer.options = {{"bias", 0}, {"alpha", 0.5}};
  EXPECT_EQ(option_of(layer, kBiasOption), 0);
  EXPECT_EQ(unit_parameter(layer, elu), 0.5);
}

TEST(LayerOptions, OfAUnitIsItsOneParameter) {
  ASSERT_TRUE(unit_option(*find_unit("leaky_relu")));
  EXPECT_EQ(unit_option(*find_unit("leaky_relu"))->name, "slope");
  EXPECT_EQ(unit_option(*find_unit("leaky_relu"))->usual, 0.01);
  EXPECT_FALSE(unit_option(*find_unit("relu")));
  EXPECT_EQ(unit_parameter({}, *find_unit("relu")), 0);
}

}  // namespace
}  // namespace ffwd
