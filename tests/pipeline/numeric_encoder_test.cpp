#include "pipeline/numeric_encoder.h"

#include <cmath>
#include <limits>

#include "made_table.h"

namespace ffwd {
namespace {

const double kNaN = std::numeric_limits<double>::quiet_NaN();

Table numbers(std::vector<double> values) {
  Table table;
  table.add_numbers("x", std::move(values));
  return table;
}

TEST(NumericEncoder, StandardisesByThePopulation) {
  const Table table = numbers({2, 4, 4, 4, 5, 5, 7, 9});
  const Pipeline pipeline = fitted(table);
  EXPECT_EQ(pipeline.feature_names(), std::vector<std::string>{"x"});
  EXPECT_EQ(column_of(features(pipeline, table), 0), (std::vector<double>{-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2}));
}

TEST(NumericEncoder, MarksMissingCellsAndTakesTheMedianForThem) {
  const Table table = numbers({1, kNaN, 3, 11});  // mean 5, sd sqrt(56/3), median 3
  const Pipeline pipeline = fitted(table);
  EXPECT_EQ(pipeline.feature_names(), (std::vector<std::string>{"x", "x: missing"}));
  const Matrix out = features(pipeline, table);
  EXPECT_EQ(out(1, 0), (3 - 5.0) / std::sqrt(56.0 / 3));
  EXPECT_EQ(out(1, 0), out(2, 0));
  EXPECT_EQ(column_of(out, 1), (std::vector<double>{0, 1, 0, 0}));
}

TEST(NumericEncoder, TakesTheMedianForAGapThatTrainingDidNotHave) {
  const Pipeline pipeline = fitted(numbers({1, 3, 11}));
  const Matrix out = features(pipeline, numbers({kNaN, 3}));
  EXPECT_EQ(out(0, 0), out(1, 0));
  EXPECT_EQ(out.columns(), 1u);
}

TEST(NumericEncoder, ReadsIntegersNumbersBooleansAndEmptyColumns) {
  Table integers;
  integers.add_integers("x", {0, 1, 2});
  const Pipeline pipeline = fitted(integers);
  Table booleans, missing;
  add_typed(booleans, "x", ColumnType::kBoolean, {"false", "TRUE", kNone});
  add_missing(missing, "x", 1);
  const double sd = std::sqrt(2.0 / 3);
  EXPECT_EQ(column_of(features(pipeline, numbers({0.5})), 0), std::vector<double>{-0.5 / sd});
  EXPECT_EQ(column_of(features(pipeline, booleans), 0), (std::vector<double>{-1 / sd, 0, 0}));
  EXPECT_EQ(column_of(features(pipeline, missing), 0), std::vector<double>{0.0});
}

TEST(NumericEncoder, RefusesTextAndNamesTheFirstCellThatIsNoNumber) {
  const Pipeline pipeline = fitted(numbers({1, 2, 3}));
  Table table;
  table.add_text("x", {"1", kNone, "two", "x"});
  const Fault fault = fault_of([&] { pipeline.check(table); });
  EXPECT_EQ(fault.kind, ErrorKind::kData);
  EXPECT_EQ(fault.what, "column 'x': 'two' is not a number");
  EXPECT_EQ(fault.where, "table: row 3");
  EXPECT_EQ(fault.fix, "write the cell the way this column was written in training");
}

TEST(NumericEncoder, LeavesAConstantColumnOut) {
  Table table = numbers({1, 2});
  table.add_numbers("k", {0.1, 0.1});
  table.add_integers("big", {9007199254740992, 9007199254740993});  // one number in float64
  EXPECT_EQ(warnings_of_fitting(table), (std::vector<std::string>{"column 'k' is left out: it is constant (0.1)",
                                                                  "column 'big' is left out: it is constant "
                                                                  "(9007199254740992)"}));
}

TEST(NumericEncoder, LeavesAColumnWithoutValuesOut) {
  Table table = numbers({1, 2});
  table.add_numbers("m", {kNaN, kNaN});
  EXPECT_EQ(warnings_of_fitting(table), std::vector<std::string>{"column 'm' is left out: all its cells are missing"});
}

TEST(NumericEncoder, KeepsTheGapsOfAnOtherwiseConstantColumn) {
  const Table table = numbers({10, kNaN, 10});
  EXPECT_EQ(fitted(table).feature_names(), std::vector<std::string>{"x: missing"});
  EXPECT_TRUE(warnings_of_fitting(table).empty());
}

TEST(NumericEncoder, WritesEveryNumberItNeeds) {
  NamedArrays arrays;
  EXPECT_EQ(dump_json(fitted(numbers({1, kNaN, 3})).to_json(arrays)),
            R"({"x":{"encoder":"numeric","type":"number","mean":2.0,"sd":1.0,"median":2.0,"missing":true,)"
            R"("range":{"low":1.0,"high":3.0,"least":-2.0,"most":6.0,"bounded":true}}})");
  EXPECT_TRUE(arrays.empty());
}

Pipeline fitted_as(const Table& table, const std::string& encoding) {
  return fitted(table, all_rows(table), {.encode = {{"x", encoding}}});
}

TEST(NumericEncoder, GoesThroughTheStepThatWasChosen) {
  const Table table = numbers({1, kNaN, 3, 11, 5, 7});  // median 5, quartiles 3 and 7
  EXPECT_EQ(row_of(features(fitted_as(table, "robust"), table), 3), (std::vector<double>{1.5, 0}));
  EXPECT_EQ(row_of(features(fitted_as(table, "none"), table), 1), (std::vector<double>{5, 1}));
  EXPECT_EQ(row_of(features(fitted_as(table, "quantile"), table), 4), (std::vector<double>{0, 0}));
  EXPECT_EQ(fitted_as(table, "robust").encodings(), std::vector<std::string>{"robust"});
  const Pipeline bins = fitted_as(table, "piecewise_linear");
  EXPECT_EQ(bins.feature_names(),
            (std::vector<std::string>{"x: 1 to 3", "x: 3 to 5", "x: 5 to 7", "x: 7 to 11", "x: missing"}));
  EXPECT_EQ(row_of(features(bins, table), 1), (std::vector<double>{1, 1, 0, 0, 1}));
}

TEST(NumericEncoder, TakesOneStepForAllColumnsButThoseWithTheirOwn) {
  Table table = numbers({1, 2, 3});
  table.add_integers("k", {4, 5, 6});
  add_typed(table, "b", ColumnType::kBoolean, {"true", "false", "true"});
  const Pipeline pipeline = fitted(table, all_rows(table), {.numeric = "robust", .encode = {{"k", "none"}}});
  EXPECT_EQ(pipeline.encodings(), (std::vector<std::string>{"robust", "none", "standard"}));
}

TEST(NumericEncoder, TakesFarNumbersForTheNearestThatIsNotAndCountsThem) {
  const Table table = numbers({-1, 1, -1, 1}), far = numbers({2, 7, -1e9, 4, kNaN});  // mean 0, sd 1
  UnseenByColumn unseen;
  const Matrix out = features(fitted(table), far, all_rows(far), unseen);
  EXPECT_EQ(column_of(out, 0), (std::vector<double>{2, 4, -4, 4, 0}));
  EXPECT_EQ(unseen["x"].n_rows, 2u);
  EXPECT_EQ(unseen["x"].example, "7");
}

TEST(NumericEncoder, OnlyCountsFarNumbersWhereTheyAreNotBounded) {
  const Table table = numbers({-1, 1, -1, 1}), far = numbers({7});
  UnseenByColumn unseen;
  const Pipeline pipeline = fitted(table, all_rows(table), {.bound = false});
  EXPECT_EQ(features(pipeline, far, all_rows(far), unseen)(0, 0), 7.0);
  EXPECT_EQ(unseen["x"].n_rows, 1u);
  EXPECT_FALSE(pipeline.range_of("x")->bounded);
}

TEST(NumericEncoder, ReadsModelsThatDoNotSayWhereTheirValuesLay) {
  const Json json =
      parse_json(R"({"x":{"encoder":"numeric","type":"number","mean":2.0,"sd":1.0,"median":2.0,"missing":false}})",
                 ErrorKind::kModel, "m");
  const Pipeline pipeline = Pipeline::from_json(json, {}, "m");
  EXPECT_EQ(pipeline.range_of("x"), nullptr);
  EXPECT_EQ(features(pipeline, numbers({1000}))(0, 0), 998.0);
  NamedArrays arrays;
  EXPECT_EQ(pipeline.to_json(arrays), json);
}

TEST(NumericEncoder, PassesOnTheCautionOfItsStep) {
  const Table table = numbers({0, 0, 0, 0, 0, 9});
  std::vector<std::string> warnings;
  static_cast<void>(Pipeline::fit(table, all_rows(table), table.names(), {.encode = {{"x", "robust"}}}, warnings));
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_TRUE(warnings[0].starts_with("column 'x': robust does not scale it")) << warnings[0];
}

}  // namespace
}  // namespace ffwd
