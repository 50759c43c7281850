#include "cli/help.h"

#include <gtest/gtest.h>

#include "cli/fake_console.h"
#include "cli/run_cli.h"
#include "cli/text_table.h"

namespace ffwd {
namespace {

std::string help_of(const VerbRow& verb, std::size_t width = 100) {
  FakeConsole fake;
  fake.console.out_screen.width = width;
  EXPECT_EQ(run_cli(std::vector<std::string>{std::string(verb.name), "--help"}, fake.console), 0);
  EXPECT_EQ(fake.err.str(), "");
  return fake.out.str();
}

TEST(Help, ListsEveryVerbWithItsSummary) {
  FakeConsole fake;
  print_help(fake.console);
  for (const VerbRow* verb : verbs()) {
    EXPECT_NE(fake.out.str().find("  " + std::string(verb->name) + " "), std::string::npos) << verb->name;
    EXPECT_NE(fake.out.str().find(verb->summary), std::string::npos) << verb->name;
  }
}

TEST(Help, OfAVerbShowsAnExampleFirstThenEveryOption) {
  for (const VerbRow* verb : verbs()) {
    SCOPED_TRACE(verb->name);
    const std::string help = help_of(*verb);
    Command command;
    const auto made = verb->make();
    made->declare(command);
    const std::size_t usage = help.find("Usage");
    EXPECT_LT(help.find(verb->example), usage);
    for (const CommandOption& option : command.options()) {
      EXPECT_NE(help.find(option.long_name() + (option.value.empty() ? "" : " " + option.value), usage),
                std::string::npos)
          << option.names;
      EXPECT_FALSE(option.summary.empty()) << option.names;
    }
  }
}

TEST(Help, ShowsDefaultsInsideTheWidthOfTheScreen) {
  const std::string help =
      help_of(**std::find_if(verbs().begin(), verbs().end(), [](const VerbRow* v) { return v->name == "train"; }), 72);
  EXPECT_NE(help.find("(default: adamw)"), std::string::npos);
  for (std::size_t at = help.find("Usage"); at < help.size();) {
    const std::size_t end = help.find('\n', at);
    EXPECT_LE(display_width(help.substr(at, end - at)), 72u) << help.substr(at, end - at);
    at = end + 1;
  }
}

}  // namespace
}  // namespace ffwd
