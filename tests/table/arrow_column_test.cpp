#include "table/arrow_column.h"

#include <cmath>

#include "made_arrow.h"
#include "reading.h"

namespace ffwd {
namespace {

using Texts = std::vector<std::string>;

struct Read {
  Column column;
  Texts warnings;
};

Read read(std::initializer_list<MadeArray*> chunks) {
  ArrowColumn reader(kMadePlace, (*chunks.begin())->schema);
  EXPECT_TRUE(reader.is_readable());
  for (const MadeArray* chunk : chunks) reader.add(chunk->array, 0, chunk->array.length);
  Read result;
  result.column = std::move(reader).take(result.warnings);
  return result;
}

Column read(MadeArray&& made) { return read({&made}).column; }

Texts cells(const Column& column) {
  Texts all;
  for (std::size_t row = 0; row < column.n_rows; ++row)
    all.push_back(column.is_missing(row) ? "(missing)" : column.cell(row));
  return all;
}

std::string refused(MadeArray&& made) {
  return refusal_line([&] { read({&made}); });
}

TEST(ArrowColumn, IntegersOfEveryWidthAreIntegers) {
  const Column bytes = read(MadeArray("c", 2, {std::nullopt, raw<std::int8_t>({-128, 7})}));
  EXPECT_EQ(bytes.type, ColumnType::kInteger);
  EXPECT_EQ(bytes.integers, (std::vector<std::int64_t>{-128, 7}));
  EXPECT_TRUE(bytes.missing.empty());
  EXPECT_EQ(read(MadeArray("C", 1, {std::nullopt, raw<std::uint8_t>({255})})).integers[0], 255);
  EXPECT_EQ(read(MadeArray("S", 1, {std::nullopt, raw<std::uint16_t>({65535})})).integers[0], 65535);
  EXPECT_EQ(read(MadeArray("I", 1, {std::nullopt, raw<std::uint32_t>({4294967295u})})).integers[0], 4294967295);
  EXPECT_EQ(read(MadeArray("l", 1, {std::nullopt, raw<std::int64_t>({INT64_MIN})})).integers[0], INT64_MIN);
}

TEST(ArrowColumn, MissingIntegersAcrossChunks) {
  MadeArray first("s", 2, {std::nullopt, raw<std::int16_t>({1, 2})});
  MadeArray second("s", 3, {bits(0b101), raw<std::int16_t>({3, 99, 5})});
  const Column column = read({&first, &second, &first}).column;
  EXPECT_EQ(cells(column), (Texts{"1", "2", "3", "(missing)", "5", "1", "2"}));
  EXPECT_EQ(column.integers[3], 0);
  EXPECT_EQ(column.missing.size(), 7u);
}

TEST(ArrowColumn, IntegersBeyond64BitsMakeNumbers) {
  MadeArray first("L", 3, {bits(0b101), raw<std::uint64_t>({1, 0, 9007199254740993u})});
  MadeArray second("L", 2, {std::nullopt, raw<std::uint64_t>({18446744073709551615u, 4})});
  const Read got = read({&first, &second});
  EXPECT_EQ(got.column.type, ColumnType::kNumber);
  EXPECT_EQ(cells(got.column), (Texts{"1", "(missing)", "9007199254740992", "18446744073709551616", "4"}));
  EXPECT_EQ(got.warnings, Texts{"column 'x': integers beyond 64 bits, read as numbers, which keep about 16 digits"});
}

TEST(ArrowColumn, NumbersOfEveryWidthAndNaNIsMissing) {
  EXPECT_EQ(read(MadeArray("e", 1, {std::nullopt, raw<std::uint16_t>({0x3555})})).numbers[0], 0.333251953125);
  EXPECT_EQ(read(MadeArray("f", 1, {std::nullopt, raw<float>({0.1f})})).numbers[0], static_cast<double>(0.1f));
  const Column column = read(MadeArray("g", 4, {bits(0b1011), raw<double>({0.1, NAN, 3, INFINITY})}));
  EXPECT_EQ(column.type, ColumnType::kNumber);
  EXPECT_EQ(cells(column), (Texts{"0.1", "(missing)", "(missing)", "inf"}));
}

TEST(ArrowColumn, BooleansAreTrueAndFalse) {
  const Column column = read(MadeArray("b", 3, {bits(0b011), bits(0b010)}));
  EXPECT_EQ(column.type, ColumnType::kBoolean);
  EXPECT_EQ(cells(column), (Texts{"false", "true", "(missing)"}));
}

TEST(ArrowColumn, AnEmptyTextIsAValueAndMissingMarksAreTexts) {
  const Column column = read(MadeArray("u", 4, {bits(0b1110), raw<std::int32_t>({0, 0, 0, 2, 4}), "NA b"}));
  EXPECT_EQ(column.type, ColumnType::kText);
  EXPECT_EQ(cells(column), (Texts{"(missing)", "", "NA", " b"}));
}

TEST(ArrowColumn, ADictionaryIsLookedUp) {
  MadeArray values("u", 4, {bits(0b1011), raw<std::int32_t>({0, 4, 8, 12, 16}), "OsloRomeBonnOslo"});
  MadeArray keys("C", 6, {bits(0b101111), raw<std::uint8_t>({1, 0, 2, 3, 77, 1})});
  const Column column = read({&keys.with_dictionary(values)}).column;
  EXPECT_EQ(column.type, ColumnType::kText);
  EXPECT_EQ(cells(column), (Texts{"Rome", "Oslo", "(missing)", "Oslo", "(missing)", "Rome"}));
  EXPECT_EQ(column.text.levels, (Texts{"Rome", "Oslo"}));  // in order of appearance, not of the dictionary
}

TEST(ArrowColumn, ADictionaryMayHoldNumbersAndDiffersFromChunkToChunk) {
  MadeArray first("i", 2, {std::nullopt, raw<std::int32_t>({30, 10})});
  MadeArray second("i", 1, {std::nullopt, raw<std::int32_t>({7})});
  MadeArray keys("l", 2, {std::nullopt, raw<std::int64_t>({1, 0})});
  MadeArray more("l", 1, {std::nullopt, raw<std::int64_t>({0})});
  EXPECT_EQ(cells(read({&keys.with_dictionary(first), &more.with_dictionary(second)}).column),
            (Texts{"10", "30", "7"}));
}

TEST(ArrowColumn, KeysOutsideOfTheDictionaryAreDamage) {
  for (const int key : {-1, 2}) {
    MadeArray values("u", 2, {std::nullopt, raw<std::int32_t>({0, 1, 2}), "ab"});
    MadeArray keys("c", 2, {std::nullopt, raw<std::int8_t>({0, static_cast<std::int8_t>(key)})});
    keys.with_dictionary(values);
    EXPECT_EQ(refusal_line([&] { read({&keys}); }),
              "t.parquet: column 'x' is damaged: row 2 has no entry in the dictionary");
    keys.array.dictionary = nullptr;
    EXPECT_EQ(refusal_line([&] { read({&keys}); }), "t.parquet: column 'x' is damaged: its dictionary is not there");
  }
}

TEST(ArrowColumn, DatesOfBothWidths) {
  const Column days = read(MadeArray("tdD", 3, {bits(0b101), raw<std::int32_t>({19782, 0, -1})}));
  EXPECT_EQ(days.type, ColumnType::kDate);
  EXPECT_EQ(cells(days), (Texts{"2024-02-29", "(missing)", "1969-12-31"}));
  EXPECT_EQ(cells(read(MadeArray("tdm", 1, {std::nullopt, raw<std::int64_t>({-86'400'000})}))), Texts{"1969-12-31"});
  EXPECT_EQ(refused(MadeArray("tdm", 2, {std::nullopt, raw<std::int64_t>({0, 5})})),
            "t.parquet: row 2: column 'x': a date that is no whole day");
  EXPECT_EQ(refused(MadeArray("tdD", 1, {std::nullopt, raw<std::int32_t>({INT32_MIN})})),
            "t.parquet: row 1: column 'x': a day outside of the years 1 to 9999");
}

TEST(ArrowColumn, TimestampsOfEveryUnit) {
  const auto cell = [](const char* format, std::int64_t value) {
    return cells(read(MadeArray(format, 1, {std::nullopt, raw<std::int64_t>({value})})))[0];
  };
  EXPECT_EQ(cell("tss:", -1), "1969-12-31 23:59:59");
  EXPECT_EQ(cell("tsm:", 1500), "1970-01-01 00:00:01.5");
  EXPECT_EQ(cell("tsu:UTC", 1), "1970-01-01 00:00:00.000001Z");
  EXPECT_EQ(cell("tsn:Asia/Kolkata", -1), "1969-12-31 23:59:59.999999999Z");
  EXPECT_EQ(refused(MadeArray("tss:", 1, {std::nullopt, raw<std::int64_t>({INT64_MAX})})).substr(0, 18),
            "t.parquet: row 1: ");
}

TEST(ArrowColumn, MidnightsWithoutAZoneAreDates) {
  const Column dates = read(MadeArray("tsn:", 2, {bits(0b01), raw<std::int64_t>({86'400'000'000'000, 7})}));
  EXPECT_EQ(dates.type, ColumnType::kDate);
  EXPECT_EQ(cells(dates), (Texts{"1970-01-02", "(missing)"}));
  EXPECT_EQ(read(MadeArray("tsn:UTC", 1, {std::nullopt, raw<std::int64_t>({0})})).type, ColumnType::kTimestamp);
  EXPECT_EQ(read(MadeArray("tss:", 2, {std::nullopt, raw<std::int64_t>({0, 60})})).type, ColumnType::kTimestamp);
}

TEST(ArrowColumn, TextsThatAreAllDatesAreDates) {
  const Column dates =
      read(MadeArray("u", 3, {bits(0b101), raw<std::int32_t>({0, 10, 10, 20}), "2024-02-292023-01-01"}));
  EXPECT_EQ(dates.type, ColumnType::kDate);
  EXPECT_EQ(dates.n_missing(), 1u);
  EXPECT_EQ(read(MadeArray("u", 2, {std::nullopt, raw<std::int32_t>({0, 10, 26}), "2024-02-292023-01-01T10:30"})).type,
            ColumnType::kTimestamp);
  EXPECT_EQ(read(MadeArray("u", 2, {std::nullopt, raw<std::int32_t>({0, 10, 11}), "2024-02-29x"})).type,
            ColumnType::kText);
}

TEST(ArrowColumn, TextsThatAreAllNumbersStayTextWithAWarning) {
  MadeArray made("u", 2, {std::nullopt, raw<std::int32_t>({0, 3, 6}), "0071.5"});
  const Read got = read({&made});
  EXPECT_EQ(got.column.type, ColumnType::kText);
  ASSERT_EQ(got.warnings.size(), 1u);
  EXPECT_EQ(got.warnings[0].substr(0, 63), "column 'x': every cell is a number, such as '007', but is store");
}

TEST(ArrowColumn, TextMustBeUtf8WithoutNul) {
  EXPECT_EQ(refused(MadeArray("u", 2, {std::nullopt, raw<std::int32_t>({0, 1, 2}), "a\xff"})),
            "t.parquet: row 2: column 'x': a text that is not UTF-8");
  EXPECT_EQ(refused(MadeArray("u", 1, {std::nullopt, raw<std::int32_t>({0, 1}), std::string(1, '\0')})),
            "t.parquet: row 1: column 'x': a NUL byte in a text");
}

TEST(ArrowColumn, DecimalsAreTheirDigits) {
  const auto decimal = [](std::int64_t value) { return raw<std::int64_t>({value, value < 0 ? -1 : 0}); };
  const Column money = read(MadeArray("d:9,2", 3, {bits(0b101), decimal(-1050) + decimal(0) + decimal(1)}));
  EXPECT_EQ(money.type, ColumnType::kNumber);
  EXPECT_EQ(cells(money), (Texts{"-10.5", "(missing)", "0.01"}));
  EXPECT_EQ(cells(read(MadeArray("d:9,-3", 1, {std::nullopt, decimal(12)}))), Texts{"12000"});
  const Column whole = read(MadeArray("d:38,0", 1, {std::nullopt, decimal(12)}));
  EXPECT_EQ(whole.type, ColumnType::kInteger);
  const Column huge = read(MadeArray("d:38,0", 2, {std::nullopt, decimal(3) + raw<std::int64_t>({0, 1})}));
  EXPECT_EQ(huge.type, ColumnType::kNumber);
  EXPECT_EQ(huge.numbers, (std::vector<double>{3.0, 0x1p64}));
  EXPECT_EQ(cells(read(MadeArray("d:9,1,32", 1, {std::nullopt, raw<std::int32_t>({-5})}))), Texts{"-0.5"});
}

TEST(ArrowColumn, AColumnWithoutAValueIsMissing) {
  EXPECT_EQ(read(MadeArray("n", 3, {})).type, ColumnType::kMissing);
  EXPECT_EQ(read(MadeArray("n", 3, {})).n_rows, 3u);
  EXPECT_EQ(read(MadeArray("i", 2, {bits(0), raw<std::int32_t>({1, 2})})).type, ColumnType::kMissing);
  EXPECT_EQ(read(MadeArray("g", 1, {std::nullopt, raw<double>({NAN})})).type, ColumnType::kMissing);
  EXPECT_EQ(read(MadeArray("u", 0, {std::nullopt, std::nullopt, std::nullopt})).type, ColumnType::kMissing);
}

TEST(ArrowColumn, OtherTypesAreNotReadAndSayHowTheyWouldBe) {
  MadeArray list("+l", 0, {});
  EXPECT_FALSE(ArrowColumn(kMadePlace, list.schema).is_readable());
  EXPECT_EQ(ArrowColumn(kMadePlace, list.schema).refusal(),
            "column 'x': each cell is a list, which is not read; left out (store it as numbers, text or dates, in "
            "columns of their own, to have it read)");
  MadeArray keys("i", 0, {}), nested("i", 0, {}), values("u", 0, {});
  keys.with_dictionary(nested.with_dictionary(values));
  EXPECT_FALSE(ArrowColumn(kMadePlace, keys.schema).is_readable());
  MadeArray text_keys("u", 0, {});
  EXPECT_FALSE(ArrowColumn(kMadePlace, text_keys.with_dictionary(values).schema).is_readable());
}

bool is_settled(MadeArray&& made) {
  ArrowColumn reader(kMadePlace, made.schema);
  reader.add(made.array, 0, made.array.length);
  return reader.is_settled();
}

TEST(ArrowColumn, TheTypeIsSettledWhenNoLaterRowCanChangeIt) {
  const std::string one = raw<std::int64_t>({1});
  EXPECT_TRUE(is_settled({"l", 1, {std::nullopt, one}}));
  EXPECT_TRUE(is_settled({"g", 1, {std::nullopt, raw<double>({0.5})}}));
  EXPECT_TRUE(is_settled({"b", 1, {std::nullopt, bits(1)}}));
  EXPECT_TRUE(is_settled({"tdD", 1, {std::nullopt, raw<std::int32_t>({1})}}));
  EXPECT_TRUE(is_settled({"L", 1, {std::nullopt, raw<std::uint64_t>({~std::uint64_t{0}})}}));
  EXPECT_FALSE(is_settled({"L", 1, {std::nullopt, one}}));
  EXPECT_FALSE(is_settled({"g", 1, {std::nullopt, raw<double>({NAN})}}));
  EXPECT_FALSE(is_settled({"l", 1, {bits(0), one}}));
  EXPECT_FALSE(is_settled({"b", 1, {bits(0), bits(1)}}));
  EXPECT_FALSE(is_settled({"tsu:", 1, {std::nullopt, one}}));
  EXPECT_FALSE(is_settled({"u", 1, {std::nullopt, raw<std::int32_t>({0, 1}), "x"}}));
}

TEST(ArrowColumn, IntegersMayBeToldThatOthersAreBeyond64Bits) {
  MadeArray made("L", 2, {bits(2), raw<std::uint64_t>({0, 7})});
  ArrowColumn reader(kMadePlace, made.schema);
  EXPECT_FALSE(reader.is_beyond_64_bits());
  reader.expect_beyond_64_bits();
  EXPECT_TRUE(reader.is_beyond_64_bits());
  reader.add(made.array, 0, 2);
  Texts warnings;
  const Column column = std::move(reader).take(warnings);
  EXPECT_EQ(column.type, ColumnType::kNumber);
  EXPECT_EQ(cells(column), (Texts{"(missing)", "7"}));
}

}  // namespace
}  // namespace ffwd
