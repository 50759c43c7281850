#include <gtest/gtest.h>

#include "cli/train_request.h"

namespace ffwd {
namespace {

Command declared(TrainRequest& request) {
  Command command;
  request.declare(command);
  return command;
}

const CommandOption& find(const Command& command, const std::string& name) {
  for (const CommandOption& option : command.options()) {
    if (option.long_name() == name) return option;
  }
  ADD_FAILURE() << name << " is not declared";
  return command.options().front();
}

TEST(TrainDeclaration, EveryOptionIsExplainedUnderItsHeading) {
  TrainRequest request;
  const Command command = declared(request);
  for (const CommandOption& option : command.options()) EXPECT_FALSE(option.summary.empty()) << option.names;
  EXPECT_EQ(find(command, "--target").group, "Rows and columns");
  EXPECT_EQ(find(command, "--hidden").group, "Network");
  EXPECT_EQ(find(command, "--config").group, "Training");
  EXPECT_EQ(find(command, "--output").group, "Results");
}

TEST(TrainDeclaration, OptionsThatAreListsOfNamesMayBeGivenSeveralTimes) {
  TrainRequest request;
  const Command command = declared(request);
  for (const char* name : {"--target", "--drop", "--categorical", "--missing"}) {
    EXPECT_TRUE(find(command, name).repeatable) << name;
  }
  EXPECT_FALSE(find(command, "--hidden").repeatable);
}

TEST(TrainDeclaration, WhatIsGivenArrivesInTheRequest) {
  TrainRequest request;
  const Command command = declared(request);
  find(command, "--drop").set("--drop", "a");
  find(command, "--drop").set("--drop", "b,c");
  find(command, "--hidden").set("--hidden", "8,4");
  find(command, "--batch-size").set("--batch-size", "full");
  find(command, "--drop-missing-target").set("--drop-missing-target", "");
  EXPECT_EQ(request.drop, (std::vector<std::string>{"a", "b,c"}));
  EXPECT_EQ(request.fit.hidden, "8,4");
  EXPECT_EQ(request.fit.train.batch_size, kAllRows);
  EXPECT_TRUE(request.fit.drop_missing_target);
}

}  // namespace
}  // namespace ffwd
