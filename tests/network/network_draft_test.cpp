#include "network/network_draft.h"

#include <gtest/gtest.h>

#include "network/network_json.h"

namespace ffwd {
namespace {

constexpr std::size_t kThree[] = {3};

NetworkDraft draft_of(const char* text) {
  return draft_from_json(parse_json(text, ErrorKind::kUsage, "net.json"), "net.json");
}

std::string refusal(const NetworkDraft& draft, std::span<const std::size_t> inputs = kThree, std::size_t outputs = 1) {
  try {
    (void)complete(draft, inputs, outputs);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    return error.what();
  }
  return "";
}

TEST(NetworkDraft, TakesOpenSizesFromTheTargetAndTheSources) {
  const NetworkSpec spec = complete(draft_of(R"({"layers": [
      {"name": "a", "size": 4, "unit": "relu"},
      {"name": "n", "type": "layer_norm"},
      {"name": "both", "type": "concat", "from": ["n", "x"]},
      {"name": "s", "type": "multiply", "from": ["both", "both"]},
      {"name": "y"}]})"),
                                    kThree, 2);
  EXPECT_EQ(spec.size_of("n"), 4u);
  EXPECT_EQ(spec.size_of("both"), 7u);
  EXPECT_EQ(spec.size_of("s"), 7u);
  EXPECT_EQ(spec.size_of("y"), 2u);
  EXPECT_EQ(spec.outputs, std::vector<std::string>{"y"});
}

TEST(NetworkDraft, PutsLayersInOrderWhateverTheOrderInWhichTheyAreWritten) {
  const NetworkSpec spec = complete(draft_of(R"({"outputs": ["y"], "layers": [
      {"name": "y", "from": ["b"]},
      {"name": "b", "type": "activation", "unit": "tanh", "from": ["a"]},
      {"name": "a", "from": ["x"], "size": 2}]})"),
                                    kThree, 1);
  EXPECT_EQ(spec.layers[0].name, "a");
  EXPECT_EQ(spec.layers[1].name, "b");
  EXPECT_EQ(spec.layers[1].size, 2u);
  EXPECT_EQ(spec.layers[2].name, "y");
}

TEST(NetworkDraft, OfAGraphOfUnitsHasAsManyOutputsAsItPutsOut) {
  const NetworkSpec spec = complete(draft_of(R"({"layers": [{"name": "g", "type": "units",
      "units": [["h", "tanh"], ["y", "identity"]],
      "edges": [["x.0", "h"], ["x.2", "h"], ["h", "y"], ["x.1", "y"]], "outputs": ["y", "h"]}]})"),
                                    kThree, 2);
  EXPECT_EQ(spec.layers[0].size, 2u);
}

TEST(NetworkDraft, RefusesCyclesAndNamesALayerOfThem) {
  EXPECT_EQ(refusal(draft_of(R"({"layers": [
      {"name": "a", "from": ["x", "b"], "size": 2}, {"name": "b", "from": ["a"], "size": 2}, {"name": "y"}]})")),
            "network: layer 'a' reads itself, through the layers it reads\n"
            "  take one of the cycle's connections out: a feed-forward network has no cycle");
  EXPECT_NE(refusal(draft_of(R"({"layers": [{"name": "a", "from": ["a"], "size": 2}, {"name": "y"}]})"))
                .find("layer 'a' reads itself"),
            std::string::npos);
  EXPECT_EQ(refusal(draft_of(R"({"layers": [{"name": "x", "size": 2}, {"name": "y"}]})")),
            "network: the name 'x' is used twice\n  give every input and every layer one of its own");
  EXPECT_EQ(refusal(draft_of(R"({"layers": [{"name": "a", "size": 2}, {"name": "out"}], "outputs": ["uot"]})")),
            "network: unknown output 'uot'; did you mean 'out'?");
}

TEST(NetworkDraft, RefusesWhatDoesNotFollow) {
  EXPECT_EQ(refusal(draft_of(R"({"layers": [{"name": "a"}, {"name": "y"}]})")),
            "network: layer 'a' has no size\n  give it one: \"size\": 64");
  EXPECT_EQ(refusal(draft_of(R"({"layers": [{"name": "a", "type": "dropout", "from": ["z"]}, {"name": "y"}]})")),
            "network: layer 'a': unknown source 'z'; known: x");
  EXPECT_EQ(refusal(draft_of(R"({"layers": [{"name": "a", "type": "dens"}, {"name": "y"}]})")),
            "network: layer 'a': unknown layer type 'dens'; did you mean 'dense'?");
  EXPECT_EQ(refusal(draft_of(R"({"layers": [{"name": "y", "size": 3}]})")),
            "network: the network has 3 outputs but the target needs 1\n"
            "  leave the size of the last layer, 'y', open");
  EXPECT_NE(refusal(draft_of(R"({"layers": []})")).find("there is no layer"), std::string::npos);
}

TEST(NetworkDraft, OfThousandsOfLayersIsRefusedBeforeTheyAreOrdered) {
  NetworkDraft draft{.inputs = {{.name = "x"}}, .layers = {}, .outputs = {"l0"}};
  for (std::size_t k = 0; k < 300'000; ++k) {
    draft.layers.push_back({.name = "l" + std::to_string(k), .type = "dense", .from = {"l" + std::to_string(k + 1)}});
  }
  EXPECT_NE(refusal(draft).find("more than 1000 layers"), std::string::npos);
}

TEST(NetworkDraft, OfSeveralInputsGivesEachItsSize) {
  constexpr std::size_t kSizes[] = {3, 5};
  const NetworkSpec spec = complete(draft_of(R"({"inputs": [{"name": "wide"}, {"name": "deep", "columns": ["a"]}],
      "layers": [{"name": "h", "from": ["deep"], "size": 4}, {"name": "y", "from": ["wide", "h"]}]})"),
                                    kSizes, 1);
  EXPECT_EQ(spec.size_of("wide"), 3u);
  EXPECT_EQ(spec.n_parameters(), 5u * 4 + 4 + 7 + 1);
}

TEST(NetworkDraft, OfEqualTextsGivesEqualSpecs) {
  const char* const text = R"({"layers": [{"name": "a", "size": 4}, {"name": "y"}]})";
  EXPECT_EQ(complete(draft_of(text), kThree, 1), complete(draft_of(text), kThree, 1));
}

}  // namespace
}  // namespace ffwd
