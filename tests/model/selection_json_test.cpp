#include "model/selection_json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

#include "ffwd/error.h"

namespace ffwd {
namespace {

Json record() {
  CrossValidation cv{.folds = 3};
  cv.figures = {{.name = "rmse", .mean = 1, .sd = 0.5, .all = 1.25}, {.name = "r2", .mean = 0, .sd = 0, .all = NAN}};
  PenaltyPath path{.penalty = "l2", .rule = "best", .folds = 5, .best = 1, .chosen = 1};
  path.points = {{.lambda = 0.1, .mean = std::numeric_limits<double>::infinity()},
                 {.lambda = 0.01, .mean = 2, .standard_error = 0.25}};
  return {{"cross_validation", cross_validation_json(cv)}, {"penalty_path", penalty_path_json(path)}};
}

std::string refusal(const std::function<void(Json&)>& change) {
  Json json = record();
  change(json);
  try {
    check_selection(JsonReader(json, "m.ffwd", "training"), {"rmse", "r2"});
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kModel);
    return error.what();
  }
  return "";
}

TEST(SelectionJson, SaysWhatWasFound) {
  EXPECT_EQ(dump_json(record()["cross_validation"]),
            R"({"folds":3,"metrics":{"rmse":{"mean":1.0,"sd":0.5,"all":1.25},"r2":{"mean":0.0,"sd":0.0,"all":null}}})");
  EXPECT_EQ(dump_json(record()["penalty_path"]),
            R"({"penalty":"l2","rule":"best","folds":5,"points":[{"lambda":0.1,"mean":null,"standard_error":0.0},)"
            R"({"lambda":0.01,"mean":2.0,"standard_error":0.25}],"best":1,"chosen":1})");
}

TEST(SelectionJson, RefusesWhatItWouldNotHaveWritten) {
  EXPECT_EQ(refusal([](Json&) {}), "");
  EXPECT_EQ(refusal([](Json& j) { j.erase("penalty_path"); }), "");
  EXPECT_EQ(refusal([](Json& j) { j.erase("cross_validation"); }), "");
  EXPECT_NE(refusal([](Json& j) { j["cross_validation"]["folds"] = 1; }), "");
  EXPECT_NE(refusal([](Json& j) { j["cross_validation"]["seconds"] = 1; }), "");
  EXPECT_NE(refusal([](Json& j) { j["cross_validation"]["metrics"].erase("r2"); }), "");
  EXPECT_NE(refusal([](Json& j) { j["cross_validation"]["metrics"]["mae"] = {}; }), "");
  EXPECT_NE(refusal([](Json& j) { j["cross_validation"]["metrics"]["r2"]["sd"] = "x"; }), "");
  EXPECT_NE(refusal([](Json& j) { j["penalty_path"]["penalty"] = "l3"; }), "");
  EXPECT_NE(refusal([](Json& j) { j["penalty_path"]["rule"] = "worst"; }), "");
  EXPECT_NE(refusal([](Json& j) { j["penalty_path"]["folds"] = 0; }), "");
  EXPECT_NE(refusal([](Json& j) { j["penalty_path"]["chosen"] = 2; }), "");
  EXPECT_NE(refusal([](Json& j) { j["penalty_path"]["points"][0]["lambda"] = 0; }), "");
  EXPECT_NE(refusal([](Json& j) { j["penalty_path"]["points"][1]["standard_error"] = -1; }), "");
}

}  // namespace
}  // namespace ffwd
