#include "model/preparation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "ffwd/error.h"
#include "model/flats.h"
#include "pipeline/value_range.h"

namespace ffwd {
namespace {

std::string refusal(const Table& table, const FitOptions& options) {
  try {
    (void)prepare(table, nullptr, nullptr, options);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

FitOptions target(const std::string& name) {
  FitOptions options;
  options.targets = {name};
  return options;
}

TEST(Preparation, SuggestsTheNearestColumn) {
  EXPECT_NE(refusal(flats(50), target("rentt")).find("no column 'rentt'; did you mean 'rent'?"), std::string::npos);
  FitOptions options = target("rent");
  options.drop = {"distrct"};
  EXPECT_NE(refusal(flats(50), options).find("--drop: there is no column 'distrct'; did you mean 'district'?"),
            std::string::npos);
  options.drop = {"rent"};
  EXPECT_NE(refusal(flats(50), options).find("--drop and --target both name 'rent'"), std::string::npos);
}

TEST(Preparation, EncodesColumnsAsChosen) {
  FitOptions options = target("rent");
  options.numeric = "robust";
  options.encode = {{"district", "ordinal"}};
  options.bound = false;
  const Preparation p = prepare(flats(200), nullptr, nullptr, options);
  const std::vector<std::string> encodings = p.pipeline->encodings();
  EXPECT_NE(std::ranges::find(encodings, "robust"), encodings.end());
  EXPECT_NE(std::ranges::find(encodings, "ordinal"), encodings.end());
  EXPECT_FALSE(p.pipeline->range_of("size")->bounded);
}

TEST(Preparation, RefusesAnEncodingOfWhatIsNoFeature) {
  FitOptions options = target("rent");
  options.encode = {{"distrct", "ordinal"}};
  EXPECT_NE(refusal(flats(50), options).find("--encode: there is no column 'distrct'; did you mean 'district'?"),
            std::string::npos);
  options.encode = {{"rent", "quantile"}};
  EXPECT_NE(refusal(flats(50), options).find("--encode names 'rent', which is no feature: --target names it too"),
            std::string::npos);
}

TEST(Preparation, RefusesSharesThatLeaveNothingEvenIfOneIsTheDefault) {
  FitOptions options = target("rent");
  options.valid_fraction = 0.85;
  EXPECT_NE(refusal(flats(200), options).find("--valid-fraction 0.85 and --test-fraction 0.2 leave no rows"),
            std::string::npos);
}

TEST(Preparation, WarnsWhenThePromisedRowsCannotBeKept) {
  FitOptions options = target("rent");
  options.valid_fraction = 0.001;
  const Preparation p = prepare(flats(200), nullptr, nullptr, options);
  ASSERT_EQ(p.warnings.size(), 1u);
  EXPECT_EQ(p.warnings[0], "a share of 0.001 of 200 rows was to be kept to validate on; none is that");
}

TEST(Preparation, SaysThatGroupsAreKeptWhole) {
  FitOptions options = target("rent");
  options.group = "one";
  std::string csv = "one,size,rent\n";
  for (int r = 0; r < 200; ++r) csv += "a," + std::to_string(r) + "," + std::to_string(2 * r) + "\n";
  const Table table = read_csv(csv, "one.csv");
  const Preparation p = prepare(table, nullptr, nullptr, options);
  ASSERT_EQ(p.warnings.size(), 2u);
  EXPECT_EQ(p.warnings[0],
            "none of the 200 rows could be kept to validate on: --group keeps groups whole, and one of them must stay "
            "to be trained on");
}

TEST(Preparation, WarnsOfGroupsThatAreBothTrainedAndTestedOn) {
  FitOptions options = target("rent");
  options.group = "district";
  const Table table = flats(200), test = flats(20, 3);
  const Preparation p = prepare(table, nullptr, &test, options);
  EXPECT_TRUE(std::ranges::any_of(p.warnings, [](const std::string& warning) {
    return warning.starts_with("flats.csv: rows of groups that are trained on too, such as '");
  }));
}

TEST(Preparation, WarnsOfGroupsWhereNothingIsCut) {
  FitOptions options = target("rent");
  options.group = "district";
  const Preparation p = prepare(flats(60), nullptr, nullptr, options);
  ASSERT_EQ(p.warnings.size(), 1u);
  EXPECT_TRUE(p.warnings[0].starts_with("--group: no rows are cut off")) << p.warnings[0];
}

TEST(Preparation, WarnsOfClassesThatCannotBeMeasured) {
  std::string text = "a,y\n";
  for (int i = 0; i < 200; ++i)
    text += std::to_string(i * i % 31) + (i == 7 ? ",odd\n" : i % 2 == 0 ? ",even\n" : ",one\n");
  const Preparation p = prepare(read_csv(text, "t.csv"), nullptr, nullptr, target("y"));
  ASSERT_EQ(p.warnings.size(), 2u);
  EXPECT_EQ(p.warnings[0], "1 of 3 classes have no row to validate on, such as 'odd'");
  EXPECT_EQ(p.warnings[1], "1 of 3 classes have no row to test on, such as 'odd'");
}

TEST(Preparation, WarnsOfUnitsThatLetNoGradientPass) {
  FitOptions options = target("rent");
  options.hidden = "4 tanh, 3 heaviside";
  EXPECT_TRUE(
      prepare(flats(60), nullptr, nullptr, options).warnings[0].starts_with("heaviside, the unit of 'hidden2',"));
  options.hidden.reset();
  options.network =
      R"({"layers": [{"name": "g", "type": "units", "units": [["a", "heaviside"]], "edges": [["x.0", "a"]],
                                    "outputs": ["a"]}, {"name": "y"}]})";
  options.drop = {"district"};
  const auto warnings = prepare(flats(60), nullptr, nullptr, options).warnings;
  EXPECT_TRUE(
      std::ranges::any_of(warnings, [](const auto& w) { return w.starts_with("heaviside, the unit of 'g',"); }));
}

