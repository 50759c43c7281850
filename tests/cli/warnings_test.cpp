#include "cli/warnings.h"

#include <gtest/gtest.h>

#include "cli/fake_console.h"

namespace ffwd {
namespace {

TEST(Warnings, EachIsSaidOnceAndKept) {
  FakeConsole fake;
  Warnings warnings(fake.console);
  warnings.add("one");
  warnings.add(std::vector<std::string>{"one", "two"});
  EXPECT_EQ(fake.err.str(), "ffwd: warning: one\nffwd: warning: two\n");
  EXPECT_EQ(warnings.all(), (std::vector<std::string>{"one", "two"}));
}

}  // namespace
}  // namespace ffwd
