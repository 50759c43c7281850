#include "pipeline/class_value.h"

#include <cmath>
#include <limits>

#include "made_table.h"

namespace ffwd {
namespace {

using Names = std::vector<std::string>;

Names names(const Table& table) { return collect_classes(table.column(0), all_rows(table)).names; }

TEST(ClassValue, HoldsWholeNumbersAsIntegers) {
  EXPECT_EQ(class_value(3.0), ClassValue(std::int64_t{3}));
  EXPECT_EQ(class_value(-0.0), ClassValue(std::int64_t{0}));
  EXPECT_EQ(class_value(0.5), ClassValue(0.5));
  EXPECT_EQ(class_value(-9223372036854775808.0), ClassValue(-9223372036854775808.0));
  EXPECT_EQ(class_value(1e300), ClassValue(1e300));
}

TEST(ClassValue, OrdersNumbersByValueAndTextByBytes) {
  const std::vector<ClassValue> rising{
      -1e300,           std::int64_t{-5}, -0.5, std::int64_t{0}, 1.5, std::int64_t{2}, std::string(), std::string("Z"),
      std::string("a"), std::string("é")};
  for (std::size_t i = 0; i < rising.size(); ++i)
    for (std::size_t j = 0; j < rising.size(); ++j) EXPECT_EQ(precedes(rising[i], rising[j]), i < j) << i << " " << j;
}

TEST(Classes, OfTextAreInTheOrderOfBytes) {
  Table table;
  table.add_text("y", {"b", "a", kNone, "B", "b"});
  EXPECT_EQ(names(table), (Names{"B", "a", "b"}));
}

TEST(Classes, OfIntegersRise) {
  Table table;
  table.add_integers("y", {10, 9, 10, 9007199254740993, 9007199254740992});
  EXPECT_EQ(names(table), (Names{"9", "10", "9007199254740992", "9007199254740993"}));
}

TEST(Classes, OfNumbersHaveOneSpellingHoweverTheyAreWritten) {
  const ReadOptions spelled{.keep_spelling = {"y"}};
  const Table table = read_csv("x,y\n1,1.00\n2,5e-1\n3,1\n4,NA\n5,100000.0\n", "t.csv", spelled);
  EXPECT_EQ(collect_classes(table.column(1), all_rows(table)).names, (Names{"0.5", "1", "100000"}));
}

TEST(Classes, OfCodesAreAsWritten) {
  const Table table = read_csv("x,y\n1,007\n2,01\n3,10\n", "t.csv");
  EXPECT_EQ(collect_classes(table.column(1), all_rows(table)).names, (Names{"007", "01", "10"}));
}

TEST(Classes, OfBooleansAreFalseThenTrue) {
  Table table;
  add_typed(table, "y", ColumnType::kBoolean, {"TRUE", "true", "False", kNone});
  EXPECT_EQ(names(table), (Names{"false", "true"}));
}

std::vector<std::int32_t> found(const Table& table, ColumnType as, const std::vector<ClassValue>& values) {
  return find_classes(table.column(0), all_rows(table), as, values);
}

TEST(FindClasses, MatchesNumbersByValueWhateverTheColumnIs) {
  const std::vector<ClassValue> values{std::int64_t{0}, std::int64_t{1}, 2.5};
  Table numbers, integers, booleans, texts, missing;
  numbers.add_numbers("y", {2.5, 1, std::nan("")});
  integers.add_integers("y", {1, 7});
  add_typed(booleans, "y", ColumnType::kBoolean, {"true", "false", "True"});
  texts.add_text("y", {"1.0", " 2.50", "one", "0", kNone, "99999999999999999999"});
  add_missing(missing, "y", 1);
  using Found = std::vector<std::int32_t>;
  EXPECT_EQ(found(numbers, ColumnType::kInteger, values), (Found{2, 1, -1}));
  EXPECT_EQ(found(integers, ColumnType::kNumber, values), (Found{1, -1}));
  EXPECT_EQ(found(booleans, ColumnType::kBoolean, values), (Found{1, 0, 1}));
  EXPECT_EQ(found(texts, ColumnType::kNumber, values), (Found{1, 2, -1, 0, -1, -1}));
  EXPECT_EQ(found(missing, ColumnType::kNumber, values), (Found{-1}));
}

TEST(FindClasses, MatchesTextByItsBytesWhateverTheColumnIs) {
  const std::vector<ClassValue> values{std::string("1"), std::string("2"), std::string("x")};
  Table texts, integers;
  texts.add_text("y", {"x", "X", kNone, "1", "x"});
  integers.add_integers("y", {2, 3});
  EXPECT_EQ(found(texts, ColumnType::kText, values), (std::vector<std::int32_t>{2, -1, -1, 0, 2}));
  EXPECT_EQ(found(integers, ColumnType::kText, values), (std::vector<std::int32_t>{1, -1}));
}

}  // namespace
}  // namespace ffwd
