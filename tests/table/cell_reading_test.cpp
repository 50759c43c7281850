#include "table/cell_reading.h"

#include <gtest/gtest.h>

#include <cmath>

#include "table/padded_bytes.h"

namespace ffwd {
namespace {

CellReading read(std::string_view text) { return read_cell(PaddedBytes(text).view()); }

constexpr CellReadings kInteger = kReadsAsInteger | kReadsAsNumber | kReadsAsDecimalComma;

TEST(CellReading, NamesEveryReading) {
  EXPECT_EQ(read("12").readings, kInteger);
  EXPECT_EQ(read("-1234567890123456789").readings, kInteger);
  for (const char* text : {"1.5", "0.12345678901234567", "1e5", "-inf"})
    EXPECT_EQ(read(text).readings, kReadsAsNumber | kHasDecimalPoint) << text;
  EXPECT_EQ(read("1,5").readings, kReadsAsDecimalComma | kHasDecimalComma);
  EXPECT_EQ(read("True").readings, kReadsAsBoolean);
  EXPECT_EQ(read("FALSE").readings, kReadsAsBoolean);
  EXPECT_EQ(read("2024-02-29").readings, kReadsAsDate | kReadsAsTimestamp);
  EXPECT_EQ(read("2024-02-29T10:00").readings, kReadsAsTimestamp);
  for (const char* text : {"", "x", "2023-02-29", "truth", "0x1", "1 2"}) EXPECT_EQ(read(text).readings, 0u) << text;
}

TEST(CellReading, NotesCodesAndIntegersBeyond64Bits) {
  EXPECT_EQ(read("007").readings, kInteger | kHasLeadingZeros);
  EXPECT_EQ(read("00000000000000000001").readings, kInteger | kHasLeadingZeros);
  EXPECT_EQ(read("9223372036854775807").readings, kInteger);
  EXPECT_EQ(read("9223372036854775808").readings, kInteger | kBeyond64Bits);
}

TEST(CellReading, GivesTheValueOnlyWhereFloat64IsAsGoodAsTheColumn) {
  EXPECT_EQ(read("12").value, 12.0);
  EXPECT_EQ(read("-1.25").value, -1.25);
  EXPECT_TRUE(std::signbit(read("-0").value));
  EXPECT_EQ(read("0.12345678901234567").value, 0.12345678901234567);
  EXPECT_EQ(read("9007199254740992").value, 9007199254740992.0);
  for (const char* text : {"9007199254740993", "1e400", "inf", "1,5", "true", "x", "2024-01-01"})
    EXPECT_TRUE(std::isnan(read(text).value)) << text;
}

}  // namespace
}  // namespace ffwd
