#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>

#include "core/json.h"
#include "ffwd/derivatives.h"
#include "ffwd/error.h"
#include "ffwd/model.h"
#include "model/flats.h"
#include "model/parts.h"
#include "train/trainer.h"

namespace ffwd {
namespace {

FitOptions options_of(const std::string& target, std::size_t members) {
  FitOptions options;
  options.targets = {target};
  options.drop = {target == "rent" ? "dear" : "rent"};
  options.hidden = "8";
  options.train.epochs = 6;
  options.ensemble = members;
  return options;
}

FitResult trained(const FitOptions& options, const TrainHooks& hooks = {}) {
  return fit(flats(200), nullptr, nullptr, options, hooks);
}

TEST(Ensemble, HasThePlainModelAsItsFirstMemberAndOthersOfOtherSeeds) {
  const Model plain = *trained(options_of("rent", 1)).model;
  const FitResult result = trained(options_of("rent", 3));
  const Model& model = *result.model;
  EXPECT_EQ(model.members(), 3u);
  const auto& alone = std::get<Engine<float>>(plain.parts().engine).members;
  const auto& members = std::get<Engine<float>>(model.parts().engine).members;
  ASSERT_EQ(members.size(), 3u);
  EXPECT_EQ(members[0], alone[0]);
  EXPECT_NE(members[1], alone[0]);
  EXPECT_NE(members[1], members[2]);
  EXPECT_EQ(seed_of_member(7, 1), 7u);
  EXPECT_NE(seed_of_member(7, 2), seed_of_start(7, 2)) << "no member is another one's start";
  ASSERT_EQ(result.members.size(), 3u);
  EXPECT_EQ(result.members[2].number, 3u);
  EXPECT_EQ(result.epochs, result.members[0].epochs);
  for (const FitResult::Member& member : result.members) EXPECT_TRUE(std::isfinite(member.valid_loss));
}

TEST(Ensemble, GivesTheSameBytesForAnyNumberOfThreads) {
  for (const std::size_t restarts : {1U, 2U}) {
    std::vector<std::string> files;
    for (const unsigned threads : {1U, 2U, 5U}) {
      FitOptions options = options_of("dear", 3);
      options.train.threads = threads;
      options.train.restarts = restarts;
      files.push_back(trained(options).model->to_bytes());
    }
    EXPECT_EQ(files[0], files[1]);
    EXPECT_EQ(files[0], files[2]);
  }
}

TEST(Ensemble, OfRestartsHoldsTheBestStartOfEachMember) {
  FitOptions options = options_of("rent", 2);
  options.train.restarts = 3;
  const FitResult both = trained(options);
  options.ensemble = 1;
  options.train.seed = seed_of_member(0, 2);
  options.valid_fraction = options.test_fraction = 0.0;  // the seed decides the split too: the same rows need none
  FitOptions whole = options;
  whole.train.seed = 0;
  whole.ensemble = 2;
  const FitResult pair = trained(whole), second = trained(options);
  EXPECT_EQ(pair.members[1].start, second.start);
  EXPECT_EQ(std::get<Engine<float>>(pair.model->parts().engine).members[1],
            std::get<Engine<float>>(second.model->parts().engine).members[0]);
  EXPECT_EQ(both.members[1].starts, 3u);
}

TEST(Ensemble, ComesBackFromItsFile) {
  for (const char* target : {"rent", "dear"}) {
    const Model model = *trained(options_of(target, 3)).model;
    const std::string bytes = model.to_bytes();
    const Model again = Model::from_bytes(bytes, "m.ffwd");
    EXPECT_EQ(again.to_bytes(), bytes);
    const Table rows = flats(20, 5);
    const Matrix before = model.predict(rows).values, after = again.predict(rows).values;
    EXPECT_TRUE(std::ranges::equal(before.values(), after.values()));
    const Json description = Json::parse(again.description());
    EXPECT_EQ(description["members"], 3);
    EXPECT_EQ(description["training"]["members"].size(), 3u);
  }
  EXPECT_FALSE(Json::parse(trained(options_of("rent", 1)).model->description())["training"].contains("members"))
      << "a file of one member is as it was before there were ensembles";
}

TEST(Ensemble, AnswersWithTheMixtureOfItsMembers) {
  FitOptions options = options_of("rent", 2);
  options.likelihood = "gaussian";
  const Table rows = flats(30, 9);
  const Model both = *trained(options).model;
  const auto& members = std::get<Engine<float>>(both.parts().engine).members;
  std::vector<Matrix> each;
  for (const auto& member : members) {
    const Model::Parts& p = both.parts();
    NetworkSpec network = p.network;
    network.members = 1;
    Engine<float> engine(network, {member});
    auto parts = std::make_shared<Model::Parts>(Model::Parts{.version = p.version,
                                                             .missing = p.missing,
                                                             .pipeline = p.pipeline,
                                                             .targets = p.targets,
                                                             .network = std::move(network),
                                                             .loss = p.loss,
                                                             .training = p.training,
                                                             .engine = std::move(engine),
                                                             .features = p.features});
    each.push_back(Model(parts).predict(rows).values);
  }
  const Matrix mixed = both.predict(rows).values;
  for (std::size_t i = 0; i < 30; ++i) {
    const double mean = (each[0](i, 0) + each[1](i, 0)) / 2;
    double squares = 0;
    for (const Matrix& one : each) squares += one(i, 1) * one(i, 1) + one(i, 0) * one(i, 0);
    EXPECT_NEAR(mixed(i, 0), mean, 1e-9 * std::abs(mean));
    EXPECT_NEAR(mixed(i, 1), std::sqrt(squares / 2 - mean * mean), 1e-6 * mixed(i, 1));
  }
}

TEST(Ensemble, SensitivitiesAreThoseOfItsAnswersAndTheRestIsRefused) {
  FitOptions options = options_of("rent", 3);
  options.precision = "float64";
  options.hidden = "8 tanh";
  options.likelihood = "gaussian";
  const Model model = *trained(options).model;
  const auto moved = [](double by) {
    Table table = flats(12, 3);
    Table to;
    for (const Column& c : table.columns()) {
      Column copy = c;
      for (double& value : copy.numbers) value += c.name == "size" ? by : 0;
      to.add(std::move(copy));
    }
    return to;
  };
  const Sensitivities s = sensitivities(model, moved(0));
  ASSERT_EQ(s.columns.front(), "size");
  const Matrix up = model.predict(moved(1e-4)).values, down = model.predict(moved(-1e-4)).values;
  for (std::size_t i = 0; i < 12; ++i) {
    for (std::size_t a = 0; a < 2; ++a) {
      const double difference = (up(i, a) - down(i, a)) / 2e-4;
      EXPECT_NEAR(s.values(i, a * s.columns.size()), difference, 1e-5 * (1 + std::abs(difference)));
    }
  }
  EXPECT_THROW((void)network_jacobian(model, moved(0)), Error);
  EXPECT_THROW((void)check_derivatives(model, moved(0)), Error);
  try {
    (void)loss_gradient(model, moved(0));
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "the gradient of the loss: the model is an ensemble of 3 networks, and it is their answers that are "
                 "averaged, not this\n  ask for the derivatives --of answers, or train one network, without "
                 "--ensemble");
  }
}

// Squared errors are convex: the mean answer errs less than the members do on average.
TEST(Ensemble, IsWorthMoreThanItsMembersOnAverage) {
  const FitResult result = trained(options_of("rent", 5));
  double mean = 0;
  for (const FitResult::Member& member : result.members) mean += member.valid_loss / 5;
  const double sd = Json::parse(result.model->description())["targets"][0]["sd"];
  const double together = result.valid.metrics["rmse"] / sd;
  EXPECT_LT(together * together, mean);
}

TEST(Ensemble, LeavesOutMembersThatDivergeUnlessAllDo) {
  FitOptions options = options_of("rent", 6);
  options.train.optimizer = "sgd";
  options.train.schedule = "constant";
  options.train.epochs = 30;
  std::size_t left = 6;
  for (double rate = 0.05; left == 6 && rate < 100; rate *= 1.2) {
    options.train.learning_rate = rate;
    try {
      const FitResult result = trained(options);
      left = result.members.size();
      EXPECT_EQ(result.model->members(), left);
      const auto told = std::ranges::count_if(
          result.warnings, [](const std::string& w) { return w.find("is left out: training diverged") != w.npos; });
      EXPECT_EQ(static_cast<std::size_t>(told), 6 - left);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kDiverged);
      left = 0;
    }
  }
  EXPECT_LT(left, 6u);
  options.train.learning_rate = 1e6;
  EXPECT_THROW((void)trained(options), Error);
}

TEST(Ensemble, KeepsTheMembersThereIsTimeFor) {
  FitOptions options = options_of("rent", 4);
  options.train.threads = 1;
  options.train.time_limit = 1e-9;
  std::atomic<int> time{0};
  TrainHooks hooks;
  hooks.clock = [&] { return static_cast<double>(++time); };
  const FitResult result = trained(options, hooks);
  EXPECT_TRUE(result.timed_out);
  EXPECT_EQ(result.model->members(), 1u);
  EXPECT_NE(std::ranges::find(result.warnings,
                              "the time was up before member 2, member 3 and member 4 had finished an epoch: they are "
                              "left out"),
            result.warnings.end());
}

TEST(Ensemble, HooksAreToldWhichMemberAnEpochIsOf) {
  std::vector<std::size_t> epochs(5);
  TrainHooks hooks;
  hooks.on_epoch = [&](const EpochRecord& record) { ++epochs[record.member]; };
  static_cast<void>(trained(options_of("rent", 4), hooks));
  for (std::size_t m = 1; m <= 4; ++m) EXPECT_EQ(epochs[m], 6u);
}

}  // namespace
}  // namespace ffwd
