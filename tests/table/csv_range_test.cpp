#include "table/csv_range.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace ffwd {
namespace {

using Texts = std::vector<std::string>;

Texts cut(std::string_view text, std::size_t range_bytes) {
  RangeCutter cutter(text, range_bytes);
  Texts ranges;
  for (auto next = cutter.next(2); !next.empty(); next = cutter.next(2))
    ranges.insert(ranges.end(), next.begin(), next.end());
  return ranges;
}

TEST(RangeCutter, CutsAfterLineEndsOfAllKinds) {
  EXPECT_EQ(cut("ab\ncd\r\nef\rgh", 1), (Texts{"ab\n", "cd\r\n", "ef\r", "gh"}));
  EXPECT_EQ(cut("ab\ncd\r\nef\rgh", 4), (Texts{"ab\ncd\r\n", "ef\rgh"}));
  EXPECT_EQ(cut("abcdef", 2), Texts{"abcdef"});
  EXPECT_EQ(cut("", 2), Texts{});
}

TEST(RangeCutter, ABoundaryWithinCrLfLeavesNothingOut) {
  EXPECT_EQ(cut("a\r\nb\r\nc", 2), (Texts{"a\r\n", "b\r\n", "c"}));
}

TEST(RangeCutter, LeavesNothingOut) {
  std::mt19937 random(4);
  const std::string alphabet = "ab,\r\n";
  for (int repeat = 0; repeat < 2000; ++repeat) {
    std::string text, together;
    for (std::size_t n = random() % 60; n > 0; --n) text += alphabet[random() % alphabet.size()];
    for (const std::string& range : cut(text, 1 + random() % 10)) {
      EXPECT_FALSE(range.empty());
      together += range;
    }
    ASSERT_EQ(together, text);
  }
}

TEST(CsvRange, EachThreadHasSomeToDo) {
  EXPECT_EQ(ranges_at_once(1), 1u);
  EXPECT_GE(ranges_at_once(2), 4u);
  EXPECT_GE(ranges_at_once(256), 512u);
}

}  // namespace
}  // namespace ffwd
