// Properties of models of any network: random graphs of random layers, trained for an epoch on a table.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <optional>

#include "core/json.h"
#include "ffwd/model.h"
#include "network/network_json.h"
#include "support/random_network.h"

namespace ffwd {
namespace {

constexpr std::uint64_t kSeeds = 200, kSeedsOfATest = 25;
constexpr std::size_t kRows = 90;

std::string column_of(const std::string& input, std::size_t k) { return input + "_" + std::to_string(k); }

bool is_code(const InputSpec& input) { return input.name[0] == 'c'; }

/// Columns of numbers for each input of the network, or one of texts where they are codes, and a target for each
/// output.
Table table_for(const NetworkSpec& spec, RandomNetwork& random) {
  Table table;
  const auto add = [&](const std::string& name) {
    std::vector<double> values(kRows);
    for (double& value : values) value = random.number(-3, 3);
    table.add_numbers(name, values);
  };
  for (const InputSpec& input : spec.inputs) {
    if (is_code(input)) {
      std::vector<std::optional<std::string>> texts(kRows);
      for (auto& text : texts) text = std::string(1, static_cast<char>('a' + random.below(5)));
      table.add_text(column_of(input.name, 0), texts);
      continue;
    }
    for (std::size_t k = 0; k < input.size; ++k) add(column_of(input.name, k));
  }
  for (std::size_t k = 0; k < spec.n_outputs(); ++k) add("target" + std::to_string(k));
  return table;
}

Model trained(const NetworkSpec& spec, const Table& table, std::uint64_t seed) {
  Json json = network_json(spec);
  for (Json& layer : json["layers"]) layer.erase("categories");  // the table says it
  json["inputs"] = Json::array();
  for (const InputSpec& input : spec.inputs) {
    Json columns = Json::array();
    for (std::size_t k = 0; k < input.size; ++k) columns.push_back(column_of(input.name, k));
    json["inputs"].push_back({{"name", input.name}, {"columns", columns}});
  }
  FitOptions options;
  options.network = json.dump();
  for (std::size_t k = 0; k < spec.n_outputs(); ++k) options.targets.push_back("target" + std::to_string(k));
  options.precision = seed % 2 == 0 ? "float32" : "float64";
  options.train.epochs = 1;
  options.train.learning_rate = 1e-4;
  options.train.seed = seed;
  return *fit(table, nullptr, nullptr, options).model;
}

/// These rows of the table, in this order.
Table picked(const Table& table, const std::vector<std::size_t>& rows) {
  Table some;
  for (const Column& column : table.columns()) {
    if (column.type == ColumnType::kText) {
      std::vector<std::optional<std::string>> texts;
      for (const std::size_t row : rows) texts.emplace_back(column.cell(row));
      some.add_text(column.name, texts);
      continue;
    }
    std::vector<double> values;
    for (const std::size_t row : rows) values.push_back(column.numbers[row]);
    some.add_numbers(column.name, values);
  }
  return some;
}

bool same_rows(const Matrix& whole, const std::vector<std::size_t>& rows, const Matrix& some) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!std::ranges::equal(whole.row(rows[i]), some.row(i))) return false;
  }
  return true;
}

void check(std::uint64_t seed) {
  RandomNetwork random(seed);
  const NetworkSpec spec = random.make();
  SCOPED_TRACE("seed " + std::to_string(seed) + ": " + network_json(spec).dump());
  const Table table = table_for(spec, random);
  const Model model = trained(spec, table, seed);
  const Matrix predicted = model.predict(table, 1).values;

  const Model read = Model::from_bytes(model.to_bytes(), "m.ffwd");
  EXPECT_EQ(read.to_bytes(), model.to_bytes());
  EXPECT_TRUE(std::ranges::equal(read.predict(table, 1).values.values(), predicted.values())) << "saved and loaded";
  EXPECT_TRUE(std::ranges::equal(model.predict(table, 3).values.values(), predicted.values())) << "on three threads";

  std::vector<std::size_t> backwards(kRows);
  std::iota(backwards.begin(), backwards.end(), std::size_t{0});
  std::ranges::reverse(backwards);
  EXPECT_TRUE(same_rows(predicted, backwards, model.predict(picked(table, backwards)).values)) << "in another order";
  for (const std::vector<std::size_t>& few : {std::vector<std::size_t>{7}, {3, 80, 41}}) {
    EXPECT_TRUE(same_rows(predicted, few, model.predict(picked(table, few)).values))
        << few.size() << " rows by themselves";
  }
}

class RandomNetworks : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomNetworks, PredictTheSameBitsWhenLoadedAndForAnyOrderBatchAndThreads) {
  for (std::uint64_t seed = GetParam(); seed < GetParam() + kSeedsOfATest; ++seed) check(seed);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomNetworks, ::testing::Range<std::uint64_t>(0, kSeeds, kSeedsOfATest));

}  // namespace
}  // namespace ffwd
