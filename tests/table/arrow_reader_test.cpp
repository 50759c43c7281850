#include "table/arrow_reader.h"

#include "made_arrow.h"
#include "reading.h"

namespace ffwd {
namespace {

MadeArray::Buffers ints(std::initializer_list<std::int32_t> values) { return {std::nullopt, raw(values)}; }

std::string refused(MadeStream& made, const ReadOptions& options = {}) {
  return refusal_line([&] { static_cast<void>(read_arrow(made.stream, "t.parquet", options)); });
}

TEST(ArrowReader, BatchesBecomeOneTable) {
  MadeArray a("i", 2, ints({1, 2})), b("g", 2, {std::nullopt, raw<double>({0.5, 1.5})});
  MadeArray c("i", 1, ints({3})), d("g", 1, {std::nullopt, raw<double>({2.5})});
  a.named("a");
  b.named("b");
  MadeStream made{{&a, &b}, {&c, &d}};
  const Table table = read_arrow(made.stream, "t.parquet");
  EXPECT_EQ(made.stream.release, nullptr);
  EXPECT_EQ(table.n_rows(), 3u);
  EXPECT_EQ(table.names(), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(table.column(0).integers, (std::vector<std::int64_t>{1, 2, 3}));
  EXPECT_EQ(table.column(1).numbers, (std::vector<double>{0.5, 1.5, 2.5}));
  EXPECT_EQ(table.source, "t.parquet");
  EXPECT_EQ(table.delimiter, 0);
  EXPECT_EQ(table.where(2, 1), "t.parquet: row 3");
  EXPECT_TRUE(table.warnings.empty());
}

TEST(ArrowReader, ASlicedBatchIsReadFromItsOffset) {
  MadeArray a("i", 4, ints({9, 8, 7, 6, 5}), 1);
  MadeStream made{{&a.named("a")}};
  made.rows(0).offset = 1;
  made.rows(0).length = 2;
  EXPECT_EQ(read_arrow(made.stream, "t").column(0).integers, (std::vector<std::int64_t>{7, 6}));
}

TEST(ArrowReader, ATableMayHaveNoRows) {
  MadeArray a("u", 0, {std::nullopt, std::nullopt, std::nullopt});
  MadeStream made{{&a.named("a")}};
  EXPECT_EQ(read_arrow(made.stream, "t").column(0).type, ColumnType::kMissing);
}

TEST(ArrowReader, UnreadableColumnsAreLeftOutWithAWarning) {
  MadeArray tags("+l", 1, {}), a("i", 1, ints({1}));
  MadeStream made{{&tags.named("tags"), &a.named("a")}};
  const Table table = read_arrow(made.stream, "t");
  EXPECT_EQ(table.names(), std::vector<std::string>{"a"});
  ASSERT_EQ(table.warnings.size(), 1u);
  EXPECT_EQ(table.warnings[0].substr(0, 45), "column 'tags': each cell is a list, which is ");
}

TEST(ArrowReader, NamelessColumnsGetANameEqualOnesAreRefused) {
  MadeArray a("i", 1, ints({1})), b("i", 1, ints({1}));
  MadeStream nameless{{&a.named("a"), &b}};
  const Table table = read_arrow(nameless.stream, "t");
  EXPECT_EQ(table.names()[1], "column_2");
  EXPECT_EQ(table.warnings, std::vector<std::string>{"column 2 has no name; called 'column_2'"});
  MadeStream twice{{&a, &b.named("a")}};
  EXPECT_EQ(refused(twice), "t.parquet: duplicate column name 'a'");
  MadeStream odd{{&a, &b.named("\xff")}};
  EXPECT_EQ(refused(odd), "t.parquet: the name of column 2 is not UTF-8");
}

TEST(ArrowReader, DeclaredTypesAreKept) {
  MadeArray a("u", 2, {std::nullopt, raw<std::int32_t>({0, 1, 3}), "122"}), b("i", 2, ints({7, 8}));
  MadeStream made{{&a.named("a"), &b.named("b")}};
  const Table table = read_arrow(
      made.stream, "t", {.types = {{"a", ColumnType::kNumber}, {"b", ColumnType::kText}, {"c", ColumnType::kText}}});
  EXPECT_EQ(table.column(0).numbers, (std::vector<double>{1, 22}));
  EXPECT_EQ(table.column(1).text.levels, (std::vector<std::string>{"7", "8"}));
  EXPECT_TRUE(table.warnings.empty());  // that the numbers stood as text is nobody's worry now
}

TEST(ArrowReader, MattersOfCsvAreSaidToHaveNoEffect) {
  MadeArray a("i", 1, ints({1}));
  MadeStream made{{&a.named("a")}};
  const Table table = read_arrow(made.stream, "t", {.delimiter = ';', .missing = std::vector<std::string>{"-1"}});
  ASSERT_EQ(table.warnings.size(), 2u);
  EXPECT_EQ(table.warnings[0], "a delimiter is for CSV files; it has no effect here");
}

TEST(ArrowReader, AFailingStreamIsReportedWithItsReason) {
  MadeArray a("i", 1, ints({1}));
  MadeStream made{{&a.named("a")}, {&a}};
  made.fails_at = 1;
  EXPECT_EQ(refused(made), "t.parquet: cannot be read: the disk is on fire");
  MadeStream silent{{&a}};
  silent.fails_at = 0;
  silent.stream.get_last_error = [](ArrowArrayStream*) -> const char* { return nullptr; };
  EXPECT_EQ(refused(silent), "t.parquet: cannot be read: no reason given");
}

TEST(ArrowReader, WhatIsNoTableIsRefused) {
  MadeArray a("i", 1, ints({1}));
  a.named("a");
  const auto bent = [&](auto bend) {
    MadeStream made{{&a}};
    bend(made);
    return refused(made);
  };
  EXPECT_EQ(bent([](MadeStream& m) { m.schema.format = "i"; }), "t.parquet: the arrays are no columns of a table");
  EXPECT_EQ(bent([](MadeStream& m) { m.schema.format = nullptr; }), "t.parquet: the arrays are no columns of a table");
  EXPECT_EQ(bent([](MadeStream& m) { m.schema.n_children = -1; }), "t.parquet: the arrays are no columns of a table");
  EXPECT_EQ(bent([](MadeStream& m) { m.schema.n_children = 100'001; }),
            "t.parquet: 100001 columns are more than 100000");
  EXPECT_EQ(bent([](MadeStream& m) { m.rows(0).length = -1; }), "t.parquet: a batch has a negative number of rows");
  EXPECT_EQ(bent([](MadeStream& m) { m.rows(0).length = 2; }),
            "t.parquet: column 'a' is damaged: it is shorter than the table");
  EXPECT_EQ(bent([](MadeStream& m) { m.rows(0).length = INT64_MAX; }),
            "t.parquet: there are more than 4,294,967,295 rows");
  EXPECT_EQ(bent([](MadeStream& m) { m.rows(0).offset = INT64_MAX; }),
            "t.parquet: column 'a' is damaged: it is shorter than the table");
  EXPECT_EQ(bent([](MadeStream& m) { m.rows(0).n_children = 2; }),
            "t.parquet: a batch has other columns than the table");
  EXPECT_EQ(bent([](MadeStream& m) { m.rows(0).null_count = 1; }),
            "t.parquet: a batch has rows that are missing as a whole");
}

TEST(ArrowBatches, AreTakenAsTablesThatSayWhereTheyStand) {
  MadeArray a("i", 2, ints({1, 2})), b("i", 1, ints({3})), c("i", 1, ints({4}));
  a.named("a");
  MadeStream made{{&a}, {&b}, {&c}};
  ArrowBatches batches(made.stream, "t.parquet", {}, 100);
  EXPECT_EQ(made.stream.release, nullptr);
  EXPECT_TRUE(batches.add());
  EXPECT_TRUE(batches.add());
  const Table two = batches.take({});
  EXPECT_EQ(two.column(0).integers, (std::vector<std::int64_t>{1, 2, 3}));
  EXPECT_EQ(two.where(0, 0), "t.parquet: row 101");
  EXPECT_TRUE(batches.add());
  const Table last = batches.take({});
  EXPECT_EQ(last.column(0).integers, (std::vector<std::int64_t>{4}));
  EXPECT_EQ(last.where(0, 0), "t.parquet: row 104");
  EXPECT_FALSE(batches.add());
  EXPECT_EQ(batches.take({}).n_rows(), 0u);
}

TEST(ArrowBatches, WhatIsKnownOfColumnsGoesBeforeTheirSchema) {
  MadeArray a("L", 1, {std::nullopt, raw<std::uint64_t>({7})});
  MadeStream made{{&a.named("a")}};
  ArrowBatches batches(made.stream, "t", {{.name = "b", .beyond_64_bits = true}});
  EXPECT_TRUE(batches.add());
  const Table table = batches.take({.types = {{"b", ColumnType::kNumber}}});
  EXPECT_EQ(table.names(), std::vector<std::string>{"b"});
  EXPECT_EQ(table.column(0).type, ColumnType::kNumber);
  EXPECT_TRUE(table.warnings.empty());
  MadeStream again{{&a}};
  EXPECT_EQ(refusal_line([&] { ArrowBatches(again.stream, "t", {{.name = "a"}, {.name = "b"}}); }),
            "t: the arrays are of other columns than were asked for");
}

TEST(ArrowBatches, FaultsNameTheRowOfTheWholeTable) {
  MadeArray day("tdD", 1, ints({10'000'000}));
  MadeStream made{{&day.named("d")}};
  ArrowBatches batches(made.stream, "t", {}, 41);
  EXPECT_EQ(refusal_line([&] { batches.add(); }), "t: row 42: column 'd': a day outside of the years 1 to 9999");
}

}  // namespace
}  // namespace ffwd
