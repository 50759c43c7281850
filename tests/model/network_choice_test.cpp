#include "model/network_choice.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "ffwd/error.h"

namespace ffwd {
namespace {

FitOptions with_network(const std::string& json) {
  FitOptions options;
  options.targets = {"y"};
  options.network = json;
  return options;
}

std::string refusal(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    return error.what();
  }
  return "";
}

constexpr const char* kTwoInputs = R"({"inputs": [{"name": "a", "columns": ["c"]}, {"name": "rest"}],
  "layers": [{"name": "h", "size": 3, "unit": "tanh"}, {"name": "out"}]})";

TEST(NetworkChoice, IsTheShortFormUnlessAWholeNetworkIsGiven) {
  FitOptions options;
  EXPECT_EQ(network_draft(options).layers.size(), 3U);
  options.hidden = "none";
  EXPECT_EQ(network_draft(options).layers.size(), 1U);
  EXPECT_EQ(network_draft(with_network(kTwoInputs)).inputs.size(), 2U);
}

TEST(NetworkChoice, PutsTheColumnsOfTheFirstInputFirst) {
  const NetworkDraft draft = network_draft(with_network(kTwoInputs));
  const std::vector<std::string> features = {"a", "b", "c"};
  EXPECT_EQ(features_by_input(draft, features), (std::vector<std::string>{"c", "a", "b"}));
}

TEST(NetworkChoice, RefusesColumnsThatAreNoFeatures) {
  const std::vector<std::string> features = {"cc", "b"};
  const NetworkDraft draft = network_draft(with_network(kTwoInputs));
  EXPECT_NE(refusal([&] { (void)features_by_input(draft, features); }).find("unknown feature column 'c'"),
            std::string::npos);
  const NetworkDraft twice = network_draft(with_network(
      R"({"inputs": [{"name": "a", "columns": ["b"]}, {"name": "d", "columns": ["b"]}], "layers": [{"name": "o"}]})"));
  EXPECT_NE(refusal([&] { (void)features_by_input(twice, features); }).find("goes into the network twice"),
            std::string::npos);
}

TEST(NetworkChoice, FaultsHaveTheNameOfTheOption) {
  const std::vector<std::size_t> sizes = {3};
  FitOptions hidden;
  hidden.hidden = "4 dropout 1";
  EXPECT_EQ(refusal([&] { (void)chosen_network(hidden, network_draft(hidden), sizes, 1); }),
            "--hidden: layer 'hidden1_dropout': rate is 1\n  give a number from 0 to 0.99");
  const FitOptions graph = with_network(R"({"layers": [{"name": "h", "from": ["y"], "size": 2}, {"name": "y"}]})");
  EXPECT_EQ(refusal([&] { (void)chosen_network(graph, network_draft(graph), sizes, 1); }),
            "--network: layer 'h' reads itself, through the layers it reads\n"
            "  take one of the cycle's connections out: a feed-forward network has no cycle");
}

// The same columns in two inputs or in one: the network sees its own features.
TEST(NetworkChoice, TrainsOnSeveralInputsAndRemembersThem) {
  Table table;
  std::vector<double> a, b, c, y;
  for (int i = 0; i < 150; ++i) {
    a.push_back(i % 7);
    b.push_back(i % 11);
    c.push_back(i % 5);
    y.push_back(2.0 * (i % 7) - (i % 5));
  }
  table.add_numbers("a", a);
  table.add_numbers("b", b);
  table.add_numbers("c", c);
  table.add_numbers("y", y);
  FitOptions options = with_network(kTwoInputs);
  options.train.epochs = 300;
  const FitResult result = fit(table, nullptr, nullptr, options);
  ASSERT_EQ(result.model->network().inputs.size(), 2U);
  EXPECT_EQ(result.model->network().inputs[0].size, 1U);
  EXPECT_EQ(result.model->network().inputs[1].size, 2U);
  EXPECT_EQ(result.model->features()[0].name, "c");
  EXPECT_GT(result.test.metrics["r2"], 0.9);
  const Model read = Model::from_bytes(result.model->to_bytes(), "m.ffwd");
  EXPECT_EQ(read.network(), result.model->network());
  const Matrix before = result.model->predict(table).values, after = read.predict(table).values;
  EXPECT_TRUE(std::ranges::equal(before.values(), after.values()));
}

}  // namespace
}  // namespace ffwd
