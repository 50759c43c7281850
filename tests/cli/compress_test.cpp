#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>

#include "cli/made_csv.h"
#include "cli/run_binary.h"
#include "core/json.h"
#include "ffwd/model.h"

namespace ffwd {
namespace {

class Compress : public testing::Test {
 protected:
  void SetUp() override {
    const Finished done = run_binary({"train", data_, "--target", "y", "--drop", "grade", "--hidden", "64,64",
                                      "--epochs", "10", "--quiet", "-o", model_});
    ASSERT_EQ(done.exit, 0) << done.err;
  }
  Finished compress(const std::vector<std::string>& more) const { return run_binary(args(more)); }
  std::vector<std::string> args(const std::vector<std::string>& more) const {
    std::vector<std::string> all = {"compress", model_, data_, "-o", small_, "--epochs", "10"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }

  TempFolder folder_;
  std::string data_ = folder_.with("data.csv", made_csv(400));
  std::string model_ = folder_.file("m.ffwd"), small_ = folder_.file("small.ffwd");
};

TEST_F(Compress, APersonSeesWhatWentAndWhatToDoNext) {
  const Finished done = compress({});
  EXPECT_EQ(done.exit, 0);
  EXPECT_EQ(done.err, "");
  for (const std::string& expected :
       {"Read  " + data_ + ": 400 rows, 5 columns, separated by ','\n",
        std::string("Model  regression of 'y', 4,416 weights\n"),
        std::string("  280 rows to train on, 40 to validate on, 80 to test on, as when it was trained\n"),
        std::string("Compressed  10 epochs, "),
        std::string("  layer    units before  units  weights before  weights\n"), std::string("train before"),
        std::string("Size   "), std::string("Time   "), "Wrote  " + small_ + " (",
        "ffwd predict " + small_ + " NEW.csv"}) {
    EXPECT_NE(done.out.find(expected), std::string::npos) << expected << "\n" << done.out;
  }
  EXPECT_LT(read_text(small_).size(), read_text(model_).size());
  const Finished evaluated = run_binary({"evaluate", small_, data_});
  EXPECT_EQ(evaluated.exit, 0) << evaluated.err;
  const Finished inspected = run_binary({"inspect", small_});
  EXPECT_NE(inspected.out.find("nonzero"), std::string::npos) << inspected.out;
}

TEST_F(Compress, JsonIsOneObjectAndNothingElse) {
  const Finished done = compress({"--json", "--sparsity", "0.8"});
  EXPECT_EQ(done.exit, 0);
  EXPECT_EQ(std::count(done.out.begin(), done.out.end(), '\n'), 1);
  const Json json = parse_json(done.out, ErrorKind::kData, "stdout");
  EXPECT_NEAR(json["sparsity"].get<double>(), 0.8, 0.05);
  EXPECT_EQ(json["weights"]["before"], 4416);
  EXPECT_EQ(json["bytes"]["after"], read_text(small_).size());
  EXPECT_EQ(json["bytes"]["before"], read_text(model_).size());
  EXPECT_GT(json["seconds_for_a_row"]["alone"]["after"].get<double>(), 0);
  EXPECT_EQ(json["history"].size(), 10U);
  EXPECT_EQ(json["model"], small_);
}

TEST_F(Compress, QuietSaysNothing) {
  const Finished done = compress({"--quiet"});
  EXPECT_EQ(done.exit, 0);
  EXPECT_EQ(done.out + done.err, "");
  EXPECT_TRUE(std::filesystem::exists(small_));
}

TEST_F(Compress, TheModelIsCalledAfterTheOtherUnlessToldOtherwise) {
  const Finished done =
      run_binary({"compress", "m.ffwd", "data.csv", "--epochs", "2", "--quiet"}, {.folder = folder_.path()});
  EXPECT_EQ(done.exit, 0) << done.err;
  EXPECT_TRUE(std::filesystem::exists(folder_.file("m.small.ffwd")));
}

TEST_F(Compress, ThreadsDoNotChangeABitOfTheModel) {
  EXPECT_EQ(compress({"--threads", "1", "--quiet"}).exit, 0);
  const std::string one = read_text(small_);
  EXPECT_EQ(compress({"--threads", "4", "--quiet"}).exit, 0);
  EXPECT_EQ(read_text(small_), one);
}

TEST_F(Compress, OwnFilesForValidationAndTestAreUsedWhole) {
  const std::string other = folder_.with("other.csv", made_csv(60));
  const Finished done = compress({"--json", "--test", other, "--valid", other});
  ASSERT_EQ(done.exit, 0) << done.err;
  const Json rows = parse_json(done.out, ErrorKind::kData, "stdout")["rows"];
  EXPECT_EQ(rows["test"], 60);
  EXPECT_EQ(rows["valid"], 60);
  EXPECT_EQ(rows["train"], 280) << "what training kept to validate and test on stays out";
}

TEST_F(Compress, NothingThatIsReadIsWrittenOver) {
  const std::string before = read_text(model_);
  const auto refused = [&](const std::string& output) {
    const Finished done = run_binary({"compress", model_, data_, "-o", output, "--epochs", "2"});
    return done.exit == 2 && done.err.find("--output") != std::string::npos;
  };
  EXPECT_TRUE(refused(model_));
  EXPECT_TRUE(refused(data_));
  EXPECT_TRUE(refused(folder_.with("notes.txt", "notes of some length")));
  EXPECT_EQ(read_text(model_), before);
}

TEST_F(Compress, WhatCannotBeReadEndsWithItsExitCode) {
  EXPECT_EQ(run_binary({"compress", data_, data_, "-o", small_}).exit, 4);
  EXPECT_EQ(run_binary({"compress", model_, folder_.file("none.csv"), "-o", small_}).exit, 3);
  EXPECT_EQ(run_binary({"compress", model_, folder_.with("other.csv", "p,q\n1,2\n"), "-o", small_}).exit, 3);
  EXPECT_EQ(compress({"--sparsity", "2"}).exit, 2);
  EXPECT_EQ(compress({"--sparsity", "0.5", "--max-loss", "0.1"}).exit, 2);
  EXPECT_FALSE(std::filesystem::exists(small_));
}

TEST_F(Compress, InterruptedTooEarlySavesNothing) {
  std::vector<std::string> all = args({"--json"});
  all[6] = "1000000";
  Child child(all, {.err_terminal = true});
  ASSERT_TRUE(child.wait_for("epoch"));
  child.send(SIGINT);
  const Finished done = child.finish();
  EXPECT_EQ(done.exit, 130);
  EXPECT_NE(done.err.find("interrupted before the weights were gone; nothing is saved"), std::string::npos) << done.err;
  EXPECT_FALSE(std::filesystem::exists(small_));
}

}  // namespace
}  // namespace ffwd
