#include "table/spelling.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace ffwd {
namespace {

TEST(Spelling, OfANumberIsTheShortestButWholeOnesAreInFull) {
  EXPECT_EQ(number_spelling(1.0), "1");
  EXPECT_EQ(number_spelling(-0.0), "0");
  EXPECT_EQ(number_spelling(100000.0), "100000");
  EXPECT_EQ(number_spelling(9007199254740992.0), "9007199254740992");
  EXPECT_EQ(number_spelling(0.1), "0.1");
  EXPECT_EQ(number_spelling(1e300), "1e+300");
  EXPECT_EQ(number_spelling(-std::numeric_limits<double>::infinity()), "-inf");
}

TEST(Spelling, OfCellsThatAreTheSameNumberIsTheSame) {
  for (const char* cell : {"1", "1.0", "+1", "1e0", "1.", " 1.00 ", "10e-1"}) EXPECT_EQ(spelled_as_number(cell), "1");
  for (const char* cell : {"-0", "0", "0.0", "-0.0"}) EXPECT_EQ(spelled_as_number(cell), "0");
  for (const char* cell : {".5", "0.50", "5e-1", "00.5"}) EXPECT_EQ(spelled_as_number(cell), "0.5");
  for (const char* cell : {"1e5", "100000", "100000.0", "1e+05"}) EXPECT_EQ(spelled_as_number(cell), "100000");
  for (const char* cell : {"inf", "+Infinity"}) EXPECT_EQ(spelled_as_number(cell), "inf");
  EXPECT_EQ(spelled_as_number("9007199254740993"), "9007199254740993");
}

TEST(Spelling, IsNotThatOfANumberForCodesAndTexts) {
  for (const char* cell :
       {"007", "-01", "", "abc", "1,5", "true", "1_000", "0x10", "nan", "1e400", "2024-01-01", "99999999999999999999"})
    EXPECT_FALSE(spelled_as_number(cell)) << cell;
}

TEST(Spelling, OfABooleanIsInSmallLetters) {
  for (const char* cell : {"true", "True", " TRUE "}) EXPECT_EQ(spelled_as_boolean(cell), "true");
  EXPECT_EQ(spelled_as_boolean("False"), "false");
  for (const char* cell : {"1", "yes", "", "truee"}) EXPECT_FALSE(spelled_as_boolean(cell)) << cell;
}

}  // namespace
}  // namespace ffwd
