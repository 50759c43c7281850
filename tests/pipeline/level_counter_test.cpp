#include "pipeline/level_counter.h"

#include "made_table.h"
#include "pipeline/level_hash.h"

namespace ffwd {
namespace {

std::string shown(const std::vector<LevelCount>& levels) {
  std::string text;
  for (const LevelCount& level : levels) text += level.text + ":" + std::to_string(level.n_rows) + " ";
  return text;
}

TEST(LevelCounter, OrdersByFrequencyThenByBytes) {
  Table table;
  table.add_text("c", {"b", "é", "a", "b", kNone, "Z"});
  LevelCounter counter;
  counter.add(table.column(0), all_rows(table));
  EXPECT_EQ(shown(counter.sorted()), "b:2 Z:1 a:1 é:1 ");
  EXPECT_EQ(counter.n_present(), 5u);
  EXPECT_EQ(counter.n_missing(), 1u);
}

TEST(LevelCounter, AddsPiecesWhoseCodesDiffer) {
  Table first, second;
  first.add_text("c", {"a", "b"});
  second.add_text("c", {"b", "c"});
  LevelCounter counter;
  counter.add(first.column(0), all_rows(first));
  counter.add(second.column(0), all_rows(second));
  EXPECT_EQ(shown(counter.sorted()), "b:2 a:1 c:1 ");
}

TEST(LevelCounter, CountsNumbersByTheirText) {
  Table table;
  table.add_numbers("c", {1.5, 1.5, 2});
  LevelCounter counter;
  counter.add(table.column(0), all_rows(table));
  EXPECT_EQ(shown(counter.sorted()), "1.5:2 2:1 ");
}

TEST(LevelCounter, MergesSpellingsWhereAllTextsAreNumbersOrAllAreBooleans) {
  const auto merged = [](const Cells& cells) {
    Table table;
    table.add_text("c", cells);
    LevelCounter counter;
    counter.add(table.column(0), all_rows(table));
    counter.merge_spellings();
    return shown(counter.sorted());
  };
  EXPECT_EQ(merged({"1", "1.0", "+1", "2.50", kNone}), "1:3 2.5:1 ");
  EXPECT_EQ(merged({"True", "false", "true"}), "true:2 false:1 ");
  EXPECT_EQ(merged({"1.0", "1", "x"}), "1:1 1.0:1 x:1 ");
  EXPECT_EQ(merged({"007", "7", "7.0"}), "007:1 7:1 7.0:1 ");
  EXPECT_EQ(merged({"True", "1"}), "1:1 True:1 ");
}

TEST(LevelHash, IsTheUpperPartOfFnv1a) {
  // Test vectors of the FNV reference: 64-bit FNV-1a of "", "a" and "foobar".
  EXPECT_EQ(level_hash(""), static_cast<double>(0xCBF29CE484222325u >> 11));
  EXPECT_EQ(level_hash("a"), static_cast<double>(0xAF63DC4C8601EC8Cu >> 11));
  EXPECT_EQ(level_hash("foobar"), static_cast<double>(0x85944171F73967E8u >> 11));
}

}  // namespace
}  // namespace ffwd
