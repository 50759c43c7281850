#include "table/arrow_pack.h"

#include <gtest/gtest.h>

#include "made_arrow.h"

namespace ffwd {
namespace {

/// The only column of a CSV text, packed.
ArrowPacked packed(const std::string& cells) { return pack_column(read_csv("x\n" + cells, "t.csv").column(0)); }

std::string bytes(const ArrowPacked& column, std::size_t buffer) {
  const auto& held = column.buffers[buffer];
  return {reinterpret_cast<const char*>(held.data()), held.size()};
}

TEST(ArrowPack, IntegersAndNumbers) {
  const ArrowPacked integers = packed("3\nNA\n-1\n");
  EXPECT_EQ(integers.name, "x");
  EXPECT_EQ(integers.format, "l");
  EXPECT_EQ(integers.n_rows, 3);
  EXPECT_EQ(integers.n_missing, 1);
  EXPECT_EQ(bytes(integers, 0), bits(0b101));
  EXPECT_EQ(bytes(integers, 1), raw<std::int64_t>({3, 0, -1}));
  const ArrowPacked numbers = packed("0.1\n1e300\n");
  EXPECT_EQ(numbers.format, "g");
  EXPECT_TRUE(numbers.buffers[0].empty());
  EXPECT_EQ(bytes(numbers, 1), raw<double>({0.1, 1e300}));
}

TEST(ArrowPack, Booleans) {
  const ArrowPacked booleans = packed("true\nNA\nFALSE\nTrue\ntrue\ntrue\ntrue\ntrue\ntrue\n");
  EXPECT_EQ(booleans.format, "b");
  EXPECT_EQ(bytes(booleans, 0), bits(0b11111101) + bits(1));
  EXPECT_EQ(bytes(booleans, 1), bits(0b11111001) + bits(1));
}

TEST(ArrowPack, TextsOneAfterAnother) {
  const ArrowPacked texts = packed("Rome\nNA\nOslo\nRome\n");
  EXPECT_EQ(texts.format, "u");
  EXPECT_EQ(bytes(texts, 0), bits(0b1101));
  EXPECT_EQ(bytes(texts, 1), raw<std::int32_t>({0, 4, 4, 8, 12}));
  EXPECT_EQ(bytes(texts, 2), "RomeOsloRome");
}

TEST(ArrowPack, DatesAndTimes) {
  const ArrowPacked dates = packed("2024-02-29\n1969-12-31\n");
  EXPECT_EQ(dates.format, "tdD");
  EXPECT_EQ(bytes(dates, 1), raw<std::int32_t>({19782, -1}));
  const ArrowPacked times = packed("1970-01-01T00:00:01.5\n1969-12-31\nNA\n");
  EXPECT_EQ(times.format, "tsu:");
  EXPECT_EQ(bytes(times, 1), raw<std::int64_t>({1'500'000, -86'400'000'000, 0}));
  const ArrowPacked zoned = packed("1970-01-01T00:00+01:00\n");
  EXPECT_EQ(zoned.format, "tsu:UTC");
  EXPECT_EQ(bytes(zoned, 1), raw<std::int64_t>({-3'600'000'000}));
}

TEST(ArrowPack, NanosecondsWhereTheyAreNeededAndReach) {
  const ArrowPacked fine = packed("1970-01-02 23:59:59.123456789\n");
  EXPECT_EQ(fine.format, "tsn:");
  EXPECT_EQ(bytes(fine, 1), raw<std::int64_t>({172'799'123'456'789}));
  const ArrowPacked far = packed("1970-01-01 00:00:00.000001\n9999-12-31 00:00\n");
  EXPECT_EQ(far.format, "tsu:");
  EXPECT_EQ(bytes(far, 1), raw<std::int64_t>({1, 253'402'214'400'000'000}));
}

TEST(ArrowPack, TimesThatNoTypeHoldsUnchangedAreText) {
  const ArrowPacked wide = packed("1970-01-01 00:00:00.000000789\n0001-01-01\nNA\n");
  EXPECT_EQ(wide.format, "u");
  EXPECT_EQ(bytes(wide, 0), bits(0b011));
  EXPECT_EQ(bytes(wide, 2), "1970-01-01 00:00:00.0000007890001-01-01");
  EXPECT_EQ(packed("2024-01-01T10:00Z\n2024-01-01T10:00\n").format, "u");
  EXPECT_EQ(packed("2024-01-01T10:00Z\n2024-01-02T10:00-05:00\n").format, "tsu:UTC");
}

TEST(ArrowPack, AColumnWithoutValuesHasNoBuffers) {
  const ArrowPacked missing = packed("NA\nNA\n");
  EXPECT_EQ(missing.format, "n");
  EXPECT_EQ(missing.n_missing, 2);
  EXPECT_TRUE(missing.buffers.empty());
}

}  // namespace
}  // namespace ffwd
