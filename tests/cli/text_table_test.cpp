#include "cli/text_table.h"

#include <gtest/gtest.h>

#include "cli/fake_console.h"

namespace ffwd {
namespace {

TEST(TextTable, WordsAreAlignedLeftAndNumbersRight) {
  FakeConsole fake;
  TextTable table({{.text = "layer", .left = true}, {.text = "units"}});
  table.add({"h1", "64"});
  table.add({"output", "1,000"});
  table.print(fake.console);
  EXPECT_EQ(fake.out.str(), "  layer   units\n  h1         64\n  output  1,000\n");
}

TEST(TextTable, WidthIsThatOfTheTerminalAndNotOfTheBytes) {
  EXPECT_EQ(display_width("größe"), 5u);
  EXPECT_EQ(display_width("年齢"), 4u);
  EXPECT_EQ(display_width("😀"), 2u);
  EXPECT_EQ(display_width("e\xCC\x81"), 1u);
  FakeConsole fake;
  TextTable table({{.text = "é", .left = true}, {.text = "n"}});
  table.add({"年", "1"});
  table.print(fake.console);
  EXPECT_EQ(fake.out.str(), "  é   n\n  年  1\n");
}

TEST(TextTable, HeadingsAreDimWhereTheScreenCanShowIt) {
  FakeConsole fake;
  fake.console.out_screen = {.terminal = true, .styled = true};
  TextTable({{.text = "n"}}).print(fake.console);
  EXPECT_EQ(fake.out.str(), "\033[2m  n\033[0m\n");
}

}  // namespace
}  // namespace ffwd