TEST(Preparation, RefusesBeforeTrainingWhatCouldNotBeSaved) {
  std::string header = "y", first = "\n1", second = "\n2";
  for (int k = 0; k < 600; ++k) {
    header += "," + std::string(30000, 'x') + std::to_string(k);
    first += ",3";
    second += ",4";
  }
  EXPECT_NE(refusal(read_csv(header + first + second + "\n", "t.csv"), target("y")).find("more than the 16,777,216"),
            std::string::npos);
}

TEST(Preparation, AFileOfOneColumnIsLikelyCutAtTheWrongSign) {
  EXPECT_NE(refusal(read_csv("a;y\n1;2\n", "t.csv", {.delimiter = ','}), target("y")).find("--delimiter"),
            std::string::npos);
}

TEST(Preparation, RefusesTooFewRows) {
  EXPECT_NE(refusal(read_csv("a,y\n", "t.csv"), target("y")).find("no data rows"), std::string::npos);
  EXPECT_NE(refusal(read_csv("a,y\n1,2\n", "t.csv"), target("y")).find("only 1 row"), std::string::npos);
}

TEST(Preparation, LeavesOutDroppedColumnsAndRowsWithoutATargetAndSaysSo) {
  const Table table = read_csv("a,b,y\n1,5,2\n2,4,\n3,7,4\n4,1,5\n", "t.csv");
  EXPECT_NE(refusal(table, target("y")).find("t.csv:3:3"), std::string::npos);
  FitOptions options = target("y");
  options.drop_missing_target = true;
  options.drop = {"b"};
  const Preparation p = prepare(table, nullptr, nullptr, options);
  EXPECT_EQ(p.split.train, (std::vector<RowIndex>{0, 2, 3}));
  EXPECT_EQ(p.notes[1], "1 rows without a target left out");
  ASSERT_EQ(p.pipeline->columns().size(), 1u);
  EXPECT_EQ(p.pipeline->columns()[0].first, "a");
}

TEST(Preparation, SaysWhatItInferredAndTheOptionThatChangesIt) {
  const Preparation p = prepare(flats(200), nullptr, nullptr, target("dear"));
  EXPECT_EQ(p.notes[0], "classification, because the target 'dear' is text");
  EXPECT_EQ(p.split.test.size(), 40u);
  EXPECT_EQ(p.split.valid.size(), 20u);
}

}  // namespace
}  // namespace ffwd
