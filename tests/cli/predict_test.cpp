#include <gtest/gtest.h>

#include <sstream>

#include "cli/made_fit.h"
#include "cli/run_binary.h"

namespace ffwd {
namespace {

class Predict : public testing::Test {
 protected:
  Predict() { made_fit("y").model->save(model_); }
  Finished predict(const std::string& text, std::vector<std::string> more = {}, const Child::Setting& setting = {}) {
    more.insert(more.begin(), {"predict", model_, folder_.with("d.csv", text)});
    return run_binary(std::move(more), setting);
  }

  TempFolder folder_;
  std::string model_ = folder_.file("m.ffwd");
};

TEST_F(Predict, OrderAndSurplusOfColumnsDoNotMatter) {
  const Finished plain = predict("a,b,city\n1,2,Rome\n3.5,-1,Oslo\n");
  EXPECT_EQ(plain.exit, 0);
  EXPECT_EQ(plain.err, "");
  EXPECT_EQ(plain.out.substr(0, 11), "prediction\n");
  const Finished other = predict("city,extra,b,a,y\nRome,x,2,1,\nOslo,,-1,3.5,oops\n");
  EXPECT_EQ(other.exit, 0);
  EXPECT_EQ(other.out, plain.out);
}

TEST_F(Predict, OneRowAndABatchGiveTheSameBits) {
  const std::string rows = made_csv(500);
  std::istringstream batch(predict(rows).out);
  std::istringstream lines(rows);
  std::string header, line, expected;
  std::getline(lines, header);
  std::getline(batch, expected);
  for (int row = 0; row < 20 && std::getline(lines, line); ++row) {
    std::getline(batch, expected);
    EXPECT_EQ(predict(header + "\n" + line + "\n").out, "prediction\n" + expected + "\n");
  }
}

TEST_F(Predict, ThreadsDoNotChangeABit) {
  const std::string rows = made_csv(5000);
  EXPECT_EQ(predict(rows, {"--threads", "1"}).out, predict(rows, {"--threads", "2"}).out);
}

TEST_F(Predict, AMissingColumnIsNamedWithTheNearest) {
  const Finished done = predict("a,b,citty\n1,2,Rome\n", {"-o", folder_.file("out.csv")});
  EXPECT_EQ(done.exit, 3);
  EXPECT_NE(done.err.find("column 'city'"), std::string::npos) << done.err;
  EXPECT_NE(done.err.find("'citty'"), std::string::npos) << done.err;
  EXPECT_FALSE(std::filesystem::exists(folder_.file("out.csv")));
}

TEST_F(Predict, AHeaderAloneGivesAHeaderAlone) {
  const Finished done = predict("a,b,city\n", {"--keep", "city"});
  EXPECT_EQ(done.exit, 0);
  EXPECT_EQ(done.out, "city,prediction\n");
}

TEST_F(Predict, KeepCarriesColumnsAsTheyWereWritten) {
  const Finished done =
      predict("a,b,city,id\n1.50,2,Rome,007\n2,NA,Oslo,\"x, y\"\n", {"--keep", "id,a", "--keep", "b"});
  EXPECT_EQ(done.exit, 0);
  std::istringstream lines(done.out);
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(line, "id,a,b,prediction");
  std::getline(lines, line);
  EXPECT_EQ(line.substr(0, 11), "007,1.50,2,");
  std::getline(lines, line);
  EXPECT_EQ(line.substr(0, 12), "\"x, y\",2,NA,");
}

TEST_F(Predict, KeepingAnUnknownColumnIsRefused) {
  const Finished done = predict("a,b,city\n1,2,Rome\n", {"--keep", "citi"});
  EXPECT_EQ(done.exit, 3);
  EXPECT_EQ(done.out, "");
  EXPECT_NE(done.err.find("unknown column 'citi'; did you mean 'city'?"), std::string::npos) << done.err;
}

TEST_F(Predict, TheFileHoldsWhatStandardOutputWould) {
  const std::string rows = made_csv(300);
  const Finished done = predict(rows, {"-o", folder_.file("out.csv")});
  EXPECT_EQ(done.exit, 0);
  EXPECT_TRUE(done.out.starts_with("Wrote  " + folder_.file("out.csv") + " (")) << done.out;
  EXPECT_EQ(read_text(folder_.file("out.csv")), predict(rows).out);
  EXPECT_EQ(predict(rows, {"--quiet", "-o", folder_.file("out.csv")}).out, "");
}

TEST_F(Predict, TheDataIsNeverWrittenOver) {
  const Finished done = predict("a,b,city\n1,2,Rome\n", {"-o", folder_.file("d.csv")});
  EXPECT_EQ(done.exit, 2);
  EXPECT_EQ(read_text(folder_.file("d.csv")), "a,b,city\n1,2,Rome\n");
}

TEST_F(Predict, AReaderThatStopsEarlyIsNoError) {
  Child child({"predict", model_, folder_.with("d.csv", made_csv(20000))}, {});
  child.stop_reading();
  const Finished done = child.finish();
  EXPECT_EQ(done.exit, 0);
  EXPECT_EQ(done.err, "");
}

TEST_F(Predict, AFullDiskIsAnError) {
  const Finished done = predict(made_csv(20000), {}, {.out_file = "/dev/full"});
  EXPECT_EQ(done.exit, 6);
  EXPECT_NE(done.err.find("standard output: cannot be written: No space left on device"), std::string::npos);
}

TEST_F(Predict, OnlyAModelFileIsTakenForOne) {
  const std::string whole = read_text(model_);
  struct Case {
    std::string bytes, message;
  };
  for (const Case& c : {Case{whole.substr(0, whole.size() / 2), ""}, Case{"", ""}, Case{"a,b\n1,2\n", ""},
                        Case{whole.substr(0, 5), ""}}) {
    const std::string model = folder_.with("bad.ffwd", c.bytes);
    const Finished done = run_binary({"predict", model, folder_.with("d.csv", "a,b,city\n1,2,Rome\n")});
    EXPECT_EQ(done.exit, 4);
    EXPECT_EQ(done.out, "");
    EXPECT_EQ(done.err.substr(0, 13 + model.size()), "ffwd: error: " + model) << done.err;
  }
}

TEST_F(Predict, WarnsOfAColumnThatIsMissingInEveryRow) {
  const std::string model = folder_.file("m.ffwd");
  made_fit("y").model->save(model);
  const Finished all = run_binary({"predict", model, folder_.with("d.csv", "a,b,city\n,1,Rome\n,2,Oslo\n")});
  EXPECT_EQ(all.exit, 0) << all.err;
  EXPECT_NE(all.err.find("column 'a' is missing in every row"), std::string::npos) << all.err;
  const Finished some = run_binary({"predict", model, folder_.with("e.csv", "a,b,city\n,1,Rome\n3,2,Oslo\n")});
  EXPECT_EQ(some.err.find("missing in every row"), std::string::npos) << some.err;
}

TEST_F(Predict, AHyphenIsStandardOutput) {
  const std::string model = folder_.file("m.ffwd"), data = folder_.with("d.csv", "a,b,city\n1,1,Rome\n");
  made_fit("y").model->save(model);
  EXPECT_EQ(run_binary({"predict", model, data, "-o", "-"}).out, run_binary({"predict", model, data}).out);
}

}  // namespace
}  // namespace ffwd
