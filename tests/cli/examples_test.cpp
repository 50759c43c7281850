// The tables of examples/data teach something, with no option but what there is to predict.
#include <gtest/gtest.h>

#include "cli/run_binary.h"
#include "core/json.h"

namespace ffwd {
namespace {

Json trained(const std::string& table, const std::string& target) {
  const TempFolder folder;
  const std::string data = std::string(FFWD_SOURCE_DIR) + "/examples/data/" + table;
  const Finished done = run_binary({"train", data, "--target", target, "-o", folder.file("m.ffwd"), "--json"});
  EXPECT_EQ(done.exit, 0) << done.err;
  return parse_json(done.out, ErrorKind::kData, "stdout");
}

TEST(Examples, TumoursAreToldApart) {
  const Json json = trained("breast_cancer.csv", "diagnosis");
  EXPECT_EQ(json["task"], "binary");
  EXPECT_GT(json["metrics"]["test"]["accuracy"].get<double>(), 0.92);
  EXPECT_LT(json["baseline"]["test"]["accuracy"].get<double>(), 0.7);
}

TEST(Examples, TheCourseOfDiabetesIsForeseenInPart) {
  const Json json = trained("diabetes.csv", "progression");
  EXPECT_GT(json["metrics"]["test"]["r2"].get<double>(), 0.3);
}

TEST(Examples, RentsOfMadeUpFlatsFollowFromTheirColumns) {
  const Json json = trained("flats.csv", "rent");
  EXPECT_GT(json["metrics"]["test"]["r2"].get<double>(), 0.9);
  ASSERT_EQ(json["warnings"].size(), 1u);
  EXPECT_NE(json["warnings"][0].get<std::string>().find("'id'"), std::string::npos);
}

}  // namespace
}  // namespace ffwd
