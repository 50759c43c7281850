// Every bad input that a user may meet: its exit code, its message with the place, and its mend.
#include <gtest/gtest.h>

#include "cli/made_csv.h"
#include "cli/run_binary.h"
#include "core/names.h"
#include "core/rows.h"
#include "network/layer.h"
#include "optim/optimizer.h"

namespace ffwd {
namespace {

class BadInputs : public testing::Test {
 protected:
  const std::string kEarlierModel = std::string("\x02\0\0\0\0\0\0\0{}", 10);  ///< or what begins like one

  /// Trains to an output that holds an earlier model; checks that it is untouched and that nothing else is said.
  Finished train(const std::string& data, std::vector<std::string> more = {"--target", "y"}) {
    folder_.with("m.ffwd", kEarlierModel);
    more.insert(more.begin(), {"train", data, "-o", folder_.file("m.ffwd"), "--json"});
    Finished done = run_binary(std::move(more));
    EXPECT_EQ(done.out, "");
    EXPECT_EQ(done.err.substr(0, 13), "ffwd: error: ");
    EXPECT_EQ(read_text(folder_.file("m.ffwd")), kEarlierModel);
    return done;
  }
  /// `err` begins with this error message; a line with the mend follows.
  static void expect_error(const Finished& done, int exit, const std::string& message) {
    EXPECT_EQ(done.exit, exit);
    EXPECT_EQ(done.err.substr(0, 13 + message.size()), "ffwd: error: " + message);
    EXPECT_NE(done.err.find("\n  "), std::string::npos) << "no mend in: " << done.err;
  }

