#include <cmath>
#include <functional>

#include "made_table.h"

namespace ffwd {
namespace {

/// A column for every encoder, with numbers that do not end in binary.
Table every_kind() {
  Table table;
  table.add_numbers("x", {0.1, 0.7, NAN, 1e-30, 1e30, 0.3});
  table.add_text("c", {"a", "a", "b", kNone, "b", "one"});
  add_typed(table, "b", ColumnType::kBoolean, {"true", "false", "true", kNone, "true", "true"});
  add_typed(table, "d", ColumnType::kDate,
            {"2024-02-29", "2023-01-01", kNone, "1999-12-31", "2000-06-15", "2024-02-28"});
  add_typed(table, "t", ColumnType::kTimestamp,
            {"2024-02-29 10:00", "2023-01-01", "2023-01-02", "1999-12-31 23:59:59.5", "2000-06-15", "2024-02-28"});
  table.add_numbers("g", {2, NAN, 2, 2, 2, 2});
  for (const char* name : {"n", "p", "q", "r", "s"}) table.add_numbers(name, {0.1, 0.7, NAN, 0.9, 2.1, 0.3});
  table.add_text("o", {"a", "a", "b", kNone, "b", "c"});
  table.add_text("z", {"b", "a", "b", kNone, "b", "c"});
  return table;
}

/// Every encoding that is not the usual one.
const PipelineOptions kOptions{.encode = {{"n", "none"},
                                          {"p", "piecewise_linear"},
                                          {"q", "quantile"},
                                          {"r", "robust"},
                                          {"s", "robust_smooth_clip"},
                                          {"o", "ordinal:c,d,a,b"},
                                          {"z", "one_hot_missing"}}};

Pipeline fitted_every_kind() {
  const Table table = every_kind();
  return fitted(table, all_rows(table), kOptions);
}

Pipeline reread(const Pipeline& pipeline) {
  NamedArrays arrays;
  const std::string text = dump_json(pipeline.to_json(arrays));
  return Pipeline::from_json(parse_json(text, ErrorKind::kModel, "m.ffwd"), arrays, "m.ffwd");
}

TEST(PipelineJson, ReadsBackToTheSameBits) {
  const Table table = every_kind();
  const Pipeline pipeline = fitted_every_kind(), again = reread(pipeline);
  EXPECT_EQ(again.encodings(), pipeline.encodings());
  EXPECT_EQ(again.feature_names(), pipeline.feature_names());
  EXPECT_EQ(again.columns(), pipeline.columns());
  const Matrix before = features(pipeline, table), after = features(again, table);
  EXPECT_TRUE(std::ranges::equal(before.values(), after.values()));
  NamedArrays first, second;
  EXPECT_EQ(dump_json(pipeline.to_json(first)), dump_json(again.to_json(second)));
}

TEST(PipelineJson, PutsLongArraysBesideTheText) {
  Cells cells;
  for (int k = 0; k < 400; ++k) cells.emplace_back(k < 200 ? "often" : "rare " + std::to_string(k % 100));
  Table table;
  table.add_text("c.1", cells);
  const Pipeline pipeline = fitted(table, all_rows(table), {.min_level_rows = 3});
  NamedArrays arrays;
  const Json json = pipeline.to_json(arrays);
  ASSERT_EQ(arrays.size(), 1u);
  EXPECT_EQ(arrays["c.1.pooled"].size(), 100u);
  EXPECT_FALSE(json["c.1"].contains("pooled"));
  const Pipeline again = Pipeline::from_json(json, arrays, "m.ffwd");
  UnseenByColumn unseen;
  features(again, table, all_rows(table), unseen);
  EXPECT_TRUE(unseen.empty());
}

std::string refusal(const std::function<void(Json&, NamedArrays&)>& change) {
  NamedArrays arrays;
  Json json = fitted_every_kind().to_json(arrays);
  change(json, arrays);
  const Fault fault = fault_of([&] { static_cast<void>(Pipeline::from_json(json, arrays, "m.ffwd")); });
  EXPECT_EQ(fault.kind, ErrorKind::kModel);
  EXPECT_EQ(fault.where, "m.ffwd");
  return fault.what;
}

TEST(PipelineJson, RefusesWhatIsNoPipeline) {
  const std::string start = "the model's 'preprocessing.columns' ";
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j = Json::array(); }), start + "must be an object");
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j = Json::object(); }), start + "must not be empty");
  EXPECT_EQ(refusal([](Json&, NamedArrays& a) { a["c.extra"] = {1}; }),
            "the model's 'preprocessing.columns.c.extra' is a tensor that belongs to nothing");
}

TEST(PipelineJson, RefusesEncodersAndTypesThatDoNotExist) {
  const std::string start = "the model's 'preprocessing.columns.x";
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["x"]["encoder"] = "numerik"; }),
            start + ".encoder' is not known: unknown encoder 'numerik'; did you mean 'numeric'?");
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["x"]["type"] = "nomber"; }),
            start + ".type' is no column type: unknown type 'nomber'; did you mean 'number'?");
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["x"]["type"] = "text"; }),
            start + ".type' does not go with the encoder 'numeric'");
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["x"] = 3; }), start + "' must be an object");
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["x"].erase("encoder"); }), start + ".encoder' is missing");
}

TEST(PipelineJson, RefusesUnknownKeysInEveryEncoder) {
  for (const char* column : {"x", "c", "b", "d", "t", "g", "n", "p", "q", "r", "s", "o", "z"})
    EXPECT_EQ(refusal([&](Json& j, NamedArrays&) { j[column]["extra"] = 1; }),
              "the model's 'preprocessing.columns." + std::string(column) + ".extra' is not known");
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["d"]["parts"][1]["sd"] = 1; }),
            "the model's 'preprocessing.columns.d.parts[1].sd' is not known");
}

