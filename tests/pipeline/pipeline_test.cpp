#include "pipeline/pipeline.h"

#include <cmath>
#include <limits>
#include <random>

#include "made_table.h"

namespace ffwd {
namespace {

Table houses() {
  Table table;
  table.add_numbers("age", {1, 3, 5, 7});
  table.add_text("city", {"Rome", "Bern", "Rome", "Bern"});
  add_typed(table, "new", ColumnType::kBoolean, {"true", "false", "false", "true"});
  return table;
}

TEST(Pipeline, NamesItsFeaturesAndColumns) {
  const Pipeline pipeline = fitted(houses());
  EXPECT_EQ(pipeline.n_features(), 4u);
  EXPECT_EQ(pipeline.feature_names(), (std::vector<std::string>{"age", "city = Bern", "city = Rome", "new"}));
  const std::vector<std::pair<std::string, ColumnType>> columns{
      {"age", ColumnType::kNumber}, {"city", ColumnType::kText}, {"new", ColumnType::kBoolean}};
  EXPECT_EQ(pipeline.columns(), columns);
}

TEST(Pipeline, FindsColumnsByNameInAnyOrder) {
  Table table;
  table.add_text("extra", {"?", "!"});
  add_typed(table, "new", ColumnType::kBoolean, {"false", "true"});
  table.add_text("city", {"Rome", "Bern"});
  table.add_numbers("age", {5, 7});
  const Pipeline pipeline = fitted(houses());
  const Matrix here = features(pipeline, houses()), there = features(pipeline, table);
  EXPECT_EQ(row_of(there, 0), row_of(here, 2));
  EXPECT_EQ(row_of(there, 1), row_of(here, 3));
}

TEST(Pipeline, NamesAllColumnsThatAreMissing) {
  Table table;
  table.add_numbers("Age", {5});
  const Fault fault = fault_of([&] { fitted(houses()).check(table); });
  EXPECT_EQ(fault.what, "there are no columns 'age' (did you mean 'Age'?), 'city' and 'new'");
}

TEST(Pipeline, RoundsToFloatOnceAndKeepsTheRestOfEachRow) {
  const Table table = houses();
  const Pipeline pipeline = fitted(table);
  const Matrix exact = features(pipeline, table);
  std::vector<float> out(2 * 6, -9.0f);
  UnseenByColumn unseen;
  pipeline.transform(table, std::vector<RowIndex>{3, 0}, out.data(), 6, unseen);
  for (std::size_t j = 0; j < 4; ++j) {
    EXPECT_EQ(out[j], static_cast<float>(exact(3, j)));
    EXPECT_EQ(out[6 + j], static_cast<float>(exact(0, j)));
  }
  EXPECT_EQ(out[4], -9.0f);
  EXPECT_EQ(out[11], -9.0f);
}

TEST(Pipeline, RefusesInfiniteNumbersWithTheFirstPlace) {
  Table table;
  table.source = "t";
  table.add_numbers("age", {1, 2, 3, -INFINITY});
  table.add_text("city", {"Rome", "Bern", "Rome", "Bern"});
  add_typed(table, "new", ColumnType::kBoolean, {"true", "false", "false", "true"});
  const Fault fault = fault_of([&] { features(fitted(houses()), table); });
  EXPECT_EQ(fault.kind, ErrorKind::kData);
  EXPECT_EQ(fault.what, "column 'age': infinite number");
  EXPECT_EQ(fault.where, "t: row 4");
  EXPECT_NO_THROW(fitted(houses()).check(table));
}

TEST(Pipeline, AddsUpUnseenValuesOverCalls) {
  Table table = houses();
  const Pipeline pipeline = fitted(table);
  Table later;
  later.add_numbers("age", {1, 1, 1});
  later.add_text("city", {"Oslo", "Rome", "Wien"});
  add_typed(later, "new", ColumnType::kBoolean, {"true", "true", "true"});
  UnseenByColumn unseen;
  features(pipeline, later, first_rows(2), unseen);
  features(pipeline, later, first_rows(3), unseen);
  ASSERT_EQ(unseen.size(), 1u);
  EXPECT_EQ(unseen["city"].n_rows, 3u);
  EXPECT_EQ(unseen["city"].example, "Oslo");
}

TEST(Pipeline, OfManyRowsAgreesWithRowsOneByOne) {
  const std::size_t n = 700;  // several strips
  std::mt19937 random(3);
  std::vector<double> x(n);
  Cells c;
  for (std::size_t i = 0; i < n; ++i) {
    x[i] = static_cast<double>(random());
    c.emplace_back(std::to_string(random() % 30));
  }
  Table table;
  table.add_numbers("x", std::move(x));
  table.add_text("c", c);
  const Pipeline pipeline = fitted(table);
  const Matrix all = features(pipeline, table);
  for (RowIndex row = 0; row < n; ++row) {
    UnseenByColumn unseen;
    ASSERT_EQ(row_of(features(pipeline, table, std::vector<RowIndex>{row}, unseen), 0), row_of(all, row));
  }
}

TEST(Pipeline, IsFiniteForNumbersOfAnyMagnitude) {
  std::mt19937_64 random(11);
  const auto draw = [&](double scale, double offset) {
    return (std::ldexp(static_cast<double>(random() >> 11), -53) - 0.5) * scale + offset;
  };
  for (int power = -285; power <= 300; power += 15) {
    SCOPED_TRACE(power);
    const double scale = std::pow(10.0, power);
    Table train, later;
    for (const double offset : {0.0, 1.0, -1e6}) {
      std::vector<double> x(50), z(50);
      for (double& value : x) value = random() % 10 == 0 ? std::nan("") : draw(scale, offset * scale);
      for (double& value : z) value = draw(std::pow(10.0, static_cast<double>(random() % 600) - 300), 0.0);
      train.add_numbers("x" + std::to_string(offset), std::move(x));
      later.add_numbers("x" + std::to_string(offset), std::move(z));
    }
    const Pipeline pipeline = fitted(train);
    std::vector<float> out(50 * pipeline.n_features());
    UnseenByColumn unseen;
    for (const Table* table : {&train, &later}) {
      pipeline.transform(*table, first_rows(50), out.data(), pipeline.n_features(), unseen);
      for (const float z : out) ASSERT_TRUE(std::isfinite(z));
    }
  }
}

/// A column for every encoding of numbers, one of them with the usual, a text, a date, a boolean.
Table for_slopes(double h) {
  Table table;
  const std::vector<double> x = {0.3, 1.1, 1.9, 2.6, 3.7, 5.2, 8.9};
  for (const char* name : {"std", "rob", "clip", "quan", "bins", "none"}) {
    std::vector<double> moved = x;
    for (double& value : moved) value += h;
    if (h == 0) moved.back() = std::nan("");
    table.add_numbers(name, moved);
  }
  table.add_text("text", {"a", "b", "a", "b", "a", "b", "a"});
  add_typed(table, "date", ColumnType::kDate, Cells(7, "2024-02-29"));
  add_typed(table, "bool", ColumnType::kBoolean, {"true", "false", "true", "false", "true", "false", "true"});
  return table;
}

const PipelineOptions kEveryStep{.encode = {{"rob", "robust"},
                                            {"clip", "robust_smooth_clip"},
                                            {"quan", "quantile"},
                                            {"bins", "piecewise_linear"},
                                            {"none", "none"}}};

TEST(Pipeline, HasTheSlopesOfItsFeaturesInTheColumnsUnits) {
  const Table fit_on = for_slopes(0);
  const Pipeline pipeline = fitted(fit_on, all_rows(fit_on), kEveryStep);
  const std::size_t n = pipeline.n_features();
  constexpr double kH = 1e-6, kAway = 0.01;  // away from the values fitted on, which are kinks of two of the steps
  const Table at = for_slopes(kAway);
  const Matrix above = features(pipeline, for_slopes(kAway + kH)), below = features(pipeline, for_slopes(kAway - kH));
  std::vector<double> slopes(7 * n, 99.0);
  pipeline.slopes(at, all_rows(at), slopes.data(), n);
  for (std::size_t j = 0; j < n; ++j) {
    if (pipeline.feature_names()[j] == "bool") continue;  // whose cells cannot be moved
    for (std::size_t i = 0; i < 7; ++i)
      EXPECT_NEAR(slopes[i * n + j], (above(i, j) - below(i, j)) / (2 * kH), 1e-6) << i << " " << j;
  }
}

TEST(Pipeline, HasNoSlopeWhereCellsAreMissingOrBounded) {
  Table fit_on, at;
  fit_on.add_numbers("x", {-1, 1, std::nan(""), -1, 1});
  at.add_numbers("x", {0.5, std::nan(""), 100});
  std::vector<double> slopes(6, 99.0);
  fitted(fit_on).slopes(at, all_rows(at), slopes.data(), 2);
  EXPECT_EQ(slopes, (std::vector<double>{1, 0, 0, 0, 0, 0}));
  fitted(fit_on, all_rows(fit_on), {.bound = false}).slopes(at, all_rows(at), slopes.data(), 2);
  EXPECT_EQ(slopes, (std::vector<double>{1, 0, 0, 0, 1, 0}));
}

TEST(Pipeline, TellsWhichColumnEachFeatureIsMadeOf) {
  Table table;
  table.add_numbers("x", {1, 2, std::nan(""), 4});
  table.add_text("c", {"a", "b", "a", "b"});
  table.add_numbers("y", {1, 2, 3, 4});
  EXPECT_EQ(fitted(table).column_of_feature(), (std::vector<std::size_t>{0, 0, 1, 1, 2}));
}

}  // namespace
}  // namespace ffwd
