#include "table/dressed_number.h"

#include <gtest/gtest.h>

namespace ffwd {
namespace {

TEST(DressedNumber, IsSeenThroughItsSigns) {
  for (const char* text : {"$5,175.50", "5,175", "1'250", "1 250 000", "12 %", "12%", "€3", "3 EUR", "-$4", "$-4"}) {
    EXPECT_TRUE(looks_like_number(text)) << text;
  }
}

TEST(DressedNumber, PlainNumbersAndOtherTextsAreNot) {
  for (const char* text : {"", "5175.50", "-3", "1e5", "12-34", "1,2", "12,34,567", "1,2345", "$", "%", "USD", "A 250",
                           "1 2", ",123", "1,", "inf", "10:30"}) {
    EXPECT_FALSE(looks_like_number(text)) << text;
  }
}

}  // namespace
}  // namespace ffwd