  TempFolder folder_;
};

TEST_F(BadInputs, NoSuchFile) { expect_error(train(folder_.file("absent.csv")), 3, folder_.file("absent.csv") + ": "); }

TEST_F(BadInputs, AFolder) { expect_error(train(folder_.path()), 3, folder_.path() + ": "); }

TEST_F(BadInputs, AnEmptyFile) {
  const std::string data = folder_.with("d.csv", "");
  const Finished done = train(data);
  expect_error(done, 3, data);
  EXPECT_NE(done.err.find("empty"), std::string::npos) << done.err;
}

TEST_F(BadInputs, AHeaderOnly) {
  const std::string data = folder_.with("d.csv", "a,y\n");
  expect_error(train(data), 3, data + ": there are no data rows to train on");
}

TEST_F(BadInputs, ATargetThatIsNotInTheFile) {
  const std::string data = folder_.with("d.csv", made_csv(20, "a,b,city,price,grade\n"));
  const Finished done = train(data, {"--target", "prise"});
  expect_error(done, 3, data + ": --target: there is no column 'prise'; did you mean 'price'?");
}

TEST_F(BadInputs, ATargetThatIsAllMissing) {
  const std::string data = folder_.with("d.csv", "a,y\n1,\n2,NA\n");
  const Finished done = train(data);
  expect_error(done, 3, data);
  EXPECT_NE(done.err.find("'y'"), std::string::npos) << done.err;
  EXPECT_EQ(train(data, {"--target", "y", "--drop-missing-target"}).exit, 3);
}

TEST_F(BadInputs, AMissingTargetCell) {
  const std::string data = folder_.with("d.csv", "a,y\n1,2.5\n2,\n3,4\n");
  const Finished done = train(data);
  expect_error(done, 3, data + ":3:2: ");
  EXPECT_NE(done.err.find("--drop-missing-target"), std::string::npos) << done.err;
}

TEST_F(BadInputs, OneClassOnly) {
  const std::string data = folder_.with("d.csv", "a,y\n1,no\n2,no\n3,no\n");
  const Finished done = train(data);
  expect_error(done, 3, data);
  EXPECT_NE(done.err.find("'no'"), std::string::npos) << done.err;
}

TEST_F(BadInputs, FewerRowsThanCanBeTrainedOn) {
  const std::string data = folder_.with("d.csv", "a,y\n1,2.5\n");
  expect_error(train(data), 3, data + ": only 1 row to train on; at least 2 are needed");
}

TEST_F(BadInputs, InfiniteNumbers) {
  const std::string feature = folder_.with("d.csv", "a,y\n1,2.5\ninf,3\n2,4\n");
  expect_error(train(feature), 3, feature + ":3:1: ");
  const std::string target = folder_.with("d.csv", "a,y\n1,2.5\n3,-inf\n2,4\n");
  expect_error(train(target), 3, target + ":3:2: ");
}

TEST_F(BadInputs, AnOutputFolderThatDoesNotExistOrIsAFile) {
  const std::string data = folder_.with("d.csv", made_csv(50));
  const auto train_to = [&](const std::string& output) {
    return run_binary({"train", data, "--target", "y", "-o", output});
  };
  const std::string absent = folder_.file("absent/m.ffwd");
  Finished done = train_to(absent);
  expect_error(done, 6, absent + ": cannot be written: the folder '" + folder_.file("absent") + "' does not exist");
  EXPECT_EQ(done.out, "");
  done = train_to(data + "/m.ffwd");
  expect_error(done, 6, data + "/m.ffwd: cannot be written: '" + data + "' is a file, not a folder");
  done = train_to(folder_.path());
  expect_error(done, 6, folder_.path() + ": cannot be written: it is a folder");
}

TEST_F(BadInputs, WrongOptionValues) {
  const std::string data = folder_.with("d.csv", made_csv(50));
  struct Case {
    std::string option, value, message, mend;
  };
  for (const Case& c : {
           Case{"--activation", "rellu", "--activation: 'rellu' is none of its values; did you mean 'relu'?\n",
                "give " + join_names(layer_unit_names())},
           Case{"--optimizer", "lion", "--optimizer: 'lion' is none of its values\n",
                "give " + join_names(row_names(optimizers()))},
           Case{"--task", "ranking", "--task: 'ranking' is none of its values\n",
                "give auto, regression or classification"},
           Case{"--epochs", "ten", "--epochs: 'ten' is not a whole number in its range\n",
                "give a whole number from 1"},
           Case{"--hidden", "64,x", "--hidden: hidden layer 2 is 'x', which does not begin with its size\n",
                "give a size, then words: 64 tanh dropout 0.1"},
           Case{"--batch-size", "all", "--batch-size: 'all' is no number of rows\n",
                "give a whole number of at least 1, or full"},
           Case{"--l2", "x", "--l2: 'x' is not a number\n", "give a number"},
           Case{"--delimiter", "::", "--delimiter: '::' cannot separate fields\n", "give one character"},
       }) {
    const Finished done = train(data, {"--target", "y", c.option, c.value});
    expect_error(done, 2, c.message);
    EXPECT_NE(done.err.find("\n  " + c.mend), std::string::npos) << done.err;
  }
  EXPECT_EQ(train(data, {"--target", "y", "--valid-fraction", "2"}).exit, 2);
}

TEST_F(BadInputs, UnknownOptionsAndVerbs) {
  const std::string data = folder_.with("d.csv", made_csv(50));
  expect_error(train(data, {"--target", "y", "--epoch", "3"}), 2,
               "unknown option '--epoch'; did you mean '--epochs'?\n");
  expect_error(run_binary({"predikt"}), 2, "unknown verb 'predikt'; did you mean 'predict'?\n");
  expect_error(train(data, {"--seed", "1"}), 2, "--target: train has to know which column to predict\n");
}

TEST_F(BadInputs, ModelFilesThatAreNone) {
  ASSERT_EQ(run_binary({"train", folder_.with("d.csv", made_csv(50)), "--target", "y", "--epochs", "1", "--quiet", "-o",
                        folder_.file("m.ffwd")})
                .exit,
            0);
  const std::string whole = read_text(folder_.file("m.ffwd"));
  std::string newer = whole;
  const std::size_t at = newer.find("\\\"format\\\":1,");
  ASSERT_NE(at, std::string::npos);
  newer.replace(at, 13, "\\\"format\\\":2,");
  struct Case {
    std::string name, bytes, word;
  };
  for (const Case& c : {Case{"empty.ffwd", "", ""}, Case{"truncated.ffwd", whole.substr(0, whole.size() - 9), ""},
                        Case{"header.ffwd", whole.substr(0, 100), ""}, Case{"other.ffwd", made_csv(9), ""},
                        Case{"newer.ffwd", newer, "newer"}}) {
    SCOPED_TRACE(c.name);
    const std::string path = folder_.with(c.name, c.bytes);
    for (const char* verb : {"predict", "evaluate"}) {
      const Finished done = run_binary({verb, path, folder_.file("d.csv")});
      expect_error(done, 4, path + ": ");
      EXPECT_NE(done.err.find(c.word), std::string::npos) << done.err;
    }
    expect_error(run_binary({"inspect", path}), 4, path + ": ");
  }
}

}  // namespace
}  // namespace ffwd
