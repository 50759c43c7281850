#include "table/arrow_type.h"

#include <gtest/gtest.h>

namespace ffwd {
namespace {

TEST(ArrowType, FormatsThatColumnsCanHold) {
  const struct {
    const char* format;
    ArrowKind kind;
    int bits;
  } cases[] = {{"n", ArrowKind::kNull, 0},
               {"b", ArrowKind::kBoolean, 1},
               {"c", ArrowKind::kInteger, 8},
               {"S", ArrowKind::kInteger, 16},
               {"i", ArrowKind::kInteger, 32},
               {"L", ArrowKind::kInteger, 64},
               {"e", ArrowKind::kFloat, 16},
               {"f", ArrowKind::kFloat, 32},
               {"g", ArrowKind::kFloat, 64},
               {"u", ArrowKind::kText, 32},
               {"U", ArrowKind::kText, 64},
               {"vu", ArrowKind::kTextView, 128},
               {"d:9,2", ArrowKind::kDecimal, 128},
               {"d:9,2,256", ArrowKind::kDecimal, 256},
               {"d:9,2,32", ArrowKind::kDecimal, 32},
               {"tdD", ArrowKind::kDate, 32},
               {"tdm", ArrowKind::kDate, 64},
               {"tss:", ArrowKind::kTimestamp, 64}};
  for (const auto& c : cases) {
    EXPECT_EQ(parse_arrow_type(c.format).kind, c.kind) << c.format;
    EXPECT_EQ(parse_arrow_type(c.format).bits, c.bits) << c.format;
  }
  EXPECT_TRUE(parse_arrow_type("l").is_signed);
  EXPECT_FALSE(parse_arrow_type("L").is_signed);
}

TEST(ArrowType, DecimalsHaveAScale) {
  EXPECT_EQ(parse_arrow_type("d:38,10").scale, 10);
  EXPECT_EQ(parse_arrow_type("d:5,-3").scale, -3);
}

TEST(ArrowType, TimesHaveAUnitAndMayHaveAZone) {
  EXPECT_EQ(parse_arrow_type("tss:").units_per_day, 86400);
  EXPECT_EQ(parse_arrow_type("tsm:").units_per_day, 86'400'000);
  EXPECT_EQ(parse_arrow_type("tsu:").units_per_day, 86'400'000'000);
  EXPECT_EQ(parse_arrow_type("tsn:Europe/Rome").units_per_day, 86'400'000'000'000);
  EXPECT_TRUE(parse_arrow_type("tsn:Europe/Rome").zoned);
  EXPECT_FALSE(parse_arrow_type("tsn:").zoned);
  EXPECT_EQ(parse_arrow_type("tdm").units_per_day, 86'400'000);
}

TEST(ArrowType, OthersAreNamed) {
  EXPECT_EQ(parse_arrow_type("+l").name, "a list");
  EXPECT_EQ(parse_arrow_type("+w:3").name, "a list");
  EXPECT_EQ(parse_arrow_type("z").name, "bytes");
  EXPECT_EQ(parse_arrow_type("ttu").name, "a time of day");
  EXPECT_EQ(parse_arrow_type("tDs").name, "a length of time");
  EXPECT_EQ(parse_arrow_type("+s").kind, ArrowKind::kOther);
}

TEST(ArrowType, WhatIsNoFormatIsOther) {
  for (const char* format : {"", "x", "ts", "tsx:", "tss", "d:", "d:9", "d:9,", "d:9,2,", "d:9,2,7", "d:9,2,-32",
                             "d:9,2,512", "d:9,2,32x", "d:99999999999,1", "nn", "tdx"})
    EXPECT_EQ(parse_arrow_type(format).kind, ArrowKind::kOther) << format;
  EXPECT_EQ(parse_arrow_type(nullptr).kind, ArrowKind::kOther);
}

}  // namespace
}  // namespace ffwd
