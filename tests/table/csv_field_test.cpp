#include <random>

#include "ffwd/table.h"
#include "reading.h"

namespace ffwd {
namespace {

TEST(CsvField, IsQuotedOnlyWhereItMustBe) {
  EXPECT_EQ(csv_field("plain text"), "plain text");
  EXPECT_EQ(csv_field("5\" steel"), "\"5\"\" steel\"");
  EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_field("a,b", ';'), "a,b");
  EXPECT_EQ(csv_field("a;b", ';'), "\"a;b\"");
  EXPECT_EQ(csv_field("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(csv_field("a\rb"), "\"a\rb\"");
  EXPECT_EQ(csv_field(" a"), "\" a\"");
  EXPECT_EQ(csv_field("a\t"), "\"a\t\"");
  EXPECT_EQ(csv_field(""), "");
  EXPECT_EQ(csv_field("", ',', true), "\"\"");
}

TEST(CsvField, ReadsBackAsItWas) {
  std::mt19937 random(11);
  const std::string alphabet = "ab \t,;|\"\n\r1é";
  for (const char delimiter : {',', ';', '\t', '|'}) {
    std::vector<std::string> cells;
    std::string text = "x\n";
    for (int row = 0; row < 500; ++row) {
      std::string cell = "t";  // no mark of a missing value
      for (std::size_t n = random() % 8; n > 0; --n)
        cell.insert(random() % 2 == 0 ? 0 : cell.size(), 1, alphabet[random() % 11]);
      cells.push_back(cell);
      text += csv_field(cell, delimiter) + "\n";
    }
    const Table table = read_csv(text, "t.csv", {.delimiter = delimiter});
    ASSERT_EQ(table.n_rows(), cells.size());
    for (std::size_t row = 0; row < cells.size(); ++row) ASSERT_EQ(table.column(0).cell(row), cells[row]);
  }
}

}  // namespace
}  // namespace ffwd
