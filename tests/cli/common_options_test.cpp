#include "cli/common_options.h"

#include "support/fault_of.h"

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

TEST(CommonOptions, MoreThreadsThanThereCanBeAreRefused) {
  Command command;
  unsigned threads = 0;
  declare_threads(command, threads);
  const std::vector<std::string> args = {"--threads", "257"};
  const Fault fault = fault_of([&] { static_cast<void>(parse(command, "predict", args)); });
  EXPECT_EQ(fault.kind, ErrorKind::kUsage);
  EXPECT_EQ(fault.where, "--threads");
  EXPECT_EQ(fault.fix, "give a whole number from 0 to 256");
}

}  // namespace
}  // namespace ffwd
