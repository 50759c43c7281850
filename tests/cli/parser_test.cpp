#include <gtest/gtest.h>

#include "cli/command.h"
#include "support/fault_of.h"

namespace ffwd {
namespace {

struct Example {
  Command command;
  std::string model, data, output, target;
  std::vector<std::string> drop;
  double rate = 0;
  bool json = false;

  Example() {
    command.argument("MODEL", "", model);
    command.argument("DATA", "", data);
    command.option({.names = "-o,--output", .value = "FILE", .set = text(output)});
    command.option({.names = "--target", .value = "NAME", .set = text(target)});
    command.option({.names = "--rate", .value = "RATE", .set = number(rate)});
    command.option({.names = "--drop", .value = "NAMES", .set = list(drop), .repeatable = true});
    command.flag("--json", "", json);
  }
  bool parse(const std::vector<std::string>& args) const { return ffwd::parse(command, "train", args); }
  Fault refused(const std::vector<std::string>& args) const {
    return fault_of([&] { static_cast<void>(parse(args)); });
  }
};

TEST(Parser, OptionsStandAnywhereInAnyForm) {
  Example e;
  EXPECT_TRUE(e.parse({"--json", "m", "--output=a b", "d.csv", "--drop", "x", "--drop", "y,z", "--rate", "-1e-3"}));
  EXPECT_EQ(e.model, "m");
  EXPECT_EQ(e.data, "d.csv");
  EXPECT_EQ(e.output, "a b");
  EXPECT_EQ(e.drop, (std::vector<std::string>{"x", "y", "z"}));
  EXPECT_EQ(e.rate, -1e-3);
  EXPECT_TRUE(e.json);
  Example shorter;
  EXPECT_TRUE(shorter.parse({"-oout", "m", "--", "--target"}));
  EXPECT_EQ(shorter.output, "out");
  EXPECT_EQ(shorter.data, "--target");
  Example equals;
  EXPECT_TRUE(equals.parse({"m", "d", "-o=out"}));
  EXPECT_EQ(equals.output, "out");
}

TEST(Parser, ValuesThatLookLikeListsOrSettingsAreTakenAsWritten) {
  Example e;
  EXPECT_TRUE(e.parse({"[a,b]", "x=y", "--target", "{c}", "--output=k=v"}));
  EXPECT_EQ(e.model, "[a,b]");
  EXPECT_EQ(e.data, "x=y");
  EXPECT_EQ(e.target, "{c}");
  EXPECT_EQ(e.output, "k=v");
}

TEST(Parser, HelpIsShownWhateverElseIsWrong) {
  EXPECT_FALSE(Example().parse({"--help"}));
  EXPECT_FALSE(Example().parse({"a", "b", "c", "-h", "--nonsense"}));
}

TEST(Parser, AnUnknownOptionNamesTheNearest) {
  const Fault fault = Example().refused({"m", "d", "--targte", "y"});
  EXPECT_EQ(fault.kind, ErrorKind::kUsage);
  EXPECT_EQ(fault.what, "unknown option '--targte'; did you mean '--target'?");
  EXPECT_EQ(fault.fix, "see ffwd train --help");
  EXPECT_EQ(Example().refused({"m", "d", "--outputs=x"}).what, "unknown option '--outputs'; did you mean '--output'?");
  EXPECT_EQ(Example().refused({"m", "d", "--frobnicate"}).what, "unknown option '--frobnicate'");
  EXPECT_EQ(Example().refused({"m", "d", "-x"}).what.substr(0, 19), "unknown option '-x'");
}

TEST(Parser, MissingAndSurplusArgumentsAreNamed) {
  EXPECT_EQ(Example().refused({"m"}).what, "argument DATA is missing");
  EXPECT_EQ(Example().refused({"m", "d", "e"}).what, "unexpected argument 'e'");
}

TEST(Parser, AnOptionWithoutItsValueIsNamed) {
  EXPECT_EQ(Example().refused({"m", "d", "--target"}).what, "--target needs a value: NAME");
  EXPECT_EQ(Example().refused({"m", "d", "--target", "--json"}).what, "--target needs a value: NAME");
  EXPECT_EQ(Example().refused({"m", "d", "--target=", "--json"}).what, "'' is empty");
}

TEST(Parser, AnOptionGivenTwiceIsRefusedUnlessItMayBe) {
  EXPECT_EQ(Example().refused({"m", "d", "--rate", "1", "--rate", "2"}).what, "--rate is given twice");
}

TEST(Parser, AFlagTakesNoValue) {
  const Fault fault = Example().refused({"m", "d", "--json=false"});
  EXPECT_EQ(fault.kind, ErrorKind::kUsage);
  EXPECT_EQ(fault.what, "--json takes no value, and 'false' was given");
}

}  // namespace
}  // namespace ffwd
