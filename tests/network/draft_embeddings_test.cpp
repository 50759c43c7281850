#include <gtest/gtest.h>

#include "network/network_draft.h"

namespace ffwd {
namespace {

const std::vector<std::string> kRelu = {"relu"};
using Names = std::vector<std::string>;

NetworkDraft embedded(std::string_view hidden, const std::vector<EmbeddedColumn>& columns) {
  NetworkDraft draft = draft_from_text(hidden, kRelu, 0);
  embed(draft, columns);
  return draft;
}

TEST(DraftEmbeddings, StandBesideWhatTheFirstLayerReads) {
  const NetworkDraft draft = embedded("4,3", {{"shop", 5}, {"city"}});
  ASSERT_EQ(draft.inputs.size(), 3u);
  EXPECT_EQ(draft.inputs[0], (NetworkDraft::Input{.name = "x"}));
  EXPECT_EQ(draft.inputs[1], (NetworkDraft::Input{.name = "shop", .columns = {"shop"}}));
  ASSERT_EQ(draft.layers.size(), 5u);
  EXPECT_EQ(draft.layers[0], (LayerSpec{.name = "embedding1", .type = "embedding", .from = {"shop"}, .size = 5}));
  EXPECT_EQ(draft.layers[1], (LayerSpec{.name = "embedding2", .type = "embedding", .from = {"city"}, .size = 8}));
  EXPECT_EQ(draft.layers[2].from, (Names{"x", "embedding1", "embedding2"}));
  EXPECT_EQ(draft.layers[3].from, (Names{"hidden1"}));
}

TEST(DraftEmbeddings, AreReadByTheOutputOfALinearModel) {
  EXPECT_EQ(embedded("none", {{"shop"}}).layers.back().from, (Names{"x", "embedding1"}));
}

TEST(DraftEmbeddings, AreNoneWithoutColumns) { EXPECT_EQ(embedded("4,3", {}), draft_from_text("4,3", kRelu, 0)); }

TEST(DraftEmbeddings, KeepTheirNamesApart) {
  const NetworkDraft draft = embedded("4", {{"x"}, {"hidden1"}, {"x_"}, {"embedding1"}});
  Names names;
  for (const NetworkDraft::Input& input : draft.inputs) names.push_back(input.name);
  EXPECT_EQ(names, (Names{"x", "x_", "hidden1_", "x__", "embedding1_"}));
}

TEST(DraftEmbeddings, MakeAValidNetworkOnceTheirCategoriesAreKnown) {
  NetworkDraft draft = embedded("4 tanh dropout 0.1", {{"shop", 5}});
  draft.layers[0].options["categories"] = 7;
  constexpr std::size_t kSizes[] = {3, 1};
  const NetworkSpec spec = complete(draft, kSizes, 2);
  EXPECT_EQ(spec.n_parameters(), 7u * 5 + 4 * (3 + 5 + 1) + 2 * (4 + 1));
}

}  // namespace
}  // namespace ffwd
