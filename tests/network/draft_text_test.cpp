#include <gtest/gtest.h>

#include "ffwd/error.h"
#include "network/layer.h"
#include "network/network_draft.h"

namespace ffwd {
namespace {

const std::vector<std::string> kRelu = {"relu"};

std::vector<LayerSpec> layers_of(std::string_view text, const std::vector<std::string>& activation = kRelu,
                                 double dropout = 0) {
  return draft_from_text(text, activation, dropout).layers;
}

std::string refusal(std::string_view text, const std::vector<std::string>& activation = kRelu) {
  try {
    (void)draft_from_text(text, activation, 0);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    return error.what();
  }
  return "";
}

TEST(DraftText, SizesAloneAreThePlainDenseNetwork) {
  constexpr std::size_t kInputs[] = {8};
  for (const char* text : {"64,3", "64, 3", " 64 ,3 "}) {
    EXPECT_EQ(complete(draft_from_text(text, kRelu, 0), kInputs, 2), dense_network(8, {64, 3}, {"relu"}, 2)) << text;
  }
  EXPECT_EQ(complete(draft_from_text("none", kRelu, 0), kInputs, 2), dense_network(8, {}, {"relu"}, 2));
  EXPECT_EQ(hidden_layers("64,3").n, 2u);
  EXPECT_EQ(hidden_layers("none").n, 0u);
  const HiddenLayers mixed = hidden_layers("64 tanh, 3 dropout 0.1, 5 rbf, 2");
  EXPECT_EQ(mixed.n, 4u);
  EXPECT_EQ(mixed.without_unit, 2u) << "the second and the last: rbf takes none";
  EXPECT_EQ(mixed.without_dropout, 3u);
}

TEST(DraftText, AWordNamesTheUnitAndANumberBehindItItsParameter) {
  const auto layers = layers_of("64 tanh, 32, 8 elu 0.5, 4 prelu");
  EXPECT_EQ(layers[0].unit, "tanh");
  EXPECT_EQ(layers[1].unit, "relu");
  EXPECT_EQ(layers[2].unit, "elu");
  EXPECT_EQ(layers[2].options.at("alpha"), 0.5);
  EXPECT_EQ(layers[3].unit, "prelu");
  EXPECT_EQ(layers[4].name, "output");
  EXPECT_EQ(layers[4].unit, "identity");
}

TEST(DraftText, LayersOfFreeSizeTakeThePlaceOfTheDenseOne) {
  const auto layers = layers_of("32 maxout 3, 16 rbf");
  EXPECT_EQ(layers[0].type, "maxout");
  EXPECT_EQ(layers[0].unit, "identity");
  EXPECT_EQ(layers[0].options.at("pieces"), 3);
  EXPECT_EQ(layers[1].type, "rbf");
  EXPECT_EQ(layers[1].from, std::vector<std::string>{"hidden1"});
}

TEST(DraftText, OtherLayersComeBehindInTheOrderOfTheirWords) {
  const auto layers = layers_of("64 relu layer_norm dropout 0.1, 32 dropout");
  ASSERT_EQ(layers.size(), 6u);
  EXPECT_EQ(layers[1].name, "hidden1_layer_norm");
  EXPECT_EQ(layers[1].from, std::vector<std::string>{"hidden1"});
  EXPECT_EQ(layers[2].name, "hidden1_dropout");
  EXPECT_EQ(layers[2].from, std::vector<std::string>{"hidden1_layer_norm"});
  EXPECT_EQ(layers[2].options.at("rate"), 0.1);
  EXPECT_EQ(layers[3].from, std::vector<std::string>{"hidden1_dropout"});
  EXPECT_TRUE(layers[4].options.empty()) << "0.5, the usual rate";
}

TEST(DraftText, TheUnitComesWhereItsWordStands) {
  const auto layers = layers_of("64 batch_norm leaky_relu 0.2, 32 layer_norm dropout 0.1");
  ASSERT_EQ(layers.size(), 6u);
  EXPECT_EQ(layers[0].unit, "identity");
  EXPECT_TRUE(layers[0].options.empty());
  EXPECT_EQ(layers[1].unit, "leaky_relu");
  EXPECT_EQ(layers[1].options, (std::map<std::string, double>{{"slope", 0.2}}));
  EXPECT_EQ(layers[2].unit, "relu") << "that of --activation comes first";
  EXPECT_EQ(layers[4].unit, "identity");
}

TEST(DraftText, DropoutFollowsEachHiddenLayerThatNamesNone) {
  const auto layers = layers_of("64, 32 dropout 0", kRelu, 0.25);
  ASSERT_EQ(layers.size(), 5u);
  EXPECT_EQ(layers[1].options.at("rate"), 0.25);
  EXPECT_EQ(layers[3].options.at("rate"), 0);
}

TEST(DraftText, EveryWordOfTheTablesIsTaken) {
  for (const std::string& unit : layer_unit_names()) EXPECT_EQ(refusal("8 " + unit), "") << unit;
  for (const LayerRow* row : layers()) {
    EXPECT_EQ(refusal("8 " + std::string(row->name)).empty(), row->is_word || row->is_unit) << row->name;
  }
}

TEST(DraftText, RefusesWhatItCannotReadAndQuotesIt) {
  EXPECT_EQ(refusal("64, relu"),
            "--hidden: hidden layer 2 is 'relu', which does not begin with its size\n"
            "  give a size, then words: 64 tanh dropout 0.1");
  for (const char* text : {"", "64,", ",64", "0", "-3", "6.5", "1e3", "99999999999999999999", "x"}) {
    EXPECT_NE(refusal(text).find("does not begin with its size"), std::string::npos) << text;
  }
  EXPECT_EQ(refusal("64 rellu"), "--hidden: hidden1: unknown unit or layer 'rellu'; did you mean 'relu'?");
  EXPECT_NE(refusal("64 dense").find("unknown unit or layer 'dense'"), std::string::npos);
  EXPECT_EQ(refusal("64 relu 0.3"),
            "--hidden: hidden1: no number can stand where '0.3' does\n  give numbers to words that take one");
  EXPECT_EQ(refusal("64 relu tanh"),
            "--hidden: hidden1 has two units, 'relu' and 'tanh'\n  name one unit for each layer");
  EXPECT_EQ(refusal("64 maxout relu"),
            "--hidden: hidden1 is maxout, which has no unit beside it such as 'relu'\n  take one of the two words out");
  EXPECT_NE(refusal("64 relu maxout").find("hidden1 cannot be 'maxout' as well"), std::string::npos);
  EXPECT_NE(refusal("64 dropout 0.1 dropout").find("hidden1 cannot be 'dropout' as well"), std::string::npos);
  EXPECT_EQ(refusal("8,8,8", {"relu", "tanh"}),
            "--hidden: 2 activations for 3 hidden layers\n  give one for all, or one for each hidden layer");
}

}  // namespace
}  // namespace ffwd
