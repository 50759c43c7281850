#include "cli/config.h"

#include "cli/run_binary.h"
#include "cli/train_request.h"
#include "support/fault_of.h"

namespace ffwd {
namespace {

class Config : public testing::Test {
 protected:
  /// The request that `json` and the words of the command line make.
  TrainRequest request(const std::string& json, std::vector<std::string> words = {}) {
    TrainRequest made;
    Command command;
    made.declare(command);
    words.insert(words.begin(), {"data.csv", "--config", folder_.with("c.json", json)});
    EXPECT_TRUE(parse(command, "train", words));
    return made;
  }
  Fault refused(const std::string& json) {
    return fault_of([&] { static_cast<void>(request(json)); });
  }
  TempFolder folder_;
};

TEST_F(Config, SetsOptionsByTheirNames) {
  const TrainRequest made = request(R"({"target": "y", "epochs": 7, "batch_size": "full", "learning-rate": 1e-3,
                                        "hidden": [8, 4], "drop": ["a,b", "c"], "quiet": true, "json": false})");
  EXPECT_EQ(made.target, std::vector<std::string>{"y"});
  EXPECT_EQ(made.fit.train.epochs, 7u);
  EXPECT_EQ(made.fit.train.batch_size, kAllRows);
  EXPECT_EQ(made.learning_rate, 1e-3);
  EXPECT_EQ(made.fit.hidden, (std::vector<std::size_t>{8, 4}));
  EXPECT_EQ(made.drop, (std::vector<std::string>{"a,b", "c"}));
  EXPECT_TRUE(made.quiet);
  EXPECT_FALSE(made.json);
}

TEST_F(Config, TheCommandLineGoesBefore) {
  const TrainRequest made = request(R"({"epochs": 7, "drop": ["a"]})", {"--epochs", "9", "--drop", "b"});
  EXPECT_EQ(made.fit.train.epochs, 9u);
  EXPECT_EQ(made.drop, std::vector<std::string>{"b"});
}

TEST_F(Config, WhatIsWrongInItIsNamed) {
  const std::string file = folder_.file("c.json");
  EXPECT_EQ(refused(R"({"epoch": 7})").what, "unknown option 'epoch'; did you mean 'epochs'?");
  EXPECT_EQ(refused(R"({"epoch": 7})").where, file);
  EXPECT_EQ(refused(R"({"epochs": "ten"})").where, "--epochs");
  EXPECT_EQ(refused(R"({"epochs": {}})").what, "'epochs' must be a text, a number or a list of them");
  EXPECT_EQ(refused(R"({"quiet": 1})").what, "'quiet' must be true or false");
  EXPECT_EQ(refused(R"({"config": "d.json"})").kind, ErrorKind::kUsage);
  EXPECT_EQ(refused(R"({"batch-size": 8, "batch_size": 16})").what,
            "--batch-size is given twice, once with hyphens and once with underscores");
  EXPECT_EQ(refused("[1]").what, "must be a JSON object");
  EXPECT_EQ(refused("{").kind, ErrorKind::kUsage);
}

TEST_F(Config, AFileThatIsNotThereIsAMistakeOfUse) {
  EXPECT_EQ(run_binary({"train", "d.csv", "--config", folder_.path()}).exit, 2) << "a folder";
  const Finished done = run_binary({"train", "d.csv", "--config", folder_.file("none.json")});
  EXPECT_EQ(done.exit, 2);
  EXPECT_NE(done.err.find("none.json' cannot be read"), std::string::npos) << done.err;
}

}  // namespace
}  // namespace ffwd
