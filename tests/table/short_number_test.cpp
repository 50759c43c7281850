#include "table/short_number.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <string>

#include "table/number_text.h"
#include "table/padded_bytes.h"

namespace ffwd {
namespace {

ShortNumber read(std::string_view text) { return read_short_number(PaddedBytes(text).view()); }

TEST(ShortNumber, ReadsSignDigitsAndPoint) {
  const ShortNumber number = read("-12.340");
  EXPECT_TRUE(number.valid && number.negative && number.has_point);
  EXPECT_EQ(number.mantissa, 12340u);
  EXPECT_EQ(number.decimals, 3u);
  EXPECT_EQ(to_double(number), -12.34);
  EXPECT_FALSE(read("+7").has_point);
}

TEST(ShortNumber, LeavesEverythingElseToOthers) {
  for (const char* text : {"",
                           "+",
                           "-",
                           ".",
                           "-.",
                           "1e5",
                           "1.2.3",
                           "12:34",
                           "--1",
                           "1-",
                           "1/2",
                           "1 ",
                           " 1",
                           "abcdefgh",
                           "12345678901234567",
                           "1234567.8901234.6",
                           "1,5",
                           "\xff",
                           "12345678\xff",
                           "1234.678.0"})
    EXPECT_FALSE(read(text).valid) << text;
}

// Every length and every place of the point, against the C library, and against garbage around the text.
TEST(ShortNumber, AgreesWithTheCLibrary) {
  std::mt19937_64 random(3);
  for (std::size_t n = 1; n <= 16; ++n) {
    for (std::size_t point = 0; point <= n; ++point) {
      for (int repeat = 0; repeat < 30; ++repeat) {
        std::string text = repeat % 3 == 0 ? "-" : "";
        for (std::size_t k = 0; k < n; ++k) text += k == point ? '.' : static_cast<char>('0' + random() % 10);
        if (n == 1 && point == 0) continue;
        const std::string before = "1234567890.1234,", bytes = before + text + "9.,\n-17.5;x";
        const ShortNumber number = read_short_number(std::string_view(bytes).substr(before.size(), text.size()));
        ASSERT_TRUE(number.valid) << text;
        ASSERT_EQ(number.has_point, point < n) << text;
        if (number.mantissa <= kExactMantissa) {
          ASSERT_EQ(to_double(number), std::strtod(text.c_str(), nullptr)) << text;
        }
      }
    }
  }
}

// Random short texts of digits and near-digits are numbers exactly if the slow rules say so.
TEST(ShortNumber, AgreesWithTheSlowRules) {
  std::mt19937 random(5);
  const std::string alphabet = "0123456789012345678901234567890123456789.-+/:e\x80 ,";
  for (int repeat = 0; repeat < 200000; ++repeat) {
    std::string text;
    for (std::size_t n = random() % 18; n > 0; --n) text += alphabet[random() % alphabet.size()];
    const ShortNumber number = read(text);
    const NumberForm form = number_form(text);
    if (number.valid) {
      ASSERT_EQ(form, number.has_point ? NumberForm::kDecimal : NumberForm::kInteger) << text;
    } else if (form == NumberForm::kInteger) {
      ASSERT_GT(text.size(), 16u) << text;
    }
  }
}

}  // namespace
}  // namespace ffwd
