#include "core/names.h"

#include <gtest/gtest.h>

namespace ffwd {
namespace {

const std::vector<std::string> kUnits = {"identity", "relu", "leaky_relu", "tanh", "sigmoid", "softplus"};

TEST(Names, FindsTheNearestWithinAThirdOfTheLetters) {
  EXPECT_EQ(nearest_name("rellu", kUnits), "relu");
  EXPECT_EQ(nearest_name("RELU", kUnits), "relu");
  EXPECT_EQ(nearest_name("tahn", kUnits), "tanh");  // two letters swapped are one slip
  EXPECT_EQ(nearest_name("sigmod", kUnits), "sigmoid");
  EXPECT_EQ(nearest_name("leakyrelu", kUnits), "leaky_relu");
  EXPECT_EQ(nearest_name("gelu", kUnits), "relu");
  EXPECT_EQ(nearest_name("maxout", kUnits), "");
  EXPECT_EQ(nearest_name("", kUnits), "");
  EXPECT_EQ(nearest_name("relu", {}), "");
}

TEST(Names, AllowsOneLetterInShortNamesButNotAllOfThem) {
  const std::vector<std::string> columns = {"a", "y"};
  EXPECT_EQ(nearest_name("yy", columns), "y");
  EXPECT_EQ(nearest_name("Y", columns), "y");
  EXPECT_EQ(nearest_name("x", columns), "");
}

TEST(Names, PrefersTheFirstOfEquallyNearOnes) {
  const std::vector<std::string> names = {"rate_a", "rate_b"};
  EXPECT_EQ(nearest_name("rate_c", names), "rate_a");
}

TEST(Names, AnUnknownNameComesWithTheNearestOrWithAllKnownOnes) {
  EXPECT_EQ(unknown_name("unit", "rellu", kUnits), "unknown unit 'rellu'; did you mean 'relu'?");
  EXPECT_EQ(unknown_name("unit", "maxout", kUnits),
            "unknown unit 'maxout'; known: identity, relu, leaky_relu, tanh, sigmoid and softplus");
  EXPECT_EQ(unknown_name("unit", "x", {}), "unknown unit 'x'");
  EXPECT_LT(unknown_name("column", std::string(100000, 'x'), kUnits).size(), 200u);
}

TEST(Names, JoinsInWords) {
  const std::vector<std::string> names = {"a", "b", "c"};
  EXPECT_EQ(join_names(names), "a, b or c");
  EXPECT_EQ(join_names(names, "and"), "a, b and c");
  EXPECT_EQ(join_names(names, "or", 2), "a, b, … (1 more)");
  EXPECT_EQ(join_names(names, "or", 0), "… (3 more)");
  EXPECT_EQ(join_names(std::span(names).first(2)), "a or b");
  EXPECT_EQ(join_names(std::span(names).first(1)), "a");
  EXPECT_EQ(join_names({}), "");
}

TEST(Names, ShortensAtWholeCharacters) {
  EXPECT_EQ(shorten("short"), "short");
  EXPECT_EQ(shorten("größe", 3), "gr…");  // ö has two bytes
  EXPECT_EQ(shorten("größe", 4), "grö…");
  EXPECT_EQ(shorten("😀😀", 4), "😀…");
  EXPECT_EQ(shorten(std::string(41, 'x')), std::string(40, 'x') + "…");
  EXPECT_EQ(shorten(std::string(40, 'x')), std::string(40, 'x'));
}

TEST(Names, ShortensToPrintableText) {
  EXPECT_EQ(shorten("two\nlines\t\x1b[31m\x7f"), "two?lines??[31m?");
  EXPECT_EQ(shorten("caf\xe9 ol\xc3"), "caf? ol?");
}

}  // namespace
}  // namespace ffwd
