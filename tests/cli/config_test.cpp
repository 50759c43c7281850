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
  EXPECT_EQ(made.fit.hidden, "8,4");
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
  EXPECT_EQ(refused(R"({"epochs": "ten"})").where, file + ": 'epochs'");
  EXPECT_EQ(refused(R"({"epochs": "ten"})").what, "'ten' is not a whole number in its range");
  EXPECT_EQ(refused(R"({"epochs": {}})").where, file + ": 'epochs'");
  EXPECT_EQ(refused(R"({"epochs": {}})").what, "must be a text, a number or a list of them");
  EXPECT_EQ(refused(R"({"quiet": 1})").where, file + ": 'quiet'");
  EXPECT_EQ(refused(R"({"quiet": 1})").what, "must be true or false");
  EXPECT_EQ(refused(R"({"config": "d.json"})").kind, ErrorKind::kUsage);
}

TEST_F(Config, AnOptionIsGivenOnceInEitherSpelling) {
  const Fault fault = refused(R"({"batch-size": 8, "batch_size": 16})");
  EXPECT_EQ(fault.kind, ErrorKind::kUsage);
  EXPECT_EQ(fault.where, folder_.file("c.json") + ": 'batch_size'");
  EXPECT_EQ(fault.what, "is given twice, once with hyphens and once with underscores");
}

TEST_F(Config, AnEmptyListIsNoValue) {
  const Fault fault = refused(R"({"hidden": []})");
  EXPECT_EQ(fault.where, folder_.file("c.json") + ": 'hidden'");
  EXPECT_EQ(fault.what, "is an empty list");
  EXPECT_TRUE(fault.fix.ends_with("none for a linear model")) << fault.fix;
  EXPECT_EQ(refused(R"({"missing": []})").what, "is an empty list");
}

TEST_F(Config, WhatIsNoObjectOfOptionsIsShownHowToBeOne) {
  for (const char* text : {"[1]", "{", "", "epochs: 50", R"({"epochs": 1, "epochs": 2})"}) {
    const Fault fault = refused(text);
    EXPECT_EQ(fault.kind, ErrorKind::kUsage);
    EXPECT_EQ(fault.where, folder_.file("c.json"));
    EXPECT_EQ(fault.fix, R"(write options as in {"epochs": 50, "hidden": [64, 64]})");
  }
  EXPECT_EQ(refused("[1]").what, "must be a JSON object");
}

TEST_F(Config, AFileThatIsNotThereIsAMistakeOfUse) {
  EXPECT_EQ(run_binary({"train", "d.csv", "--config", folder_.path()}).exit, 2) << "a folder";
  const Finished done = run_binary({"train", "d.csv", "--config", folder_.file("none.json")});
  EXPECT_EQ(done.exit, 2);
  EXPECT_NE(done.err.find("none.json' cannot be read"), std::string::npos) << done.err;
}

}  // namespace
}  // namespace ffwd
