#include "cli/column_words.h"

#include <gtest/gtest.h>

#include "support/fault_of.h"

namespace ffwd {
namespace {

using Words = std::vector<std::string>;

Table table() { return read_csv("price,\"price, eur\",qty\n1,2,3\n", "t.csv"); }

TEST(ColumnWords, ATextThatIsAColumnIsThatColumn) {
  EXPECT_EQ(columns_named(Words{"price, eur", "qty,price"}, table()), (Words{"price, eur", "qty", "price"}));
}

TEST(ColumnWords, BeforeReadingBothMeaningsAreKept) {
  EXPECT_EQ(columns_maybe_named(Words{"price, eur"}), (Words{"price, eur", "price", "eur"}));
}

TEST(ColumnWords, AnUnknownColumnNamesTheNearest) {
  EXPECT_EQ(find_columns("--keep", Words{"qty", "price"}, table()), (std::vector<std::size_t>{2, 0}));
  const Fault fault = fault_of([] { static_cast<void>(find_columns("--keep", Words{"prise"}, table())); });
  EXPECT_EQ(fault.kind, ErrorKind::kData);
  EXPECT_EQ(fault.where, "t.csv");
  EXPECT_EQ(fault.what, "unknown column 'prise'; did you mean 'price'?");
  EXPECT_EQ(fault.fix, "give --keep names of its columns; ffwd inspect lists them");
}

}  // namespace
}  // namespace ffwd
