#include "table/number_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace ffwd {
namespace {

TEST(NumberText, TellsTheFormsApart) {
  for (const char* text : {"0", "12", "-3", "+5", "-0", "007", "99999999999999999999999999"})
    EXPECT_EQ(number_form(text), NumberForm::kInteger) << text;
  for (const char* text : {"5.", ".5", "-.5", "+0.5", "1e3", "1E-2", "5.e+1", ".5e0", "1e999", "00.10"})
    EXPECT_EQ(number_form(text), NumberForm::kDecimal) << text;
  for (const char* text : {"inf", "-INF", "+Infinity", "infinity"})
    EXPECT_EQ(number_form(text), NumberForm::kInfinity) << text;
  for (const char* text : {"1,5", "-2,25", "+0,0", "1,234"})
    EXPECT_EQ(number_form(text), NumberForm::kDecimalComma) << text;
  for (const char* text : {"",    "+",   "-",    ".",     "-.",    "e5",    ".e5", "1e", "1e+",  "1e5.0", "1.2.3",
                           "--1", "+-1", "0x10", "1_000", "5%",    "$5",    "1 2", " 1", "1 ",   "nan",   "infinit",
                           "in",  "1,",  ",5",   "1,5,6", "1,5e3", "1.5,5", "−5",  "١٢", "1e5x", "1f"})
    EXPECT_EQ(number_form(text), NumberForm::kNone) << text;
}

TEST(NumberText, LeadingZerosMarkACode) {
  for (const char* text : {"007", "00", "-01", "+01234"}) EXPECT_TRUE(has_leading_zeros(text)) << text;
  for (const char* text : {"0", "-0", "+0", "10", "-10"}) EXPECT_FALSE(has_leading_zeros(text)) << text;
}

TEST(NumberText, IntegersAreExactWithin64Bits) {
  EXPECT_EQ(integer_value("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(integer_value("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(integer_value("+42"), 42);
  EXPECT_EQ(integer_value("-0"), 0);
  EXPECT_EQ(integer_value("0000000000000000000000000000001"), 1);
  EXPECT_EQ(integer_value("9223372036854775808"), std::nullopt);
  EXPECT_EQ(integer_value("-9223372036854775809"), std::nullopt);
}

TEST(NumberText, NumbersAreRoundedCorrectly) {
  EXPECT_EQ(number_value("+5."), 5.0);
  EXPECT_EQ(number_value("-.5"), -0.5);
  EXPECT_TRUE(std::signbit(number_value("-0")));
  EXPECT_EQ(number_value("18446744073709551616"), 18446744073709551616.0);
  EXPECT_EQ(number_value("9007199254740993"), 9007199254740992.0);  // a tie, to even
  EXPECT_EQ(number_value("9007199254740993.0000000000000000001"), 9007199254740994.0);
  EXPECT_EQ(number_value("1.7976931348623158e308"), std::numeric_limits<double>::max());
  EXPECT_EQ(number_value("4.9e-324"), std::numeric_limits<double>::denorm_min());
  EXPECT_EQ(number_value("0." + std::string(400, '0') + "1e401"), 1.0);
}

TEST(NumberText, UnderflowIsZeroAndOverflowInfinity) {
  EXPECT_EQ(number_value("1e-400"), 0.0);
  EXPECT_TRUE(std::signbit(number_value("-1e-400")));
  EXPECT_EQ(number_value("1e99999999999999999999"), INFINITY);
  EXPECT_EQ(number_value("-1e400"), -INFINITY);
  EXPECT_EQ(number_value(std::string(400, '9')), INFINITY);
  EXPECT_EQ(number_value("-Infinity"), -INFINITY);
  EXPECT_EQ(number_value("+inf"), INFINITY);
}

TEST(NumberText, TheCommaMayBeThePoint) {
  EXPECT_EQ(number_value("-2,25", ','), -2.25);
  EXPECT_EQ(number_value("3", ','), 3.0);
}

}  // namespace
}  // namespace ffwd
