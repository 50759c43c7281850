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

TEST(ColumnWords, AnEmbeddedColumnMayHaveASizeBehindIt) {
  const Table named = read_csv("shop,city=4,\"a, b\",x\n1,2,3,4\n", "t.csv");
  const auto embedded = [&](const Words& texts) {
    Words words;
    for (const auto& [column, size] : embedded_columns("--embed", texts, named))
      words.push_back(column + ":" + std::to_string(size));
    return words;
  };
  EXPECT_EQ(embedded({"shop=3,x"}), (Words{"shop:3", "x:8"}));
  EXPECT_EQ(embedded({"shop = 3 , x"}), (Words{"shop:3", "x:8"}));
  EXPECT_EQ(embedded({"a, b=5", "a, b", "city=4", "city=4=2"}), (Words{"a, b:5", "a, b:8", "city=4:8", "city=4:2"}));
  EXPECT_EQ(embedded({"nowhere"}), (Words{"nowhere:8"})) << "found missing later";
  for (const char* size : {"", "0", "-1", "x", "2.5", "1000001"}) {
    const Fault fault = fault_of([&] { static_cast<void>(embedded({std::string("shop=") + size})); });
    EXPECT_EQ(fault.kind, ErrorKind::kUsage) << size;
    EXPECT_EQ(fault.where, "--embed 'shop'");
    EXPECT_EQ(fault.what, std::string("'") + size + "' is not a whole number in its range");
    EXPECT_EQ(fault.fix, "give a whole number from 1 to 1000000");
  }
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
