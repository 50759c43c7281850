#include "pipeline/category_encoder.h"

#include "made_table.h"
#include "pipeline/level_hash.h"

namespace ffwd {
namespace {

Table texts(const Cells& cells) {
  Table table;
  table.add_text("city", cells);
  return table;
}

TEST(CategoryEncoder, IsOneHotInTheOrderOfFrequency) {
  const Table table = texts({"Rome", "Bern", "Rome", "Bern", "Rome"});
  const Pipeline pipeline = fitted(table);
  EXPECT_EQ(pipeline.feature_names(), (std::vector<std::string>{"city = Rome", "city = Bern"}));
  const Matrix out = features(pipeline, table);
  EXPECT_EQ(column_of(out, 0), (std::vector<double>{1, 0, 1, 0, 1}));
  EXPECT_EQ(column_of(out, 1), (std::vector<double>{0, 1, 0, 1, 0}));
}

TEST(CategoryEncoder, DoesNotDependOnTheOrderOfRows) {
  EXPECT_EQ(fitted(texts({"b", "a", "b", "a"})).feature_names(), fitted(texts({"a", "b", "a", "b"})).feature_names());
}

TEST(CategoryEncoder, PoolsRareLevelsAndSendsUnseenOnesThere) {
  const Pipeline pipeline = fitted(texts({"a", "a", "b", "b", "once", "twice", "twice"}));
  EXPECT_EQ(pipeline.feature_names(),
            (std::vector<std::string>{"city = a", "city = b", "city = twice", "city: rare or unknown"}));
  const Table later = texts({"once", "never", kNone, "b", "never again"});
  UnseenByColumn unseen;
  const Matrix out = features(pipeline, later, all_rows(later), unseen);
  EXPECT_EQ(column_of(out, 3), (std::vector<double>{1, 1, 1, 0, 1}));
  EXPECT_EQ(column_of(out, 1), (std::vector<double>{0, 0, 0, 1, 0}));
  ASSERT_EQ(unseen.size(), 1u);  // neither the pooled level nor the missing cell counts
  EXPECT_EQ(unseen["city"].n_rows, 2u);
  EXPECT_EQ(unseen["city"].example, "never");
}

TEST(CategoryEncoder, CapsTheNumberOfLevels) {
  const Table table = texts({"a", "a", "a", "b", "b", "c", "c", "d", "d"});
  const Pipeline pipeline = fitted(table, all_rows(table), {.max_levels = 2});
  EXPECT_EQ(pipeline.feature_names(), (std::vector<std::string>{"city = a", "city = b", "city: rare or unknown"}));
}

TEST(CategoryEncoder, SpreadsAnUnseenValueOverTheLevelsIfNoneWereRare) {
  const Pipeline pipeline = fitted(texts({"a", "a", "a", "b"}), first_rows(4), {.min_level_rows = 1});
  const Matrix out = features(pipeline, texts({"new", kNone}));
  EXPECT_EQ(row_of(out, 0), (std::vector<double>{0.75, 0.25}));
  EXPECT_EQ(row_of(out, 1), (std::vector<double>{0.75, 0.25}));
}

TEST(CategoryEncoder, GivesMissingCellsAFeatureIfTrainingHadSome) {
  const Table table = texts({"a", kNone, "a", "b", "b", "rare"});
  const Pipeline pipeline = fitted(table);
  EXPECT_EQ(pipeline.feature_names(),
            (std::vector<std::string>{"city = a", "city = b", "city: missing", "city: rare or unknown"}));
  EXPECT_EQ(row_of(features(pipeline, table), 1), (std::vector<double>{0, 0, 1, 0}));
}

TEST(CategoryEncoder, KeepsASingleLevelWithGaps) {
  EXPECT_EQ(fitted(texts({"yes", kNone, "yes"})).feature_names(),
            (std::vector<std::string>{"city = yes", "city: missing"}));
}

TEST(CategoryEncoder, ReadsNumbersAsTheirText) {
  const Pipeline pipeline = fitted(texts({"1", "2", "1", "2"}));
  Table table;
  table.add_integers("city", {2, 1, 7});
  UnseenByColumn unseen;
  EXPECT_EQ(row_of(features(pipeline, table, all_rows(table), unseen), 0), (std::vector<double>{0, 1}));
  EXPECT_EQ(unseen["city"].example, "7");
}

TEST(CategoryEncoder, KnowsANumberHoweverItIsWritten) {
  const Pipeline pipeline = fitted(texts({"1.0", "2.0", "1.0", "2.0"}));
  EXPECT_EQ(pipeline.feature_names(), (std::vector<std::string>{"city = 1", "city = 2"}));
  UnseenByColumn unseen;
  const Table later = texts({"1", "+2", "1e0", "01", "3.0"});
  EXPECT_EQ(column_of(features(pipeline, later, all_rows(later), unseen), 0), (std::vector<double>{1, 0, 1, 0.5, 0.5}));
  EXPECT_EQ(unseen["city"].n_rows, 2u);
  EXPECT_EQ(unseen["city"].example, "01");
  const Pipeline answers = fitted(texts({"True", "False", "True", "False"}));
  EXPECT_EQ(row_of(features(answers, texts({"true"})), 0), (std::vector<double>{0, 1}));
}

TEST(CategoryEncoder, TellsSpellingsApartWhereSomeTextIsNoNumber) {
  const Pipeline pipeline = fitted(texts({"1.0", "1", "x", "1.0", "1", "x"}));
  EXPECT_EQ(pipeline.feature_names(), (std::vector<std::string>{"city = 1", "city = 1.0", "city = x"}));
  UnseenByColumn unseen;
  const Table later = texts({"1.0", "1.00"});
  EXPECT_EQ(column_of(features(pipeline, later, all_rows(later), unseen), 1)[0], 1.0);
  EXPECT_EQ(unseen["city"].n_rows, 1u);
}

TEST(CategoryEncoder, GivesTheSameForFewRowsAsForMany) {
  Cells cells;
  for (int k = 0; k < 100; ++k) cells.emplace_back("v" + std::to_string(k % 40));
  const Table table = texts(cells);
  const Pipeline pipeline = fitted(table);
  const Matrix all = features(pipeline, table);
  for (RowIndex row = 0; row < 100; ++row) {
    UnseenByColumn unseen;
    EXPECT_EQ(row_of(features(pipeline, table, std::vector<RowIndex>{row}, unseen), 0), row_of(all, row));
  }
}

std::string reason(const Cells& cells) {
  Table table = texts(cells);
  std::vector<double> x(cells.size());
  std::iota(x.begin(), x.end(), 0.0);
  table.add_numbers("x", std::move(x));
  const std::vector<std::string> warnings = warnings_of_fitting(table);
  return warnings.empty() ? "" : warnings.front();
}

TEST(CategoryEncoder, LeavesIdentifiersOut) {
  Cells cells;
  for (int k = 0; k < 40; ++k) cells.emplace_back("name " + std::to_string(k % 21));
  EXPECT_EQ(reason(cells),
            "column 'city' is left out: 21 of its 40 values are distinct, as in a name or an identifier");
  cells[20] = "name 0";  // now 20 of 40
  EXPECT_EQ(reason(cells), "");
}

TEST(CategoryEncoder, LeavesConstantAndEmptyColumnsOut) {
  EXPECT_EQ(reason({"a", "a"}), "column 'city' is left out: it is constant ('a')");
  EXPECT_EQ(reason({kNone, kNone}), "column 'city' is left out: all its cells are missing");
}

TEST(CategoryEncoder, LeavesAColumnOutInWhichNothingRecurs) {
  EXPECT_EQ(reason({"a", "b", "c"}), "column 'city' is left out: no value occurs in 2 or more rows");
}

TEST(CategoryEncoder, WritesLevelsAndFingerprintsOfRareOnes) {
  NamedArrays arrays;
  const Json json = fitted(texts({"a", "a", "secret", "b", "b", "b"})).to_json(arrays);
  const std::string text = dump_json(json);
  EXPECT_TRUE(text.starts_with(R"({"city":{"encoder":"category","type":"text","levels":["b","a"],"counts":[3,2],)"))
      << text;
  EXPECT_EQ(text.find("secret"), std::string::npos);
  EXPECT_EQ(json["city"]["pooled"][0].get<double>(), level_hash("secret"));
}

Pipeline fitted_as(const Table& table, const std::string& encoding) {
  return fitted(table, all_rows(table), {.encode = {{"city", encoding}}});
}

TEST(CategoryEncoder, AsTextbooksHaveItIsInTheOrderOfBytesAndZeroForAllElse) {
  const Table table = texts({"red", "green", kNone, "blue", "green", "Red"});
  const Pipeline zeros = fitted_as(table, "one_hot_zeros"), missing = fitted_as(table, "one_hot_missing");
  EXPECT_EQ(zeros.feature_names(),
            (std::vector<std::string>{"city = Red", "city = blue", "city = green", "city = red"}));
  const Table later = texts({"blue", "violet", kNone});
  UnseenByColumn unseen;
  const Matrix out = features(zeros, later, all_rows(later), unseen);
  EXPECT_EQ(row_of(out, 0), (std::vector<double>{0, 1, 0, 0}));
  EXPECT_EQ(row_of(out, 1), (std::vector<double>{0, 0, 0, 0}));
  EXPECT_EQ(row_of(out, 2), (std::vector<double>{0, 0, 0, 0}));
  EXPECT_EQ(unseen["city"].example, "violet");
  EXPECT_EQ(row_of(features(missing, later), 2), (std::vector<double>{0, 0, 0, 0, 1}));
  EXPECT_EQ(zeros.encodings(), std::vector<std::string>{"one_hot_zeros"});
  EXPECT_EQ(missing.encodings(), std::vector<std::string>{"one_hot_missing"});
}

TEST(CategoryEncoder, CanBeTheStandardisedPlaceInAnOrder) {
  const Table table = texts({"small", "large", "small", "large", kNone});
  const Pipeline given = fitted_as(table, "ordinal:small,medium,large"), bytes = fitted_as(table, "ordinal");
  EXPECT_EQ(given.feature_names(), (std::vector<std::string>{"city", "city: missing"}));
  EXPECT_EQ(column_of(features(given, table), 0), (std::vector<double>{-1, 1, -1, 1, 0}));
  EXPECT_EQ(column_of(features(given, table), 1), (std::vector<double>{0, 0, 0, 0, 1}));
  EXPECT_EQ(column_of(features(bytes, table), 0), (std::vector<double>{1, -1, 1, -1, 0}));
  EXPECT_EQ(row_of(features(given, texts({"medium"})), 0), (std::vector<double>{0, 0}));
  UnseenByColumn unseen;
  const Table later = texts({"huge"});
  EXPECT_EQ(row_of(features(given, later, all_rows(later), unseen), 0), (std::vector<double>{0, 0}));
  EXPECT_EQ(unseen["city"].n_rows, 1u);
}

TEST(CategoryEncoder, RefusesAnOrderThatIsNone) {
  const auto fault = [](const Table& table, const std::string& encoding) {
    const Fault found = fault_of([&] { static_cast<void>(fitted_as(table, encoding)); });
    EXPECT_EQ(found.kind, ErrorKind::kUsage);
    EXPECT_EQ(found.where, "--encode");
    return found.what;
  };
  const Table table = texts({"a", "b"});
  EXPECT_EQ(fault(table, "ordinal:a"), "column 'city': 'b' has no place in the order");
  EXPECT_EQ(fault(table, "ordinal:a,b,a"), "column 'city': 'a' is there twice");
  EXPECT_EQ(fault(texts({"a", kNone}), "ordinal"), "column 'city': has one value, which is no order");
}

TEST(CategoryEncoder, TakesNamesForCategoriesWhereThatIsAskedFor) {
  Cells cells;
  for (int k = 0; k < 30; ++k) cells.emplace_back("name " + std::to_string(k));
  const Table table = texts(cells);
  EXPECT_EQ(fitted_as(table, "one_hot_zeros").n_features(), 30u);
  EXPECT_EQ(fitted_as(table, "ordinal").n_features(), 1u);
}

Pipeline coded(const Table& table, const PipelineOptions& options = {.codes = {"city"}}) {
  return fitted(table, all_rows(table), options);
}

TEST(CategoryEncoder, AsCodesIsTheNumberOfTheLevelInTheOrderOfBytes) {
  const Table table = texts({"red", "blue", "red", "blue", "green", "green", "red"});
  const Pipeline pipeline = coded(table);
  EXPECT_EQ(pipeline.feature_names(), std::vector<std::string>{"city"});
  EXPECT_EQ(pipeline.encodings(), std::vector<std::string>{"codes"});
  EXPECT_EQ(pipeline.codes_of_columns(), std::vector<std::size_t>{3});
  EXPECT_EQ(column_of(features(pipeline, table), 0), (std::vector<double>{2, 0, 2, 0, 1, 1, 2}));
  EXPECT_TRUE(pipeline.columns_with_slopes().empty());
}

TEST(CategoryEncoder, HasNoCodeForWhatTrainingDidNotHave) {
  UnseenByColumn unseen;
  const Table later = texts({"violet", kNone, "b"});
  const Pipeline pipeline = coded(texts({"a", "a", "b", "b"}));
  EXPECT_EQ(column_of(features(pipeline, later, all_rows(later), unseen), 0), (std::vector<double>{-1, -1, 1}));
  EXPECT_EQ(unseen["city"].n_rows, 1u) << "a missing cell is none";
}

TEST(CategoryEncoder, HasACodeForMissingCellsAndOneForRareLevelsIfTrainingHadSome) {
  const Table later = texts({"b", kNone, "once", "violet"});
  const Pipeline both = coded(texts({"a", "a", "b", "b", kNone, "once", "other"}));
  EXPECT_EQ(both.codes_of_columns(), std::vector<std::size_t>{4});
  EXPECT_EQ(column_of(features(both, later), 0), (std::vector<double>{1, 2, 3, 3}));
  const Pipeline rare = coded(texts({"a", "a", "b", "b", "once"}));
  EXPECT_EQ(rare.codes_of_columns(), std::vector<std::size_t>{3});
  EXPECT_EQ(column_of(features(rare, later), 0), (std::vector<double>{1, 2, 2, 2}));
  const Pipeline missing = coded(texts({"a", "a", "b", "b", kNone}));
  EXPECT_EQ(column_of(features(missing, later), 0), (std::vector<double>{1, 2, -1, -1}));
  const Pipeline all_rare = coded(texts({"a", "b", kNone}));
  EXPECT_EQ(column_of(features(all_rare, later), 0), (std::vector<double>{1, 0, 1, 1}));
}

TEST(CategoryEncoder, GivesACodeToEachOfManyLevels) {
  Cells cells;
  for (int k = 0; k < 1500; ++k) cells.emplace_back("shop " + std::to_string(k % 500));
  EXPECT_EQ(coded(texts(cells)).codes_of_columns(), std::vector<std::size_t>{500});
}

// As of any encoding that was asked for.
TEST(CategoryEncoder, GivesCodesToWhatLooksLikeAnIdentifierButNotWhereEachValueIsRare) {
  Cells cells;
  for (int k = 0; k < 40; ++k) cells.emplace_back("name " + std::to_string(k % 21));
  Table table = texts(cells);
  std::vector<double> x(cells.size());
  std::iota(x.begin(), x.end(), 0.0);
  table.add_numbers("x", x);
  EXPECT_EQ(coded(table).feature_names(), (std::vector<std::string>{"city", "x"}));
  for (int k = 0; k < 40; ++k) cells[static_cast<std::size_t>(k)] = "name " + std::to_string(k);
  Table distinct = texts(cells);
  distinct.add_numbers("x", x);
  EXPECT_EQ(coded(distinct).feature_names(), std::vector<std::string>{"x"});
}

TEST(CategoryEncoder, RefusesMoreLevelsThanAnEmbeddingTakes) {
  Cells cells;
  for (int k = 0; k < 2 * 100'001; ++k) cells.emplace_back("v" + std::to_string(k % 100'001));
  const Fault fault = fault_of([&] { static_cast<void>(coded(texts(cells))); });
  EXPECT_EQ(fault.kind, ErrorKind::kData);
  EXPECT_EQ(fault.what, "column 'city': an embedding of 100,001 values; the limit is 100,000");
}

TEST(CategoryEncoder, CodesComeBackFromAFileAndAreChecked) {
  NamedArrays arrays;
  const Table table = texts({"b", "b", "a", "a", kNone, "rare"});
  Json json = coded(table).to_json(arrays);
  EXPECT_EQ(json["city"]["form"], "codes");
  const Pipeline back = Pipeline::from_json(json, arrays, "m.ffwd");
  EXPECT_EQ(column_of(features(back, table), 0), column_of(features(coded(table), table), 0));
  json["city"]["levels"] = {"a"};
  json["city"]["counts"] = {2};
  json["city"]["missing"] = false;
  json["city"]["pooled"] = Json::array();
  const Fault fault = fault_of([&] { static_cast<void>(Pipeline::from_json(json, arrays, "m.ffwd")); });
  EXPECT_NE(fault.what.find("leave nothing to tell apart"), std::string::npos) << fault.what;
}

}  // namespace
}  // namespace ffwd