TEST(PipelineJson, RefusesEveryKeyThatIsMissingOrOfAnotherType) {
  NamedArrays arrays;
  const Json whole = fitted_every_kind().to_json(arrays);
  for (const auto& column : whole.items()) {
    for (const auto& entry : column.value().items()) {
      SCOPED_TRACE(column.key() + "." + entry.key());
      Json without = whole, other = whole;
      without[column.key()].erase(entry.key());
      other[column.key()][entry.key()] = Json::object();
      EXPECT_THROW(static_cast<void>(Pipeline::from_json(other, arrays, "m")), Error);
      if (entry.key() == "range") continue;                        // later than the first files of format 1
      if (entry.key() == "form" && column.key() == "z") continue;  // the usual form has the same keys
      EXPECT_THROW(static_cast<void>(Pipeline::from_json(without, arrays, "m")), Error);
    }
    for (const char* part : {"range", "step"}) {
      if (!column.value().contains(part)) continue;
      for (const auto& entry : column.value().at(part).items()) {
        SCOPED_TRACE(column.key() + "." + part + "." + entry.key());
        Json without = whole, other = whole;
        without[column.key()][part].erase(entry.key());
        other[column.key()][part][entry.key()] = Json::object();
        EXPECT_THROW(static_cast<void>(Pipeline::from_json(without, arrays, "m")), Error);
        EXPECT_THROW(static_cast<void>(Pipeline::from_json(other, arrays, "m")), Error);
      }
    }
  }
}

TEST(PipelineJson, RefusesRangesAndStepsThatCannotBe) {
  const std::string start = "the model's 'preprocessing.columns.";
  const std::string rise = ".range' must rise from least over low and high to most";
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["x"]["range"]["low"] = 2e30; }), start + "x" + rise);
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["x"]["range"]["most"] = 0; }), start + "x" + rise);
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["b"]["range"] = j["x"]["range"]; }),
            start + "b.range' is for numbers only");
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["r"]["step"]["name"] = "robusst"; }),
            start + "r.step.name' is not known: unknown step 'robusst'; did you mean 'robust'?");
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["r"]["step"] = {{"name", "standard"}}; }),
            start + "r.step.name' is not known: unknown step 'standard'; did you mean 'standard'?");
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["r"]["sd"] = 1; }), start + "r.sd' does not go with a step");
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["r"]["step"]["q25"] = 9; }),
            start + "r.step.median' must lie between q25 and q75");
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["s"]["step"]["factor"] = 0; }),
            start + "s.step.factor' must be above 0");
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["p"]["step"]["edges"] = {1, 1}; }),
            start + "p.step.edges' must hold two or more rising numbers");
  for (const Json& quantiles : {Json{3}, Json{3, 3}, Json{3, 4, 3.5}})
    EXPECT_EQ(refusal([&](Json& j, NamedArrays&) { j["q"]["step"]["quantiles"] = quantiles; }),
              start + "q.step.quantiles' must hold two or more numbers that never fall, not all equal");
}

TEST(PipelineJson, RefusesFormsOfCategoriesThatCannotBe) {
  const std::string start = "the model's 'preprocessing.columns.o.";
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["o"]["form"] = "circle"; }),
            start + "form' is 'circle', which is none that this version knows");
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["o"]["counts"] = {0, 0, 2, 0}; }),
            start + "counts' must be over 0 for two levels or more");
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["o"].erase("form"); }),
            start + "counts' must hold a number of rows for each level");
}

TEST(PipelineJson, RefusesNumbersThatCannotBe) {
  const std::string start = "the model's 'preprocessing.columns.";
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["x"]["sd"] = 0; }), start + "x.sd' must be above 0");
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["x"]["sd"] = -1; }), start + "x.sd' must be above 0");
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["x"]["mean"] = INFINITY; }),
            start + "x.mean' must be a finite number");
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["d"]["parts"][0]["sd"] = 0; }),
            start + "d.parts[0].sd' must be above 0");
}

TEST(PipelineJson, RefusesLevelsThatContradictEachOther) {
  const std::string start = "the model's 'preprocessing.columns.c.";
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["c"]["levels"][1] = "a"; }), start + "levels' holds 'a' twice");
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["c"]["counts"].push_back(1); }),
            start + "counts' must hold a number of rows for each level");
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["c"]["counts"][0] = 1.5; }),
            start + "counts' must hold a number of rows for each level");
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["c"]["counts"][0] = 1e300; }),
            start + "counts' must hold a number of rows for each level");
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["c"]["pooled"] = {3, 3}; }),
            start + "pooled' must hold rising fingerprints");
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["c"]["pooled"] = {-1}; }),
            start + "pooled' must hold rising fingerprints");
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) {
              j["c"]["levels"] = Json::array();
              j["c"]["counts"] = Json::array();
              j["c"]["missing"] = false;
            }),
            start + "levels' leave nothing to tell apart");
}

TEST(PipelineJson, RefusesPartsOfDatesOutOfOrder) {
  const std::string start = "the model's 'preprocessing.columns.d.parts";
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { std::swap(j["d"]["parts"][1], j["d"]["parts"][2]); }),
            start + "[2].part' is there twice, or not in its order");
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["d"]["parts"][1]["part"] = "moth"; }),
            start + "[1].part' is not known: unknown part of a date 'moth'; did you mean 'month'?");
  EXPECT_EQ(refusal([](Json& j, NamedArrays&) { j["d"]["parts"] = Json::array(); }), start + "' must not be empty");
}

}  // namespace
}  // namespace ffwd
