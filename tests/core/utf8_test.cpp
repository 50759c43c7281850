#include "core/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace ffwd {
namespace {

TEST(Utf8, TakesWholeValidTexts) {
  for (const std::string text : {"", "plain ascii, longer than a word", "größe", "年齢", "😀", "\x7f", "\xc2\x80",
                                 "\xed\x9f\xbf", "\xee\x80\x80", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"})
    EXPECT_EQ(valid_utf8_prefix(text), text.size()) << text;
}

TEST(Utf8, StopsAtTheFirstByteOfABrokenSequence) {
  // A lone continuation, overlong forms, surrogates, beyond U+10FFFF, never valid bytes, wrong or missing
  // continuations.
  for (const std::string bad :
       {"\x80", "\xc0\xaf", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80", "\xff", "\xc3", "\xc3(", "\xe2\x82", "\xe2(\xa1", "\xf0\x9f\x98", "\xf0\x9f\x98("}) {
    EXPECT_EQ(valid_utf8_prefix(bad), 0u);
    EXPECT_EQ(valid_utf8_prefix("größe" + bad), 7u);
    EXPECT_EQ(valid_utf8_prefix("eight ascii bytes and more" + bad + "x"), 26u);
  }
}

TEST(Utf8, CountsNulAsACharacter) { EXPECT_EQ(valid_utf8_prefix(std::string_view("a\0b", 3)), 3u); }

}  // namespace
}  // namespace ffwd
