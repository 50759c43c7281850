#include <gtest/gtest.h>

#include <algorithm>

#include "cli/made_csv.h"
#include "cli/run_binary.h"
#include "core/json.h"
#include "ffwd/model.h"

namespace ffwd {
namespace {

class Train : public testing::Test {
 protected:
  Finished train(std::vector<std::string> more, const Child::Setting& setting = {}) {
    return run_binary(args(std::move(more)), setting);
  }
  std::vector<std::string> args(std::vector<std::string> more) const {
    more.insert(more.begin(), {"train", data_, "--target", "y", "--drop", "grade", "-o", model_});
    return more;
  }

  TempFolder folder_;
  std::string data_ = folder_.with("data.csv", made_csv(400));
  std::string model_ = folder_.file("m.ffwd");
};

TEST_F(Train, APersonSeesWhatWasDoneAndWhatToDoNext) {
  const Finished done = train({"--epochs", "5"});
  EXPECT_EQ(done.exit, 0);
  EXPECT_EQ(done.err, "");
  for (const std::string& expected :
       {"Read  " + data_ + ": 400 rows, 5 columns, separated by ','\n", std::string("(--task "),
        std::string("280 rows to train on, 40 to validate on (--valid-fraction, --valid), 80 to test on"),
        std::string("  hidden1  dense "), std::string("Trained  5 epochs in "),
        std::string("  train   valid    test  trivial model (test)\n"), "Wrote  " + model_ + " (",
        "ffwd predict " + model_ + " NEW.csv"}) {
    EXPECT_NE(done.out.find(expected), std::string::npos) << expected << "\n" << done.out;
  }
  EXPECT_EQ(done.out.find('\033'), std::string::npos);
}

TEST_F(Train, JsonIsOneObjectAndNothingElse) {
  const Finished done = train({"--epochs", "5", "--json"});
  EXPECT_EQ(done.exit, 0);
  EXPECT_EQ(std::count(done.out.begin(), done.out.end(), '\n'), 1);
  const Json json = parse_json(done.out, ErrorKind::kData, "stdout");
  EXPECT_EQ(json["task"], "regression");
  EXPECT_EQ(dump_json(json["rows"]), R"({"train":280,"valid":40,"test":80})");
  EXPECT_EQ(json["history"].size(), 5u);
  EXPECT_GT(json["history"][0]["seconds"].get<double>(), 0.0);
  EXPECT_EQ(json["model"], model_);
  EXPECT_LT(json["metrics"]["test"]["rmse"].get<double>(), json["baseline"]["test"]["rmse"].get<double>());
  EXPECT_EQ(json["network"]["parameters"], Model::load(model_).network().n_parameters());
}

TEST_F(Train, QuietSaysNothing) {
  const Finished done = train({"--epochs", "2", "--quiet"});
  EXPECT_EQ(done.exit, 0);
  EXPECT_EQ(done.out + done.err, "");
  EXPECT_TRUE(std::filesystem::exists(model_));
}

TEST_F(Train, TheModelIsCalledLikeItsTargetUnlessToldOtherwise) {
  const Finished done =
      run_binary({"train", "data.csv", "--target", "y", "--epochs", "1", "--quiet"}, {.folder = folder_.path()});
  EXPECT_EQ(done.exit, 0) << done.err;
  EXPECT_TRUE(std::filesystem::exists(folder_.file("y.ffwd")));
}

TEST_F(Train, ThreadsDoNotChangeABitOfTheModel) {
  EXPECT_EQ(train({"--epochs", "5", "--seed", "3", "--threads", "1"}).exit, 0);
  const std::string one = read_text(model_);
  EXPECT_EQ(train({"--epochs", "5", "--seed", "3", "--threads", "2"}).exit, 0);
  EXPECT_EQ(read_text(model_), one);
  EXPECT_EQ(train({"--epochs", "5", "--seed", "4", "--threads", "2"}).exit, 0);
  EXPECT_NE(read_text(model_), one);
}

TEST_F(Train, OwnFilesForValidationAndTestAreUsedWhole) {
  const Finished done = train({"--epochs", "2", "--json", "--valid", folder_.with("v.csv", made_csv(30)), "--test",
                               folder_.with("t.csv", made_csv(20))});
  EXPECT_EQ(done.exit, 0) << done.err;
  const Json json = parse_json(done.out, ErrorKind::kData, "stdout");
  EXPECT_EQ(dump_json(json["rows"]), R"({"train":400,"valid":30,"test":20})");
}

TEST_F(Train, ATestFileIsReadWithTheTypesOfTheData) {
  // Codes that look like numbers in the few rows of the test file.
  std::string data = "code,x,y\n";
  for (int i = 0; i < 120; ++i) {
    data +=
        (i % 3 == 0 ? "x" : "") + std::to_string(i % 4) + "," + std::to_string(i) + "," + std::to_string(i % 7) + "\n";
  }
  const Finished done = run_binary({"train", folder_.with("c.csv", data), "--target", "y", "--epochs", "1", "-o",
                                    model_, "--json", "--test", folder_.with("t.csv", "code,x,y\n1,2,3\n2,3,4\n")});
  EXPECT_EQ(done.exit, 0) << done.err;
}

TEST_F(Train, TheLearningCurvesAreDrawn) {
  const Finished done = train({"--epochs", "5", "--plot", folder_.file("curves.svg")});
  EXPECT_EQ(done.exit, 0) << done.err;
  EXPECT_NE(read_text(folder_.file("curves.svg")).find("<svg"), std::string::npos);
  EXPECT_NE(done.out.find("curves.svg ("), std::string::npos);
}

TEST_F(Train, PatienceWithoutValidationRowsIsWarnedOf) {
  const std::string few = folder_.with("few.csv", made_csv(50));
  const Finished done =
      run_binary({"train", few, "--target", "y", "--epochs", "2", "--patience", "1", "-o", model_, "--quiet"});
  EXPECT_EQ(done.exit, 0);
  EXPECT_NE(done.err.find("ffwd: warning: --patience: there are no validation rows"), std::string::npos) << done.err;
}

TEST_F(Train, AFailedRunLeavesTheEarlierModel) {
  const std::string earlier("\x02\0\0\0\0\0\0\0{}", 10);  // begins like one
  folder_.with("m.ffwd", earlier);
  const std::string broken = folder_.with("broken.csv", "a,y\n1,2\n3\n");
  EXPECT_EQ(run_binary({"train", broken, "--target", "y", "-o", model_}).exit, 3);
  EXPECT_EQ(train({"--optimizer", "sgd", "--learning-rate", "1e30"}).exit, 5);
  EXPECT_EQ(read_text(model_), earlier);
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
    EXPECT_EQ(entry.path().extension() == ".tmp", false) << entry.path();
  }
}

TEST_F(Train, ReplacesAnEarlierModelAndSaysSoButNoOtherFile) {
  const std::string data = folder_.with("d.csv", "x,y\n1,2\n2,4\n3,6\n"),
                    notes = folder_.with("notes.txt", "my thesis");
  const std::vector<std::string> command = {"train", data, "--target", "y", "--epochs", "1", "-o", model_};
  EXPECT_EQ(run_binary(command).out.find("in place of an earlier one"), std::string::npos);
  EXPECT_NE(run_binary(command).out.find(" in place of an earlier one, "), std::string::npos);
  const Finished refused = run_binary({"train", data, "--target", "y", "--epochs", "1", "-o", notes});
  EXPECT_EQ(refused.exit, 2);
  EXPECT_NE(refused.err.find("holds no model: it would be lost"), std::string::npos) << refused.err;
  EXPECT_EQ(read_text(notes), "my thesis");
}

TEST_F(Train, WarnsIfItTestsOnTheRowsThatItTrainsOn) {
  const std::string data = folder_.with("d.csv", "x,y\n1,2\n2,4\n3,6\n");
  const Finished done = run_binary({"train", data, "--target", "y", "--epochs", "1", "--test", data, "-o", model_});
  EXPECT_NE(done.err.find("is the table that is trained on"), std::string::npos) << done.err;
}

TEST_F(Train, DivergenceNamesEpochAndStepWithAdvice) {
  const Finished done = train({"--optimizer", "sgd", "--learning-rate", "1e30", "--json"});
  EXPECT_EQ(done.exit, 5);
  EXPECT_EQ(done.out, "");
  EXPECT_NE(done.err.find("epoch 1"), std::string::npos) << done.err;
  EXPECT_NE(done.err.find("step"), std::string::npos) << done.err;
  EXPECT_NE(done.err.find("--learning-rate"), std::string::npos) << done.err;
}

TEST_F(Train, CtrlCAfterAnEpochSavesTheModel) {
  Child child(args({"--epochs", "1000000", "--patience", "0"}), {.err_terminal = true});
  ASSERT_TRUE(child.wait_for("valid"));  // the bar shows losses from the second epoch on
  child.send(SIGINT);
  const Finished done = child.finish();
  EXPECT_EQ(done.exit, 130);
  EXPECT_NE(done.err.find("ffwd: interrupted; epoch "), std::string::npos) << done.err;
  EXPECT_NE(done.out.find(", interrupted; "), std::string::npos);
  EXPECT_EQ(Model::load(model_).targets(), std::vector<std::string>{"y"});
}

TEST_F(Train, TerminationIsHeardTheSameWay) {
  Child child(args({"--epochs", "1000000", "--patience", "0", "--json"}), {.err_terminal = true});
  ASSERT_TRUE(child.wait_for("valid"));
  child.send(SIGTERM);
  const Finished done = child.finish();
  EXPECT_EQ(done.exit, 143);
  EXPECT_EQ(parse_json(done.out, ErrorKind::kData, "stdout")["model"], model_);
  EXPECT_TRUE(std::filesystem::exists(model_));
}

TEST_F(Train, CtrlCBeforeTheFirstEpochIsOverSavesNothing) {
  folder_.with("data.csv", made_csv(4000));
  Child child(args({"--hidden", "2000,2000", "--batch-size", "1"}), {.err_terminal = true});
  ASSERT_TRUE(child.wait_for("epoch 1/"));
  child.send(SIGINT);
  const Finished done = child.finish();
  EXPECT_EQ(done.exit, 130);
  EXPECT_NE(done.err.find("nothing is saved"), std::string::npos) << done.err;
  EXPECT_FALSE(std::filesystem::exists(model_));
}

TEST_F(Train, AReaderOfTheReportThatStopsEarlyCostsNoModel) {
  Child child(args({"--epochs", "3"}), {});
  child.stop_reading();
  EXPECT_EQ(child.finish().exit, 0);
  EXPECT_TRUE(std::filesystem::exists(model_));
}

}  // namespace
}  // namespace ffwd
