#include "cli/command.h"

#include <gtest/gtest.h>

#include "support/fault_of.h"

namespace ffwd {
namespace {

Fault refused(const Setter& set, const std::string& text) {
  return fault_of([&] { set("--option", text); });
}

TEST(Command, AnOptionKeepsTheGroupItIsDeclaredIn) {
  Command command;
  bool json = false;
  std::string data;
  command.argument("DATA", "the table", data);
  command.group("Results");
  command.flag("-j,--json", "prints JSON", json);
  ASSERT_EQ(command.options().size(), 2u);
  EXPECT_TRUE(command.options()[0].is_argument());
  EXPECT_EQ(command.options()[0].long_name(), "DATA");
  EXPECT_TRUE(command.options()[1].is_flag());
  EXPECT_EQ(command.options()[1].long_name(), "--json");
  EXPECT_EQ(command.options()[1].group, "Results");
}

TEST(Command, TextMayNotBeEmpty) {
  std::string value;
  text(value)("--output", "a b");
  EXPECT_EQ(value, "a b");
  EXPECT_EQ(refused(text(value), "").what, "'' is empty");
}

TEST(Command, AChoiceListsTheAllowedOnesAndTheNearest) {
  std::string value;
  const Setter set = choice(value, {"adam", "adamw", "sgd"});
  set("--optimizer", "sgd");
  EXPECT_EQ(value, "sgd");
  const Fault fault = refused(set, "adan");
  EXPECT_EQ(fault.kind, ErrorKind::kUsage);
  EXPECT_EQ(fault.where, "--option");
  EXPECT_EQ(fault.what, "'adan' is none of its values; did you mean 'adam'?");
  EXPECT_EQ(fault.fix, "give adam, adamw or sgd");
}

TEST(Command, ACountIsAWholeNumberInItsRange) {
  unsigned small = 0;
  std::optional<std::size_t> large;
  count(small, 1)("--threads", "12");
  count(large, 0)("--patience", "18446744073709551615");
  EXPECT_EQ(small, 12u);
  EXPECT_EQ(large, 18446744073709551615u);
  for (const char* wrong : {"", "0", "-1", "+1", "1.5", "1e3", " 1", "4294967296", "ten"}) {
    EXPECT_EQ(refused(count(small, 1), wrong).what, "'" + std::string(wrong) + "' is not a whole number in its range");
  }
  EXPECT_EQ(refused(count(small, 1), "0").fix, "give a whole number from 1 to 4294967295");
}

TEST(Command, ANumberIsFinite) {
  double value = 0;
  number(value)("--l2", "1e-3");
  EXPECT_EQ(value, 1e-3);
  for (const char* wrong : {"", "abc", "1,5", "nan", "inf", "1e999", "1x"}) {
    EXPECT_EQ(refused(number(value), wrong).what, "'" + std::string(wrong) + "' is not a number");
  }
}

TEST(Command, ListsAreSplitAtCommasAndGrow) {
  std::vector<std::string> words;
  list(words)("--missing", "NA, -999");
  list(words)("--missing", "");
  EXPECT_EQ(words, (std::vector<std::string>{"NA", "-999", ""}));
  std::vector<std::string> whole;
  each(whole)("--drop", "a,b");
  EXPECT_EQ(whole, std::vector<std::string>{"a,b"});
  EXPECT_EQ(refused(each(whole), "").what, "'' is empty");
}

TEST(Command, EachWordOfChoicesIsChecked) {
  std::vector<std::string> units;
  choices(units, {"relu", "tanh"})("--activation", "tanh,relu");
  EXPECT_EQ(units, (std::vector<std::string>{"tanh", "relu"}));
  EXPECT_EQ(refused(choices(units, {"relu", "tanh"}), "relu,tahn").what,
            "'tahn' is none of its values; did you mean 'tanh'?");
}

TEST(Command, ASetterSaysWhichWordsItTakesAndWhetherAsAList) {
  std::string word;
  std::vector<std::string> words;
  EXPECT_EQ(choice(word, {"a", "b"}).words(), (std::vector<std::string>{"a", "b"}));
  EXPECT_FALSE(choice(word, {"a", "b"}).takes_list());
  EXPECT_TRUE(choices(words, {"a", "b"}).takes_list());
  EXPECT_FALSE(text(word).takes_list());
}

TEST(Command, ADelimiterIsOneCharacterOrTheWordTab) {
  char value = 0;
  delimiter(value)("--delimiter", ";");
  EXPECT_EQ(value, ';');
  delimiter(value)("--delimiter", "tab");
  EXPECT_EQ(value, '\t');
  for (const char* wrong : {"", "\"", "\n", ",,", "é"}) {
    EXPECT_EQ(refused(delimiter(value), wrong).fix, "give one character such as , ; | or the word tab");
  }
}

}  // namespace
}  // namespace ffwd
