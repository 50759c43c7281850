#include "cli/common_options.h"

#include <gtest/gtest.h>

namespace ffwd {
namespace {

TEST(CommonOptions, FillWhatTheyAreBoundTo) {
  Command command;
  char separator = 0;
  std::vector<std::string> missing;
  unsigned threads = 0;
  bool json = false;
  declare_delimiter(command, separator);
  declare_missing(command, missing);
  declare_threads(command, threads);
  declare_json(command, json);
  const std::vector<std::string> args = {"--delimiter", "|", "--missing=,x", "--threads", "2", "--json"};
  EXPECT_TRUE(parse(command, "train", args));
  EXPECT_EQ(separator, '|');
  EXPECT_EQ(missing, (std::vector<std::string>{"", "x"}));
  EXPECT_EQ(threads, 2u);
  EXPECT_TRUE(json);
}

}  // namespace
}  // namespace ffwd
