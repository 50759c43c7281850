#include "table/stop_finder.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "table/padded_bytes.h"

namespace ffwd {
namespace {

std::size_t next_by_hand(const std::string& text, std::size_t from, char delimiter) {
  while (from < text.size() && text[from] != delimiter && text[from] != '\n' && text[from] != '\r') ++from;
  return from;
}

TEST(StopFinder, FindsWhatALoopOverBytesFinds) {
  std::mt19937 random(1);
  const std::string alphabet = ",;\n\rabcdefghijklmnopqrstuvwxyz0123456789 \"\x80\xff";
  for (const std::size_t size : {0u, 1u, 15u, 16u, 63u, 64u, 65u, 127u, 128u, 129u, 700u}) {
    for (const std::size_t n_letters : {4u, 12u, 42u}) {
      std::string text;
      for (std::size_t k = 0; k < size; ++k) text += alphabet[random() % n_letters];
      const PaddedBytes bytes(text);
      const char* const begin = bytes.view().data();
      StopFinder stops(begin, begin + size, ',');
      for (std::size_t at = 0; at <= size; ++at) {
        const auto found = static_cast<std::size_t>(stops.next(begin + at) - begin);
        ASSERT_EQ(found, next_by_hand(text, at, ',')) << size << " " << at;
        if (random() % 3 == 0) at = found + random() % 100;  // as after a field in quotes
      }
    }
  }
}

TEST(StopFinder, NoticesBytesBeyondAsciiAndNul) {
  for (const char odd : {'\x80', '\xff', '\0'}) {
    std::string text(300, 'x');
    text[200] = odd;
    const PaddedBytes bytes(text);
    const char* const begin = bytes.view().data();
    StopFinder stops(begin, begin + 256, ',');  // so that no padding takes part
    stops.watch();
    EXPECT_FALSE(stops.saw_unusual());
    EXPECT_EQ(stops.next(begin), begin + 256);
    EXPECT_TRUE(stops.saw_unusual());
  }
}

TEST(StopFinder, KeepsNoticingWhileItIsInTheSameBlock) {
  const PaddedBytes bytes("\xc3\xa9,b\nc,d\n" + std::string(200, 'x'));
  const char* const begin = bytes.view().data();
  StopFinder stops(begin, begin + bytes.size(), ',');
  stops.watch();
  EXPECT_TRUE(stops.saw_unusual());
  EXPECT_EQ(stops.next(begin + 64), begin + bytes.size());
}

}  // namespace
}  // namespace ffwd
