#include "pipeline/date_encoder.h"

#include <cmath>

#include "made_table.h"

namespace ffwd {
namespace {

Table dates(const Cells& cells, ColumnType type = ColumnType::kDate) {
  Table table;
  add_typed(table, "sold", type, cells);
  return table;
}

TEST(DateEncoder, MakesLinesAndCircles) {
  const Table table = dates({"2023-01-01", "2024-07-01"});  // a Sunday, a Monday
  const Pipeline pipeline = fitted(table);
  EXPECT_EQ(pipeline.feature_names(),
            (std::vector<std::string>{"sold: year", "sold: month (sine)", "sold: month (cosine)",
                                      "sold: day of year (sine)", "sold: day of year (cosine)", "sold: weekday (sine)",
                                      "sold: weekday (cosine)", "sold: days"}));
  const double turn = 2 * std::acos(-1.0);
  const std::vector<double> sunday{-1, 0, 1, 0, 1, std::sin(turn * 6 / 7), std::cos(turn * 6 / 7), -1};
  const std::vector<double> monday{1, 0, -1, std::sin(turn * 182 / 366), std::cos(turn * 182 / 366), 0, 1, 1};
  const Matrix out = features(pipeline, table);
  for (std::size_t j = 0; j < 8; ++j) {
    EXPECT_NEAR(out(0, j), sunday[j], 4e-16) << j;
    EXPECT_NEAR(out(1, j), monday[j], 4e-16) << j;
  }
}

TEST(DateEncoder, LeavesOutPartsThatDoNotVary) {
  EXPECT_EQ(fitted(dates({"2024-01-01", "2024-01-08"})).feature_names(),  // two Mondays of one month
            (std::vector<std::string>{"sold: day of year (sine)", "sold: day of year (cosine)", "sold: days"}));
}

TEST(DateEncoder, ReadsTheTimeOfTimestamps) {
  const Table table = dates({"2024-01-01 00:00", "2024-01-01T12:00Z"}, ColumnType::kTimestamp);
  const Pipeline pipeline = fitted(table);
  EXPECT_EQ(pipeline.feature_names(),
            (std::vector<std::string>{"sold: days", "sold: time of day (sine)", "sold: time of day (cosine)"}));
  EXPECT_EQ(row_of(features(pipeline, table), 0), (std::vector<double>{-1, 0, 1}));
  EXPECT_EQ(features(pipeline, dates({"2024-01-01"}))(0, 0), -1.0);  // a date is a timestamp at midnight
}

TEST(DateEncoder, PutsMissingCellsInTheMiddleAndMarksThem) {
  const Table table = dates({"2024-01-01", kNone, "2024-01-08"});
  EXPECT_EQ(row_of(features(fitted(table), table), 1), (std::vector<double>{0, 0, 0, 1}));
  EXPECT_EQ(row_of(features(fitted(dates({"2024-01-01", "2024-01-08"})), table), 1), (std::vector<double>{0, 0, 0}));
}

TEST(DateEncoder, RefusesWhatIsNoDate) {
  const Pipeline pipeline = fitted(dates({"2024-01-01", "2024-01-08"}));
  Table text;
  text.add_text("sold", {"2024-01-01", "8.1.2024"});
  EXPECT_EQ(fault_of([&] { pipeline.check(text); }).what, "column 'sold': '8.1.2024' is not a date such as 2024-02-29");
  const Table timestamps = dates({"2024-01-01", "2024-01-01 10:00"}, ColumnType::kTimestamp);
  const Fault fault = fault_of([&] { pipeline.check(timestamps); });
  EXPECT_EQ(fault.what, "column 'sold': '2024-01-01 10:00' is not a date such as 2024-02-29");
  EXPECT_EQ(fault.where, "table: row 2");
}

TEST(DateEncoder, GivesTheSameForFewRowsAsForMany) {
  const Table table = dates({"2024-01-01", "2023-05-05", kNone, "1999-12-31"});
  const Pipeline pipeline = fitted(table);
  for (RowIndex row = 0; row < 4; ++row) {
    UnseenByColumn unseen;
    EXPECT_EQ(row_of(features(pipeline, table, std::vector<RowIndex>{row}, unseen), 0),
              row_of(features(pipeline, table), row));
  }
}

TEST(DateEncoder, LeavesAConstantDateOut) {
  Table table = dates({"2024-01-01", "2024-01-01"});
  table.add_numbers("x", {1, 2});
  EXPECT_EQ(warnings_of_fitting(table), std::vector<std::string>{"column 'sold' is left out: it is constant"});
}

TEST(DateEncoder, WritesThePartsInUse) {
  NamedArrays arrays;
  EXPECT_EQ(dump_json(fitted(dates({"1970-01-01", "1970-01-29"})).to_json(arrays)),
            R"({"sold":{"encoder":"date","type":"date","parts":[{"part":"day_of_year"},)"
            R"({"part":"days","mean":14.0,"sd":14.0}],"missing":false}})");
}

}  // namespace
}  // namespace ffwd
