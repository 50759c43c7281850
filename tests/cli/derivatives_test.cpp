#include <gtest/gtest.h>

#include <sstream>

#include "cli/made_fit.h"
#include "cli/run_binary.h"
#include "core/json.h"

namespace ffwd {
namespace {

class DerivativesVerb : public testing::Test {
 protected:
  Finished derivatives(const std::string& target, std::vector<std::string> more = {}) {
    made_fit(target).model->save(folder_.file("m.ffwd"));
    more.insert(more.begin(), {"derivatives", folder_.file("m.ffwd"), folder_.with("d.csv", made_csv(40))});
    return run_binary(std::move(more));
  }
  TempFolder folder_;
};

TEST_F(DerivativesVerb, ShowsWhatEachNumberDoesToEachAnswer) {
  const Finished done = derivatives("y");
  EXPECT_EQ(done.exit, 0) << done.err;
  EXPECT_NE(done.out.find("Sensitivities"), std::string::npos) << done.out;
  EXPECT_NE(done.out.find("prediction  a "), std::string::npos) << done.out;
  EXPECT_EQ(done.out.find("city"), std::string::npos) << "a text has no derivative";
}

TEST_F(DerivativesVerb, JsonHoldsTheSameAndNothingElseIsPrinted) {
  const Finished done = derivatives("y", {"--json"});
  const Json json = parse_json(done.out, ErrorKind::kData, "stdout");
  EXPECT_EQ(json["rows"], 40);
  ASSERT_EQ(json["sensitivities"].size(), 2U);
  EXPECT_EQ(json["sensitivities"][0]["column"], "a");
  EXPECT_GT(json["sensitivities"][0]["mean"].get<double>(), 0) << "y rises with a";
  EXPECT_LT(json["sensitivities"][1]["mean"].get<double>(), 0) << "and falls with b";
}

TEST_F(DerivativesVerb, WritesARowForEachRowOfTheTable) {
  const Finished done = derivatives("grade", {"-o", folder_.file("d_out.csv")});
  EXPECT_EQ(done.exit, 0) << done.err;
  std::istringstream lines(read_text(folder_.file("d_out.csv")));
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(line, "d probability_high / d a,d probability_high / d b,d probability_low / d a,d probability_low / d b");
  std::size_t rows = 0;
  while (std::getline(lines, line)) ++rows;
  EXPECT_EQ(rows, 40U);
}

TEST_F(DerivativesVerb, OfTheNetworkAndOfTheLoss) {
  const Finished network = derivatives("y", {"--of", "network", "--json"});
  EXPECT_EQ(parse_json(network.out, ErrorKind::kData, "stdout")["jacobian"][0]["output"], 1) << network.err;
  const Finished loss = derivatives("y", {"--of", "loss", "--json"});
  const Json json = parse_json(loss.out, ErrorKind::kData, "stdout");
  EXPECT_GT(json["loss"].get<double>(), 0);
  EXPECT_TRUE(json["gradient"].contains("hidden1.weight"));
}

TEST_F(DerivativesVerb, ChecksThemAgainstDifferences) {
  const Finished done = derivatives("y", {"--check", "--json"});
  const Json json = parse_json(done.out, ErrorKind::kData, "stdout");
  ASSERT_EQ(json["check"].size(), 5U);
  for (const Json& group : json["check"]) EXPECT_LT(group["gradient"].get<double>(), 1e-3) << group.dump();
  EXPECT_EQ(json["check"].back()["group"], "features");
}

TEST_F(DerivativesVerb, RefusesAFileBesideACheckAndOneThatItReads) {
  EXPECT_EQ(derivatives("y", {"--check", "-o", folder_.file("o.csv")}).exit, 2);
  const Finished same = derivatives("y", {"-o", folder_.file("d.csv")});
  EXPECT_EQ(same.exit, 2);
  EXPECT_NE(same.err.find("--output"), std::string::npos);
}

}  // namespace
}  // namespace ffwd
