// Damaged model files, made by the seed: each is refused as a model file with a message, or accepted and means what it
// says: predictions are those of the sound model where nothing that they depend on was changed, else numbers, and the
// same ones after saving and loading again.
//
//     FFWD_MUTATIONS=200000 FFWD_MUTATION_SEED=7 build/asan/tests/model_test --gtest_filter='Mutations.*'
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <exception>
#include <set>

#include "cli/fake_console.h"
#include "cli/model_view.h"
#include "core/philox.h"
#include "ffwd/compress.h"
#include "ffwd/error.h"
#include "ffwd/model.h"
#include "model/model_mutations.h"

namespace ffwd {
namespace {

constexpr std::size_t kRows = 400;

/// Columns of every type and encoder, two of them with so many rare texts that their fingerprints are tensors.
std::string made_up_csv(std::size_t rows) {
  Dice dice(1);
  const char* cities[] = {"Rome", "Oslo", "Bonn", "Größe"};
  std::string csv = "size,rooms,city,street,new,sold,seen,bonus,price,dear,band,old\n";
  for (std::size_t r = 0; r < rows; ++r) {
    const std::size_t size = 20 + dice.below(100), city = dice.below(4);
    const double price = 1.5 * static_cast<double>(size) + 40 * static_cast<double>(city);
    const std::string day = std::to_string(2010 + dice.below(14)) + "-0" + std::to_string(1 + dice.below(9)) + "-15";
    csv += dice.one_in(10) ? "," : std::to_string(size) + ".5,";
    csv += std::to_string(dice.below(9)) + ",";
    csv += dice.one_in(4) ? "rare " + std::to_string(r) + "," : dice.one_in(9) ? "," : std::string(cities[city]) + ",";
    csv += dice.one_in(4) ? "lane " + std::to_string(r) + "," : "Main Street,";
    csv += dice.one_in(2) ? "true," : "false,";
    csv += day + "," + day + " 1" + std::to_string(dice.below(10)) + ":30,";
    csv += dice.one_in(3) ? "10," : ",";
    csv += std::to_string(price) + (price > 160 ? ",yes," : ",no,");
    csv += price < 120 ? "low," : price < 200 ? "mid," : "high,";
    csv += dice.one_in(2) ? "True\n" : "False\n";
  }
  return csv;
}

struct Sound {
  std::string name;
  std::string bytes;
  std::string answers;
};

/// Predictions for some rows, read as the model wants them, to the bit; or why it cannot.
std::string answers_of(const Model& model, const std::string& rows) {
  try {
    const Prediction prediction = model.predict(read_csv(rows, "rows.csv", model.read_options()), 1);
    const auto values = prediction.values.values();
    EXPECT_TRUE(std::ranges::all_of(values, [](double v) { return std::isfinite(v); }));
    return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};
  } catch (const Error& error) {
    EXPECT_TRUE(error.kind() == ErrorKind::kModel || error.kind() == ErrorKind::kData) << error.what();
    return std::string("refused: ") + error.what();
  }
}

struct Wanted {
  std::vector<std::string> names;
  std::string likelihood = "auto";
  std::size_t ensemble = 1;
  bool compressed = false;
};

Sound trained(const Table& table, const Wanted& target, const std::string& precision, const std::string& rows) {
  const std::vector<std::string>& targets = target.names;
  FitOptions options;
  options.targets = targets;
  options.likelihood = target.likelihood;
  options.ensemble = target.ensemble;
  if (target.likelihood == "bernoulli") options.task = "classification";
  options.precision = precision;
  options.train.epochs = 2;
  options.hidden = target.compressed ? "40,30" : "6,6";
  for (const char* other : {"price", "dear", "band", "old"})
    if (std::ranges::find(targets, other) == targets.end()) options.drop.emplace_back(other);
  if (targets[0] == "band")  // every encoding that is not the usual one
    options.encode = {
        {"size", "quantile"}, {"rooms", "piecewise_linear"}, {"city", "one_hot_missing"}, {"new", "none"}};
  if (targets[0] == "old")
    options.encode = {
        {"size", "robust"}, {"rooms", "robust_smooth_clip"}, {"street", "ordinal"}, {"city", "one_hot_zeros"}};
  if (targets[0] == "dear") options.embed = {{"city", 3}, {"street", 2}};
  options.bound = targets[0] != "price";
  if (targets[0] == "dear") options.missing = {"", "none"};
  Model model = *fit(table, nullptr, nullptr, options).model;
  if (target.compressed) model = *compress(model, table, nullptr, nullptr, {.epochs = 2}).model;
  return {targets.back() + " " + target.likelihood + " " + precision, model.to_bytes(), answers_of(model, rows)};
}

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

class Mutations : public testing::Test {
 protected:
  void SetUp() override {
    const Table table = read_csv(made_up_csv(kRows), "made.csv");
    const std::vector<Wanted> targets = {{{"price"}},
                                         {{"dear"}},
                                         {{"band"}},
                                         {{"old"}},
                                         {{"price", "size"}},
                                         {{"price"}, "gaussian"},
                                         {{"band"}, "auto", 3},
                                         {{"price"}, "laplace", 2},
                                         {{"rooms"}, "poisson"},
                                         {{"price", "size"}, "quantile"},
                                         {{"new", "old"}, "bernoulli"},
                                         {{"price"}, "auto", 1, true},
                                         {{"band"}, "auto", 2, true}};
    for (const auto& of : targets)
      for (const char* precision : {"float32", "float64"}) sound_.push_back(trained(table, of, precision, rows_));
  }

