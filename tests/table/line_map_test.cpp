#include "table/line_map.h"

#include <gtest/gtest.h>

#include <random>

namespace ffwd {
namespace {

TEST(LineMap, CountsOnFromTheFirstRow) {
  LineMap map;
  for (std::uint64_t line = 2; line < 1000; ++line) map.add_row(line);
  EXPECT_EQ(map.n_rows(), 998u);
  EXPECT_EQ(map.line(0, 0), 2u);
  EXPECT_EQ(map.line(997, 5), 999u);
}

TEST(LineMap, KnowsGapsAndFieldsThatStartOnLaterLines) {
  LineMap map;
  map.add_row(2);
  map.add_row(5);  // after two blank lines
  map.add_shift(1, 1);
  map.add_shift(3, 4);
  map.add_row(10);
  map.add_row(11);
  EXPECT_EQ(map.line(0, 9), 2u);
  EXPECT_EQ(map.line(1, 0), 5u);
  EXPECT_EQ(map.line(1, 1), 6u);
  EXPECT_EQ(map.line(1, 2), 6u);
  EXPECT_EQ(map.line(1, 3), 9u);
  EXPECT_EQ(map.line(1, 99999), 9u);
  EXPECT_EQ(map.line(2, 3), 10u);
  EXPECT_EQ(map.line(3, 0), 11u);
}

TEST(LineMap, OneMayFollowAnother) {
  LineMap map, next, blank;
  map.add_row(2);
  next.add_row(1);
  next.add_row(4);
  next.add_shift(1, 2);
  next.add_row(7);
  map.append(next, 3);  // rows on lines 3, 6 and 9
  map.append(blank, 10);
  map.append(next, 12);  // 12, 15, 18
  EXPECT_EQ(map.n_rows(), 7u);
  const std::uint64_t lines[] = {2, 3, 6, 9, 12, 15, 18};
  for (std::size_t row = 0; row < 7; ++row) EXPECT_EQ(map.line(row, 0), lines[row]) << row;
  EXPECT_EQ(map.line(2, 1), 8u);
  EXPECT_EQ(map.line(5, 2), 17u);
  next.clear();
  EXPECT_EQ(next.n_rows(), 0u);
  next.add_row(5);
  EXPECT_EQ(next.line(0, 1), 5u);
}

TEST(LineMap, AgreesWithOneNumberPerField) {
  std::mt19937 random(7);
  constexpr std::size_t kColumns = 4;
  LineMap map;
  std::vector<std::uint64_t> lines;
  std::uint64_t line = 2;
  for (std::size_t row = 0; row < 500; ++row) {
    if (random() % 10 == 0) line += 1 + random() % 3;
    map.add_row(line);
    std::uint32_t shift = 0;
    for (std::uint32_t k = 0; k < kColumns; ++k) {
      if (k > 0 && random() % 8 == 0) map.add_shift(k, shift += static_cast<std::uint32_t>(1 + random() % 2));
      lines.push_back(line + shift);
    }
    line += shift + 1;
  }
  for (std::size_t at = 0; at < lines.size(); ++at) ASSERT_EQ(map.line(at / kColumns, at % kColumns), lines[at]) << at;
}

}  // namespace
}  // namespace ffwd
