#include "cli/train_request.h"

#include <gtest/gtest.h>

#include "cli/run_binary.h"
#include "core/names.h"
#include "core/rows.h"
#include "network/layer.h"
#include "optim/optimizer.h"
#include "optim/schedule.h"
#include "support/fault_of.h"
#include "table/parquet_store.h"

namespace ffwd {
namespace {

/// The request that a command line makes; a missing target and output are filled in.
TrainRequest request(std::vector<std::string> args) {
  static const TempFolder folder;
  args.insert(args.begin(), {folder.file("data.csv"), "--target", "y", "-o", folder.file("m.ffwd")});
  TrainRequest made;
  Command command;
  made.declare(command);
  EXPECT_TRUE(parse(command, "train", args));
  made.settle();
  return made;
}

Fault refused(const std::vector<std::string>& args) {
  return fault_of([&] { request(args); });
}

TEST(TrainRequest, WithoutOptionsTheDefaultsOfTheLibraryHold) {
  const FitOptions fit = request({}).fit;
  const FitOptions defaults;
  EXPECT_EQ(fit.task, defaults.task);
  EXPECT_EQ(fit.hidden, defaults.hidden);
  EXPECT_EQ(fit.activation, defaults.activation);
  EXPECT_EQ(fit.valid_fraction, defaults.valid_fraction);
  EXPECT_EQ(fit.missing, defaults.missing);
  EXPECT_EQ(fit.train.learning_rate, defaults.train.learning_rate);
  EXPECT_EQ(fit.train.patience, defaults.train.patience);
}

TEST(TrainRequest, EveryOptionArrives) {
  const TrainRequest made = request({"--task",
                                     "classification",
                                     "--valid-fraction",
                                     "0.25",
                                     "--test-fraction",
                                     "0",
                                     "--drop",
                                     "id,name",
                                     "--missing",
                                     "NA,-9",
                                     "--delimiter",
                                     ";",
                                     "--drop-missing-target",
                                     "--hidden",
                                     "32,16",
                                     "--activation",
                                     "tanh,relu",
                                     "--optimizer",
                                     "sgd",
                                     "--learning-rate",
                                     "0.5",
                                     "--momentum",
                                     "0.8",
                                     "--schedule",
                                     "constant",
                                     "--batch-size",
                                     "full",
                                     "--epochs",
                                     "7",
                                     "--patience",
                                     "3",
                                     "--l2",
                                     "1e-4",
                                     "--seed",
                                     "11",
                                     "--threads",
                                     "2",
                                     "--precision",
                                     "float64",
                                     "--json",
                                     "--quiet"});
  const FitOptions& fit = made.fit;
  EXPECT_EQ(fit.targets, std::vector<std::string>{"y"});
  EXPECT_EQ(fit.task, "classification");
  EXPECT_EQ(fit.valid_fraction, 0.25);
  EXPECT_EQ(fit.test_fraction, 0.0);
  EXPECT_EQ(made.drop, std::vector<std::string>{"id,name"});
  EXPECT_EQ(fit.missing, (std::vector<std::string>{"NA", "-9"}));
  EXPECT_EQ(made.read.missing, fit.missing);
  EXPECT_EQ(made.read.delimiter, ';');
  EXPECT_TRUE(fit.drop_missing_target);
  EXPECT_EQ(fit.hidden, "32,16");
  EXPECT_EQ(fit.activation, (std::vector<std::string>{"tanh", "relu"}));
  EXPECT_EQ(fit.train.optimizer, "sgd");
  EXPECT_EQ(fit.train.learning_rate, 0.5);
  EXPECT_EQ(fit.train.optimizer_options.momentum, 0.8);
  EXPECT_EQ(fit.train.schedule, "constant");
  EXPECT_EQ(fit.train.batch_size, kAllRows);
  EXPECT_EQ(fit.train.epochs, 7u);
  EXPECT_EQ(fit.train.patience, 3u);
  EXPECT_EQ(fit.train.l2, 1e-4);
  EXPECT_EQ(fit.train.seed, 11u);
  EXPECT_EQ(fit.train.threads, 2u);
  EXPECT_EQ(fit.precision, "float64");
  EXPECT_TRUE(made.json && made.quiet);
  EXPECT_EQ(request({"--warmup", "0.1"}).fit.train.warmup, 0.1);
  EXPECT_EQ(request({"--weight-decay", "0.5"}).fit.train.optimizer_options.weight_decay, 0.5);
  EXPECT_TRUE(request({"--amsgrad"}).fit.train.optimizer_options.amsgrad);
  EXPECT_EQ(request({"--schedule", "step", "--schedule-every", "9"}).fit.train.schedule_options.every, 9);
  EXPECT_EQ(request({"--l1", "0.5", "--l1-by", "subgradient"}).fit.train.l1_by, "subgradient");
  EXPECT_TRUE(request({"--l2", "0.5", "--l2-biases"}).fit.train.l2_biases);
  EXPECT_EQ(request({"--clip-norm", "2"}).fit.train.clip_norm, 2);
  EXPECT_EQ(request({"--average", "4"}).fit.train.average, 4);
  EXPECT_EQ(request({"--restarts", "5"}).fit.train.restarts, 5u);
  EXPECT_EQ(request({"--stop-on", "mae"}).fit.train.stop_on, "mae");
  const std::vector<RateFor> rates = request({"--rate-for", "hidden1.*=0.1,output.bias=0"}).fit.train.rate_for;
  ASSERT_EQ(rates.size(), 2u);
  EXPECT_EQ(rates[0].pattern, "hidden1.*");
  EXPECT_EQ(rates[0].factor, 0.1);
  EXPECT_EQ(rates[1].factor, 0);
  EXPECT_EQ(request({"--hidden", "none"}).fit.hidden, "none");
}

TEST(TrainRequest, EveryNameOfTheTablesIsTaken) {
  for (const std::string& name : layer_unit_names()) EXPECT_EQ(request({"--activation", name}).fit.activation[0], name);
  for (const std::string& name : row_names(optimizers()))
    EXPECT_EQ(request({"--optimizer", name}).fit.train.optimizer, name);
  for (const std::string& name : row_names(schedules()))
    EXPECT_EQ(request({"--schedule", name}).fit.train.schedule, name);
}

TEST(TrainRequest, AnUnknownNameIsRefusedWithTheNearestAndAllAllowed) {
  const Fault fault = refused({"--activation", "rellu"});
  EXPECT_EQ(fault.where, "--activation");
  EXPECT_EQ(fault.what, "'rellu' is none of its values; did you mean 'relu'?");
  EXPECT_EQ(fault.fix, "give " + join_names(layer_unit_names()));
  EXPECT_EQ(refused({"--optimizer", "adan"}).fix, "give " + join_names(row_names(optimizers())));
  EXPECT_EQ(refused({"--schedule", "cosin"}).what, "'cosin' is none of its values; did you mean 'cosine'?");
  EXPECT_EQ(refused({"--task", "multi"}).fix, "give auto, regression or classification");
  EXPECT_EQ(refused({"--precision", "float16"}).fix, "give auto, float32 or float64");
}

TEST(TrainRequest, WhatTheOptimizerDoesNotUseIsRefused) {
  const Fault momentum = refused({"--momentum", "0.9"});
  EXPECT_EQ(momentum.kind, ErrorKind::kUsage);
  EXPECT_EQ(momentum.what,
            "--momentum: adamw does not use it; use --optimizer rmsprop or sgd, or leave --momentum out");
  EXPECT_EQ(refused({"--optimizer", "adam", "--weight-decay", "0.1"}).what,
            "--weight-decay: adam does not use it; use --optimizer adamw, or leave --weight-decay out");
}

TEST(TrainRequest, OptionsThatCannotBeMeantTogetherAreRefused) {
  EXPECT_EQ(refused({"--valid", "v.csv", "--valid-fraction", "0.1"}).where, "--valid-fraction");
  EXPECT_EQ(refused({"--test", "t.csv", "--test-fraction", "0.1"}).where, "--test-fraction");
  EXPECT_EQ(refused({"--hidden", "none", "--activation", "relu"}).where, "--activation");
  EXPECT_EQ(refused({"--valid-fraction", "0", "--patience", "5"}).where, "--patience");
  EXPECT_EQ(refused({"--valid-fraction", "0", "--stop-on", "mae"}).where, "--stop-on");
  EXPECT_NE(refused({"--optimizer", "lbfgs", "--learning-rate", "0.1"}).what.find("--learning-rate: lbfgs"),
            std::string::npos);
  EXPECT_NE(refused({"--schedule", "one_cycle", "--warmup", "0.1"}).what.find("warms up by itself"), std::string::npos);
  EXPECT_EQ(request({"--valid-fraction", "0", "--patience", "0"}).fit.train.patience, 0u);
}

TEST(TrainRequest, NumbersOutOfTheirRangeAreRefusedWithTheRange) {
  for (const std::vector<std::string>& args :
       std::vector<std::vector<std::string>>{{"--epochs", "0"},
                                             {"--batch-size", "0"},
                                             {"--hidden", "64,0"},
                                             {"--learning-rate", "0"},
                                             {"--warmup", "1"},
                                             {"--warmup", "-0.1"},
                                             {"--l2", "-1"},
                                             {"--valid-fraction", "1"},
                                             {"--test-fraction", "-0.1"},
                                             {"--threads", "100000"},
                                             {"--seed", "-1"},
                                             {"--optimizer", "sgd", "--momentum", "1"},
                                             {"--beta2", "1"},
                                             {"--epsilon", "0"},
                                             {"--restarts", "0"},
                                             {"--l1", "-1"},
                                             {"--rate-for", "output.*"},
                                             {"--rate-for", "output.*=-1"},
                                             {"--weight-decay", "-1"}}) {
    const Fault fault = refused(args);
    EXPECT_EQ(fault.kind, ErrorKind::kUsage) << args[0];
    EXPECT_NE((fault.where + fault.what).find(args[args.size() - 2]), std::string::npos) << fault.what;
  }
}

TEST(TrainRequest, ATargetHasToBeNamed) {
  TrainRequest made;
  made.data = "houses.csv";
  const Fault fault = fault_of([&] { made.settle(); });
  EXPECT_EQ(fault.where, "--target");
  EXPECT_NE(fault.fix.find("ffwd inspect houses.csv lists the columns"), std::string::npos);
}

TEST(TrainRequest, ACategoryThatIsLeftOutIsRefused) {
  const TempFolder folder;
  const Table table = read_table(folder.with("d.csv", "a,b,y\n1,2,3\n"), {});
  TrainRequest made;
  made.target = {"y"};
  made.categorical = {"a,b"};
  made.name_columns(table);
  made.drop = {"b"};
  const Fault fault = fault_of([&] { made.name_columns(table); });
  EXPECT_EQ(fault.kind, ErrorKind::kUsage);
  EXPECT_EQ(fault.where, "--categorical");
  EXPECT_EQ(fault.what, "--drop leaves 'b' out");
}

TEST(TrainRequest, AGroupNeedsACutThatItKeepsRowsTogetherIn) {
  for (const std::vector<std::string>& uncut :
       std::vector<std::vector<std::string>>{{"--valid", "v.csv", "--test", "t.csv"},
                                             {"--valid-fraction", "0", "--test-fraction", "0"},
                                             {"--valid", "v.csv", "--test-fraction", "0"}}) {
    std::vector<std::string> args = uncut;
    EXPECT_EQ(request(args).fit.group, "");
    args.insert(args.end(), {"--group", "g"});
    const Fault fault = refused(args);
    EXPECT_EQ(fault.kind, ErrorKind::kUsage);
    EXPECT_EQ(fault.where, "--group");
    EXPECT_EQ(fault.what,
              "it keeps rows together where the table is cut, and nothing is cut off for validation or testing");
  }
  EXPECT_EQ(request({"--valid", "v.csv", "--group", "g"}).fit.group, "g");
  EXPECT_EQ(request({"--test-fraction", "0", "--group", "g"}).fit.group, "g");
}

/// The types of the columns a, b and "a,b" when `columns` are said to be categories.
std::vector<ColumnType> types_with(const std::vector<std::string>& columns) {
  const TempFolder folder;
  TrainRequest made;
  made.data = folder.with("d.csv", "a,b,\"a,b\",y\n1,2,3,4\n5,6,7,8\n");
  made.target = {"y"};
  made.output = folder.file("m.ffwd");
  made.categorical = columns;
  made.settle();
  const Table table = made.read_data(kLargeTable);
  made.name_columns(table);
  return {table.column(0).type, table.column(1).type, table.column(2).type};
}

TEST(TrainRequest, OnlyTheColumnsThatAreMeantAreCategories) {
  const ColumnType text = ColumnType::kText, number = ColumnType::kInteger;
  EXPECT_EQ(types_with({"a,b"}), (std::vector<ColumnType>{number, number, text}));
  EXPECT_EQ(types_with({"a", "b"}), (std::vector<ColumnType>{text, text, number}));
  EXPECT_EQ(types_with({"b,a"}), (std::vector<ColumnType>{text, text, number}));
  EXPECT_EQ(types_with({"a,b", "b"}), (std::vector<ColumnType>{number, text, text}));
}

TEST(TrainRequest, EncodingsFollowTheSignOfEqualityThatTheyAreKnownAfter) {
  const auto encode = [](const std::vector<std::string>& given) {
    std::vector<std::string> args;
    for (const std::string& text : given) args.insert(args.end(), {"--encode", text});
    return request(args).fit.encode;
  };
  using Encode = std::map<std::string, std::string>;
  EXPECT_EQ(encode({"age=quantile", "a=b=robust"}), (Encode{{"age", "quantile"}, {"a=b", "robust"}}));
  EXPECT_EQ(encode({"size=ordinal:a=1,b=2"}), (Encode{{"size", "ordinal:a=1,b=2"}}));
}

TEST(TrainRequest, AnEncodingThatCannotBeMeantIsRefused) {
  for (const auto& [given, what] : std::vector<std::pair<std::string, std::string>>{
           {"age", "'age' names no column and encoding"},
           {"=quantile", "'=quantile' names no column and encoding"},
           {"age=quantil", "unknown encoding 'quantil'; did you mean 'quantile'?"},
           {"age=robust:1,2", "'robust' takes no list of values"}}) {
    const Fault fault = refused({"--encode", given});
    EXPECT_EQ(fault.kind, ErrorKind::kUsage);
    EXPECT_EQ(fault.where, "--encode");
    EXPECT_EQ(fault.what, what);
  }
  EXPECT_EQ(refused({"--encode", "a=robust", "--encode", "a=none"}).what, "'a' is given two encodings");
}

TEST(TrainRequest, FarNumbersAreBoundedUnlessAskedNotTo) {
  EXPECT_TRUE(request({}).fit.bound);
  EXPECT_FALSE(request({"--no-bound"}).fit.bound);
}

TEST(TrainRequest, TheLossMayBeLeftToTheTaskByName) {
  EXPECT_EQ(request({"--loss", "auto"}).fit.loss, "auto");
  EXPECT_EQ(request({"--loss", "huber"}).fit.loss, "huber");
  EXPECT_EQ(refused({"--loss", "atuo"}).where, "--loss");
}

TEST(TrainRequest, TheResultsMayNotReplaceTheConfiguration) {
  const TempFolder folder;
  TrainRequest made;
  made.data = folder.with("d.csv", "y\n");
  made.target = {"y"};
  made.config = made.output = folder.with("c.json", "{}");
  const Fault fault = fault_of([&] { made.settle(); });
  EXPECT_EQ(fault.where, "--output");
  EXPECT_EQ(fault.what, "'" + made.config + "' is read in the same run and would be lost");
  made.output = folder.file("m.ffwd");
  made.plot = made.config;
  EXPECT_EQ(fault_of([&] { made.settle(); }).where, "--plot");
}

TEST(TrainRequest, ThePictureMayNotReplaceTheModelOrTheData) {
  const TempFolder folder;
  TrainRequest made;
  made.data = folder.with("d.csv", "y\n");
  made.target = {"y"};
  made.output = folder.file("m");
  made.plot = folder.path() + "/./m";
  EXPECT_EQ(fault_of([&] { made.settle(); }).where, "--plot");
  made.plot = made.data;
  EXPECT_EQ(fault_of([&] { made.settle(); }).what, "'" + made.data + "' is read in the same run and would be lost");
}

TEST(TrainRequest, APenaltyIsANumberOrChosen) {
  EXPECT_EQ(request({"--l2", "0.25"}).fit.train.l2, 0.25);
  const TrainRequest made = request({"--l1", "cv", "--cv", "4", "--lambdas", "6", "--cv-rule", "one-se"});
  EXPECT_EQ(made.fit.train.l1, kLargestPenalty);
  EXPECT_EQ(made.select.penalty, "l1");
  EXPECT_EQ(made.select.folds, 4u);
  EXPECT_EQ(made.select.lambdas, 6u);
  EXPECT_EQ(made.select.rule, "one-se");
  EXPECT_EQ(request({"--cv", "3", "--ensemble", "5"}).fit.ensemble, 5u);
  EXPECT_EQ(refused({"--l2", "ccv"}).where, "--l2");
  EXPECT_EQ(refused({"--l1", "cv", "--l2", "cv"}).fix, "give one of --l1 and --l2 as a number");
  EXPECT_EQ(refused({"--cv", "1"}).kind, ErrorKind::kUsage);
  for (const std::vector<std::string>& args :
       std::vector<std::vector<std::string>>{{"--lambdas", "4"},
                                             {"--cv-rule", "best"},
                                             {"--plot-path", "p.svg"},
                                             {"--plot-path", "p.svg", "--cv", "5"}}) {
    EXPECT_EQ(refused(args).where, args.front());
    EXPECT_EQ(refused(args).what, "there is no penalty to choose");
  }
}

TEST(TrainRequest, FoldsKeepGroupsTogetherWhereNothingElseIsCut) {
  const std::vector<std::string> whole = {"--group", "g", "--valid-fraction", "0", "--test-fraction", "0"};
  EXPECT_EQ(refused(whole).where, "--group");
  std::vector<std::string> folds = whole;
  folds.insert(folds.end(), {"--cv", "5"});
  EXPECT_EQ(request(folds).fit.group, "g");
}

}  // namespace
}  // namespace ffwd
