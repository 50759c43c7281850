#include <gtest/gtest.h>

#include "network/network_draft.h"

namespace ffwd {
namespace {

NetworkDraft draft_of(const char* text) {
  return draft_from_json(parse_json(text, ErrorKind::kUsage, "net.json"), "net.json");
}

std::string refusal(const char* text) {
  try {
    (void)draft_of(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    return error.what();
  }
  return "";
}

TEST(DraftJson, ALayerThatNamesNoSourceReadsTheOneBefore) {
  const NetworkDraft draft = draft_of(R"({"layers": [{"name": "a", "size": 4}, {"name": "b", "unit": "tanh"}]})");
  ASSERT_EQ(draft.inputs.size(), 1u);
  EXPECT_EQ(draft.inputs[0].name, "x");
  EXPECT_EQ(draft.layers[0].from, std::vector<std::string>{"x"});
  EXPECT_EQ(draft.layers[0].type, "dense");
  EXPECT_EQ(draft.layers[0].unit, "identity");
  EXPECT_EQ(draft.layers[1].from, std::vector<std::string>{"a"});
  EXPECT_EQ(draft.layers[1].size, 0u);
  EXPECT_TRUE(draft.outputs.empty());
}

TEST(DraftJson, TheFirstOneReadsAllInputs) {
  const NetworkDraft draft = draft_of(R"({"inputs": [{"name": "p"}, {"name": "q", "columns": ["u", "v"]}],
      "layers": [{"name": "y"}], "outputs": ["y"]})");
  EXPECT_EQ(draft.layers[0].from, (std::vector<std::string>{"p", "q"}));
  EXPECT_EQ(draft.inputs[1].columns, (std::vector<std::string>{"u", "v"}));
  EXPECT_EQ(draft.outputs, std::vector<std::string>{"y"});
}

TEST(DraftJson, OptionsStandBesideTheOtherKeys) {
  const NetworkDraft draft = draft_of(R"({"layers": [
      {"name": "a", "type": "maxout", "size": 4, "pieces": 3, "bias": false},
      {"name": "b", "type": "dense", "size": 4, "unit": "leaky_relu", "slope": 0.2},
      {"name": "c", "type": "dropout", "rate": 0.1}]})");
  EXPECT_EQ(draft.layers[0].options, (std::map<std::string, double>{{"bias", 0}, {"pieces", 3}}));
  EXPECT_EQ(draft.layers[1].options, (std::map<std::string, double>{{"slope", 0.2}}));
  EXPECT_EQ(draft.layers[2].options, (std::map<std::string, double>{{"rate", 0.1}}));
}

TEST(DraftJson, SaysWhichKeyIsWrongAndInWhichFile) {
  EXPECT_EQ(refusal(R"({"layers": [{"name": "a", "sizes": 4}]})"),
            "net.json: the network's 'layers[a].sizes' is not known; did you mean 'size'?\n"
            "  docs/network.md says what a network is made of");
  EXPECT_NE(
      refusal(R"({"layers": [{"name": "a", "zzz": 4}]})").find("is not known; there are name, type, from, size, "),
      std::string::npos);
  EXPECT_NE(refusal(R"({"layer": []})").find("'layer' is not known; did you mean 'layers'?"), std::string::npos);
  EXPECT_NE(refusal(R"({})").find("'layers' is missing"), std::string::npos);
  EXPECT_NE(refusal(R"([])").find("net.json: the network must be an object"), std::string::npos);
  EXPECT_NE(refusal(R"({"layers": [3]})").find("'layers[0]' must be an object"), std::string::npos);
  EXPECT_NE(refusal(R"({"layers": [{"size": 3}]})").find("'layers[0].name' is missing"), std::string::npos);
  EXPECT_NE(refusal(R"({"layers": [{"name": "a", "size": "3"}]})").find("'layers[a].size' must be a whole number"),
            std::string::npos);
  EXPECT_NE(refusal(R"({"layers": [{"name": "a", "from": "x"}]})").find("'layers[a].from' must be a list of texts"),
            std::string::npos);
  EXPECT_NE(refusal(R"({"layers": [{"name": "a", "bias": 1}]})").find("'layers[a].bias' must be true or false"),
            std::string::npos);
  EXPECT_NE(refusal(R"({"layers": [{"name": "a", "size": 0}]})")
                .find("'layers[a].size' must be a whole number of at least 1"),
            std::string::npos);
  EXPECT_NE(refusal(R"({"layers": [{"name": "a", "from": []}]})").find("'layers[a].from' must name a source"),
            std::string::npos);
  EXPECT_NE(refusal(R"({"layers": [{"name": "a"}], "outputs": []})").find("'outputs' must hold a name"),
            std::string::npos);
  EXPECT_NE(
      refusal(R"({"inputs": [{"name": "a", "columns": []}], "layers": []})").find("'inputs[a].columns' must hold"),
      std::string::npos);
  EXPECT_NE(refusal(R"({"inputs": [{"name": "a", "size": 1}], "layers": []})").find("'inputs[a].size' is not known"),
            std::string::npos);
}

TEST(DraftJson, AFirstLayerWithoutSourcesReadsAllInputsButCodes) {
  const NetworkDraft draft =
      draft_of(R"({"inputs": [{"name": "x"}, {"name": "c", "columns": ["c"]}, {"name": "z", "columns": ["z"]}],
      "layers": [{"name": "h", "size": 4}, {"name": "e", "type": "embedding", "from": ["c"], "size": 2}, {"name": "y"}]})");
  EXPECT_EQ(draft.layers[0].from, (std::vector<std::string>{"x", "z"}));
  EXPECT_EQ(draft.layers[2].from, std::vector<std::string>{"e"});
}

TEST(DraftJson, LeavesNamesOfTypesAndUnitsToTheCheckOfTheWhole) {
  EXPECT_EQ(refusal(R"({"layers": [{"name": "a", "type": "dropuot", "rate": 0.1}]})"), "");
  EXPECT_EQ(refusal(R"({"layers": [{"name": "a", "unit": "leaky", "slope": 0.1}]})"), "");
}

}  // namespace
}  // namespace ffwd