  void check(const Mutation& mutation, const Sound& sound) {
    try {
      const Model model = Model::from_bytes(mutation.bytes, "m.ffwd");
      ++n_accepted_;
      const std::string saved = model.to_bytes(), answers = answers_of(model, rows_);
      const Model again = Model::from_bytes(saved, "m.ffwd");
      EXPECT_EQ(again.to_bytes(), saved);
      EXPECT_TRUE(answers_of(again, rows_) == answers);
      EXPECT_TRUE(!mutation.must_be_equal || answers == sound.answers);
      FakeConsole console;
      print_model(console.console, model);
      EXPECT_NE(console.out.str().find("Metrics"), std::string::npos);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kModel) << error.what();
      EXPECT_TRUE(error.fault().where.starts_with("m.ffwd")) << error.what();
      EXPECT_FALSE(error.fault().what.empty());
      EXPECT_LT(std::string_view(error.what()).size(), 1000U) << error.what();
      // Without the values it quotes: how many kinds of faults there are.
      refusals_.insert(error.fault().what.substr(0, error.fault().what.find_first_of("0123456789")));
    } catch (const std::exception& other) {
      ADD_FAILURE() << "another exception: " << other.what();
    }
  }

  const std::string rows_ = made_up_csv(12);
  std::vector<Sound> sound_;
  std::size_t n_accepted_ = 0;
  std::set<std::string> refusals_;
};

TEST_F(Mutations, OfModelFilesAreRefusedOrMeanWhatTheySay) {
  const std::uint64_t n = number_from("FFWD_MUTATIONS", 1000), seed = number_from("FFWD_MUTATION_SEED", 1);
  for (std::uint64_t k = 0; k < n && !HasFailure(); ++k) {
    Dice dice(seed * 1'000'000'007 + k);
    const Sound& sound = sound_[k % sound_.size()];
    const Mutation mutation = mutated(sound.bytes, dice);
    SCOPED_TRACE("seed " + std::to_string(seed) + ", case " + std::to_string(k) + ": " + sound.name + ", " +
                 mutation.how);
    check(mutation, sound);
  }
  // That they reach the deeper checks, and that not all is refused.
  if (HasFailure()) return;
  EXPECT_GT(refusals_.size(), std::min<std::uint64_t>(n / 20, 100));
  EXPECT_GT(n_accepted_, n / 20);
  RecordProperty("accepted", static_cast<int>(n_accepted_));
  RecordProperty("refusals", static_cast<int>(refusals_.size()));
}

TEST_F(Mutations, ThatOnlyChangeTheLayoutAreAccepted) {
  for (const Sound& sound : sound_) {
    Dice dice(1);
    for (int k = 0; k < 9; ++k) {
      const Model model = Model::from_bytes(mutations::of_layout(sound.bytes, dice).bytes, "m.ffwd");
      EXPECT_TRUE(answers_of(model, rows_) == sound.answers);
      EXPECT_TRUE(model.to_bytes() == sound.bytes);
    }
  }
}

}  // namespace
}  // namespace ffwd
