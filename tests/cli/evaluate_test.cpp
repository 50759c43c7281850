#include <gtest/gtest.h>

#include "cli/made_fit.h"
#include "cli/run_binary.h"
#include "core/json.h"

namespace ffwd {
namespace {

class Evaluate : public testing::Test {
 protected:
  Finished evaluate(const std::string& target, const std::string& text, std::vector<std::string> more = {}) {
    made_fit(target).model->save(folder_.file("m.ffwd"));
    more.insert(more.begin(), {"evaluate", folder_.file("m.ffwd"), folder_.with("d.csv", text)});
    return run_binary(std::move(more));
  }
  TempFolder folder_;
};

TEST_F(Evaluate, JsonHasRowsAndMetrics) {
  const Finished done = evaluate("y", made_csv(50), {"--json"});
  EXPECT_EQ(done.exit, 0);
  const Json json = parse_json(done.out, ErrorKind::kData, "stdout");
  EXPECT_EQ(json.size(), 2u);
  EXPECT_EQ(json["rows"], 50);
  for (const char* name : {"rmse", "mae", "r2"}) EXPECT_TRUE(json["metrics"][name].is_number()) << name;
}

TEST_F(Evaluate, ClassesComeWithTheirConfusionMatrix) {
  const Finished done = evaluate("grade", made_csv(50), {"--json"});
  const Json metrics = parse_json(done.out, ErrorKind::kData, "stdout")["metrics"];
  EXPECT_EQ(metrics["classes"], Json::array({"high", "low"}));
  std::size_t rows = 0;
  for (const Json& line : metrics["confusion_matrix"]) {
    for (const Json& n : line) rows += n.get<std::size_t>();
  }
  EXPECT_EQ(rows, 50u);
}

TEST_F(Evaluate, APersonSeesTables) {
  const Finished done = evaluate("grade", made_csv(50));
  EXPECT_EQ(done.exit, 0);
  for (const char* expected :
       {"Metrics  of 'grade' on the 50 rows of ", "  accuracy ", "Confusion matrix\n", "high  low"}) {
    EXPECT_NE(done.out.find(expected), std::string::npos) << expected << "\n" << done.out;
  }
}

TEST_F(Evaluate, AHeaderAloneIsNothingToMeasureOn) {
  const Finished done = evaluate("y", "a,b,city,y\n");
  EXPECT_EQ(done.exit, 3);
  EXPECT_NE(done.err.find("d.csv: there are no data rows to measure on"), std::string::npos) << done.err;
}

TEST_F(Evaluate, WithoutTheTargetThereIsNothingToCompareWith) {
  const Finished done = evaluate("y", "a,b,city\n1,2,Rome\n");
  EXPECT_EQ(done.exit, 3);
  EXPECT_NE(done.err.find("'y'"), std::string::npos) << done.err;
}

TEST_F(Evaluate, AnUnknownColumnOfWeightsIsNamedWithItsOption) {
  const Finished done = evaluate("y", made_csv(50), {"--weight", "w"});
  EXPECT_EQ(done.exit, 3);
  EXPECT_NE(done.err.find("unknown column 'w'"), std::string::npos) << done.err;
  EXPECT_NE(done.err.find("--weight"), std::string::npos) << done.err;
}

TEST_F(Evaluate, SaysThatRowsWereWeighedInTrainingUnlessItIsToldToWeighThem) {
  const std::string data = folder_.with("w.csv", "x,y,w\n1,2,1\n2,4,3\n3,6,1\n4,8,2\n"), model = folder_.file("w.ffwd");
  ASSERT_EQ(run_binary({"train", data, "--target", "y", "--weight", "w", "--epochs", "1", "-o", model}).exit, 0);
  const Finished plain = run_binary({"evaluate", model, data});
  EXPECT_EQ(plain.exit, 0);
  EXPECT_NE(plain.err.find("the column 'w' weighed them (--weight)"), std::string::npos) << plain.err;
  EXPECT_EQ(run_binary({"evaluate", model, data, "--weight", "w"}).err, "");
}

TEST_F(Evaluate, ClassesOfATextTargetMayAllLookLikeNumbers) {
  std::string train = "x,y\n", some = "x,y\n";
  for (int r = 0; r < 60; ++r) {
    train += std::to_string(r) + (r < 20 ? ",1.0\n" : r < 40 ? ",2.50\n" : ",unknown\n");
    if (r < 40) some += std::to_string(r) + (r < 20 ? ",1.0\n" : ",2.50\n");
  }
  const std::string model = folder_.file("c.ffwd");
  ASSERT_EQ(run_binary({"train", folder_.with("t.csv", train), "--target", "y", "--epochs", "1", "-o", model}).exit, 0);
  const Finished done = run_binary({"evaluate", model, folder_.with("s.csv", some)});
  EXPECT_EQ(done.exit, 0) << done.err;
}

TEST_F(Evaluate, LeavesRowsWithoutATargetOutIfItIsToldTo) {
  const Finished refused = evaluate("y", "a,b,city,y\n1,2,Rome,3\n1,2,Rome,\n");
  EXPECT_EQ(refused.exit, 3);
  EXPECT_NE(refused.err.find("--drop-missing-target"), std::string::npos) << refused.err;
  const Finished done = evaluate("y", "a,b,city,y\n1,2,Rome,3\n1,2,Rome,\n", {"--drop-missing-target", "--json"});
  ASSERT_EQ(done.exit, 0) << done.err;
  EXPECT_EQ(parse_json(done.out, ErrorKind::kInternal, "")["rows"], 1);
  EXPECT_EQ(evaluate("y", "a,b,city,y\n1,2,Rome,\n", {"--drop-missing-target"}).exit, 3);
}

TEST_F(Evaluate, AClassTheModelDoesNotKnowIsRefusedWithItsPlace) {
  const Finished done = evaluate("grade", "a,b,city,grade\n1,2,Rome,low\n1,2,Rome,middle\n");
  EXPECT_EQ(done.exit, 3);
  EXPECT_NE(done.err.find("d.csv:3:4"), std::string::npos) << done.err;
  EXPECT_NE(done.err.find("middle"), std::string::npos) << done.err;
}

}  // namespace
}  // namespace ffwd
