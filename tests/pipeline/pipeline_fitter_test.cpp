#include "pipeline/pipeline_fitter.h"

#include <cmath>
#include <limits>
#include <random>

#include "made_table.h"
#include "support/stored_table.h"

namespace ffwd {
namespace {

const double kNaN = std::numeric_limits<double>::quiet_NaN();

/// A column of every type, with gaps.
Table mixed(std::size_t n) {
  std::mt19937 random(7);
  Table table;
  std::vector<double> x(n);
  std::vector<std::int64_t> k(n);
  Cells c, b, d, t;
  for (std::size_t i = 0; i < n; ++i) {
    const auto r = static_cast<unsigned>(random());
    x[i] = r % 11 == 0 ? kNaN : (r % 1000) / 7.0;
    k[i] = r % 97;
    c.push_back(r % 13 == 0 ? kNone : std::optional("level " + std::to_string(r % 150)));
    b.push_back(r % 17 == 0 ? kNone : std::optional<std::string>(r % 2 == 0 ? "true" : "false"));
    d.push_back("20" + std::to_string(10 + r % 14) + "-0" + std::to_string(1 + r % 9) + "-12");
    t.push_back("2024-01-0" + std::to_string(1 + r % 8) + " 1" + std::to_string(r % 10) + ":30");
  }
  table.add_numbers("x", std::move(x));
  table.add_integers("k", std::move(k));
  table.add_text("c", c);
  add_typed(table, "b", ColumnType::kBoolean, b);
  add_typed(table, "d", ColumnType::kDate, d);
  add_typed(table, "t", ColumnType::kTimestamp, t);
  return table;
}

std::string json_of(const Pipeline& pipeline) {
  NamedArrays arrays;
  std::string text = dump_json(pipeline.to_json(arrays));
  for (const auto& [name, values] : arrays) text += name + dump_json(values);
  return text;
}

TEST(PipelineFitter, DoesNotDependOnHowTheRowsAreCut) {
  const Table table = mixed(1000);
  const std::vector<RowIndex> rows = all_rows(table);
  const std::string whole = json_of(fitted(table));
  for (const std::size_t size : {1u, 7u, 100u, 999u}) {
    PipelineFitter fitter({}, table.names());
    for (std::size_t begin = 0; begin < rows.size(); begin += size)
      fitter.add(table, std::span(rows).subspan(begin, std::min(size, rows.size() - begin)));
    std::vector<std::string> warnings;
    EXPECT_EQ(json_of(fitter.finish(warnings)), whole) << size;
  }
}

TEST(PipelineFitter, DoesNotDependOnThreads) {
  Table table = mixed(20'000);  // enough to wake some
  std::vector<std::string> one_warned, warned;
  const std::string one = json_of(Pipeline::fit(table, all_rows(table), table.names(), {}, one_warned));
  for (const unsigned threads : {2u, 3u, 8u}) {
    const PipelineOptions options{.threads = threads};
    warned.clear();
    EXPECT_EQ(json_of(Pipeline::fit(table, all_rows(table), table.names(), options, warned)), one) << threads;
    EXPECT_EQ(warned, one_warned);
    PipelineFitter pieces(options, table.names());
    pieces.add(table, all_rows(table));
    EXPECT_EQ(json_of(pieces.finish(warned)), one) << threads;
  }
}

TEST(PipelineFitter, TheFirstInfiniteNumberIsReportedWhicheverThreadMeetsIt) {
  Table table;
  std::vector<double> late(20'000, 1.0), early(20'000, 2.0);
  late[900] = early[30] = std::numeric_limits<double>::infinity();
  table.add_numbers("late", late);
  table.add_numbers("early", early);
  std::vector<std::string> warnings;
  for (const unsigned threads : {1u, 2u}) {
    try {
      (void)Pipeline::fit(table, all_rows(table), table.names(), {.threads = threads}, warnings);
      ADD_FAILURE() << "was not refused";
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find("table: row 31"), std::string::npos) << error.what();
    }
  }
}

TEST(PipelineFitter, DoesNotDependOnWhetherTheTableIsInMemory) {
  Table table = mixed(20'000);
  const std::vector<RowIndex> rows = all_rows(table);
  const std::vector<std::string> names = table.names();
  const PipelineOptions options{.threads = 3};
  std::vector<std::string> warnings, others;
  const std::string wanted = json_of(Pipeline::fit(table, rows, names, options, warnings));
  EXPECT_EQ(json_of(Pipeline::fit(stored(table), rows, names, options, others)), wanted);
  EXPECT_EQ(others, warnings);
}

TEST(PipelineFitter, TheFirstInfiniteNumberOfAStoredTableIsThatOfTheWhole) {
  Table table = mixed(1000);
  std::vector<double> more(1000, 1.0);
  more[700] = std::numeric_limits<double>::infinity();
  table.edit(0).numbers[800] = more[700];
  table.add_numbers("z", more);
  const std::vector<RowIndex> rows = all_rows(table);
  const auto refusal = [&](const Table& from) {
    std::vector<std::string> warnings;
    return fault_of([&] { (void)Pipeline::fit(from, rows, from.names(), {.threads = 2}, warnings); }).where;
  };
  EXPECT_EQ(refusal(table), "table: row 701");
  EXPECT_EQ(refusal(stored(table)), "table: row 701");
}

TEST(PipelineFitter, TakesPiecesFromTablesOfTheirOwn) {
  Table whole, first, second;
  whole.add_text("c", {"a", "b", "b", "a", "b"});
  first.add_text("c", {"a", "b"});
  second.add_text("c", {"b", "a", "b"});
  PipelineFitter fitter({}, whole.names());
  fitter.add(first, all_rows(first));
  fitter.add(second, all_rows(second));
  std::vector<std::string> warnings;
  EXPECT_EQ(json_of(fitter.finish(warnings)), json_of(fitted(whole)));
}

TEST(PipelineFitter, LooksAtTheTrainingRowsAlone) {
  Table table, other;
  table.add_numbers("x", {1, 2, 3, 1e300, kNaN});
  table.add_integers("id", {5, 6, 7, 0, 0});
  table.add_text("c", {"a", "b", "a", "new", kNone});
  other.add_numbers("x", {1, 2, 3});
  other.add_integers("id", {5, 6, 7});
  other.add_text("c", {"a", "b", "a"});
  EXPECT_EQ(json_of(fitted(table, first_rows(3))), json_of(fitted(other)));
}

TEST(PipelineFitter, LeavesOutAColumnThatOnlyNumbersTheRows) {
  Table table;
  table.add_integers("house_id", {101, 102, 103, 104});
  table.add_integers("step", {0, 1, 2, 3});
  EXPECT_EQ(fitted(table).feature_names(), std::vector<std::string>{"step"});
  EXPECT_EQ(
      warnings_of_fitting(table),
      std::vector<std::string>{"column 'house_id' is left out: it only numbers the rows (rename it to train on it)"});
  const std::vector<RowIndex> some{0, 2, 3};
  EXPECT_EQ(fitted(table, some).feature_names(), std::vector<std::string>{"step"});
}

TEST(PipelineFitter, KeepsARowNumberThatIsTheOnlyFeature) {
  Table table;
  table.add_integers("index", {1, 2, 3, 4});
  table.add_numbers("k", {5, 5, 5, 5});
  EXPECT_EQ(fitted(table).feature_names(), std::vector<std::string>{"index"});
}

TEST(PipelineFitter, KeepsAnIdentifierThatIsNoRunningNumber) {
  Table table;
  table.add_integers("id", {1, 2, 4, 3});
  table.add_numbers("x", {5, 7, 5, 5});
  EXPECT_EQ(fitted(table).n_features(), 2u);
}

TEST(PipelineFitter, SaysThatNoFeatureIsLeftAndWhy) {
  Table table;
  table.source = "houses.csv";
  table.add_numbers("k", {5, 5});
  add_missing(table, "m", 2);
  const Fault fault = fault_of([&] { fitted(table); });
  EXPECT_EQ(fault.kind, ErrorKind::kData);
  EXPECT_EQ(fault.where, "houses.csv");
  EXPECT_EQ(fault.what,
            "no feature left to train on: column 'k' is left out: it is constant (5) and column 'm' is left out: all "
            "its cells are missing");
  EXPECT_EQ(fault.fix,
            "give the table at least one column, besides the target, that differs between the training rows");
}

TEST(PipelineFitter, SaysThatThereIsNoFeatureAtAll) {
  Table table;
  table.add_numbers("y", {1, 2});
  std::vector<std::string> warnings;
  const Fault fault = fault_of([&] { static_cast<void>(Pipeline::fit(table, all_rows(table), {}, {}, warnings)); });
  EXPECT_EQ(fault.what, "no feature left to train on");
}

TEST(PipelineFitter, RefusesInfiniteNumbersInTheTrainingRowsOnly) {
  Table table;
  table.add_numbers("a", {1, 2, INFINITY});
  EXPECT_NO_THROW(fitted(table, first_rows(2)));
  EXPECT_EQ(fault_of([&] { fitted(table); }).what, "column 'a': infinite number");
}

TEST(PipelineFitter, RefusesAColumnThatIsNotThere) {
  Table table;
  table.add_numbers("rooms", {1, 2});
  const std::vector<std::string> names{"room"};
  std::vector<std::string> warnings;
  EXPECT_EQ(fault_of([&] { static_cast<void>(Pipeline::fit(table, all_rows(table), names, {}, warnings)); }).what,
            "there is no column 'room' (did you mean 'rooms'?)");
}

}  // namespace
}  // namespace ffwd
