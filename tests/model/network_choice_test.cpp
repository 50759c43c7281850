#include "model/network_choice.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <optional>

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

/// Shops with an effect of their own on the target, beside a number.
Table shops(int n_shops, int rows_of_each) {
  Table table;
  std::vector<std::optional<std::string>> shop;
  std::vector<double> x, y;
  for (int i = 0; i < n_shops * rows_of_each; ++i) {
    const int k = i % n_shops;
    shop.emplace_back("shop" + std::to_string(k));
    x.push_back((i * 31 % 101) / 50.0 - 1);
    y.push_back((k * 67 % n_shops) * 20.0 / n_shops + x.back());
  }
  table.add_text("shop", shop);
  table.add_numbers("x", x);
  table.add_numbers("y", y);
  return table;
}

FitOptions embedding_shops(std::size_t size) {
  FitOptions options;
  options.targets = {"y"};
  options.embed = {{"shop", size}};
  return options;
}

TEST(Embeddings, LearnATargetThatDependsOnManyValues) {
  const Table table = shops(200, 20);
  FitOptions plain;
  plain.targets = {"y"};
  plain.train.epochs = 60;
  FitOptions options = embedding_shops(8);
  options.train.epochs = 60;
  const FitResult result = fit(table, nullptr, nullptr, options);
  EXPECT_GT(result.test.metrics["r2"], 0.98);
  EXPECT_LT(fit(table, nullptr, nullptr, plain).test.metrics["r2"], 0.7) << "64 values have a feature of their own";
  const NetworkSpec& network = result.model->network();
  EXPECT_EQ(network.inputs[1], (InputSpec{.name = "shop", .size = 1}));
  EXPECT_EQ(network.layers[0].options.at("categories"), 200);
  const Model read = Model::from_bytes(result.model->to_bytes(), "m.ffwd");
  EXPECT_EQ(read.to_bytes(), result.model->to_bytes());
  EXPECT_TRUE(std::ranges::equal(read.predict(table).values.values(), result.model->predict(table).values.values()));
}

TEST(Embeddings, AreTheSameForAnyNumberOfThreads) {
  FitOptions options = embedding_shops(3);
  options.train.epochs = 2;
  options.train.batch_size = kAllRows;
  options.train.threads = 1;
  const std::string one = fit(shops(50, 40), nullptr, nullptr, options).model->to_bytes();
  options.train.threads = 3;
  EXPECT_TRUE(fit(shops(50, 40), nullptr, nullptr, options).model->to_bytes() == one);
}

TEST(Embeddings, CanBeAllThatANetworkReads) {
  FitOptions options = embedding_shops(2);
  options.drop = {"x"};
  options.hidden = "none";
  options.train.epochs = 3;
  const NetworkSpec network = fit(shops(20, 20), nullptr, nullptr, options).model->network();
  ASSERT_EQ(network.inputs.size(), 1U);
  EXPECT_EQ(network.inputs[0].name, "shop");
  EXPECT_EQ(network.layers.back().from, std::vector<std::string>{"embedding1"});
}

constexpr const char* kEmbedding = R"({"inputs": [{"name": "c", "columns": ["shop"]}, {"name": "rest"}], "layers": [
  {"name": "e", "type": "embedding", "from": ["c"], "size": 2OPTION}, {"name": "out", "from": ["e", "rest"]}]})";

std::string with_option(const std::string& option) {
  std::string json = kEmbedding;
  return json.replace(json.find("OPTION"), 6, option);
}

std::string embedding_refusal(const FitOptions& given, const Table& table) {
  FitOptions options = given;
  options.train.epochs = 1;
  return refusal([&] { (void)fit(table, nullptr, nullptr, options); });
}

TEST(Embeddings, OfAWholeNetworkAreFilledInFromTheTable) {
  FitOptions options = with_network(with_option(""));
  options.train.epochs = 2;
  EXPECT_EQ(fit(shops(20, 20), nullptr, nullptr, options).model->network().layers[0].options.at("categories"), 20);
  EXPECT_EQ(embedding_refusal(with_network(with_option(R"(, "categories": 20)")), shops(20, 20)), "");
  EXPECT_EQ(embedding_refusal(with_network(with_option(R"(, "categories": 21)")), shops(20, 20)),
            "--network: layer 'e': categories is 21, but column 'shop' has 20\n"
            "  leave it out: it follows from the table");
}

TEST(Embeddings, AreOfOneColumnOfTextThatNothingElseEncodes) {
  const Table table = shops(20, 20);
  FitOptions options = embedding_shops(2);
  options.embed[0].column = "x";
  EXPECT_EQ(embedding_refusal(options, table),
            "--embed: layer 'embedding1': column 'x' is of type number, not text\n"
            "  --categorical 'x' makes categories of its values");
  options = embedding_shops(2);
  options.encode = {{"shop", "ordinal"}};
  EXPECT_EQ(embedding_refusal(options, table),
            "--embed: layer 'embedding1': column 'shop' has an encoding of its own, but an embedding reads codes\n"
            "  leave the column out of --encode");
  EXPECT_EQ(embedding_refusal(
                with_network(R"({"layers": [{"name": "e", "type": "embedding", "size": 2}, {"name": "o"}]})"), table),
            "--network: layer 'e': its input 'x' names no column; an embedding reads one\n"
            "  name a column of text: {\"name\": \"shop\", \"columns\": [\"shop\"]}");
  EXPECT_EQ(embedding_refusal(with_network(R"({"inputs": [{"name": "c", "columns": ["shop", "x"]}], "layers": [
                                {"name": "e", "type": "embedding", "size": 2}, {"name": "o"}]})"),
                              table),
            "--network: layer 'e': its input 'c' has 2 columns; an embedding reads one\n"
            "  give each column an input and an embedding of its own");
  EXPECT_EQ(embedding_refusal(with_network(R"({"inputs": [{"name": "c", "columns": ["shop"]}], "layers": [
                                {"name": "e", "type": "embedding", "size": 2}, {"name": "o", "from": ["e", "c"]}]})"),
                              table),
            "--network: the input 'c' holds codes for layer 'e', and layer 'o' would take them for numbers\n"
            "  let 'o' read 'e' instead");
}

TEST(Embeddings, OfAColumnThatIsLeftOutAreRefusedWithTheReason) {
  const Table table = shops(1, 60);
  EXPECT_EQ(embedding_refusal(embedding_shops(2), table),
            "--embed: column 'shop' is left out: it is constant ('shop0')\n"
            "  leave it out of --embed; ffwd inspect shows what is in the columns");
  EXPECT_NE(embedding_refusal(with_network(with_option("")), table)
                .find("input 'c' has no features left: column 'shop' is left out: it is constant"),
            std::string::npos);
}

}  // namespace
}  // namespace ffwd
