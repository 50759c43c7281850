#include "cli/output_path.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <vector>

#include "cli/run_binary.h"
#include "support/fault_of.h"

namespace ffwd {
namespace {

TEST(OutputPath, AModelIsCalledLikeItsTarget) {
  EXPECT_EQ(default_model_path("price"), "price.ffwd");
  EXPECT_EQ(default_model_path("größe (m²)"), "größe (m²).ffwd");
}

TEST(OutputPath, WhatCannotStandInAFileNameIsReplaced) {
  EXPECT_EQ(default_model_path("km/h"), "km_h.ffwd");
  EXPECT_EQ(default_model_path("../up"), "_.._up.ffwd");
  EXPECT_EQ(default_model_path("a\nb:c"), "a_b_c.ffwd");
  EXPECT_EQ(default_model_path("-o"), "_-o.ffwd");
  EXPECT_EQ(default_model_path(""), "_.ffwd");
}

TEST(OutputPath, ALongNameIsCutAtAWholeCharacter) {
  std::string name(199, 'x');
  name += "é and more";
  EXPECT_EQ(default_model_path(name), std::string(199, 'x') + ".ffwd");
}

TEST(OutputPath, AFileThatIsReadIsNotWrittenOver) {
  const TempFolder folder;
  const std::string data = folder.with("data.csv", "a\n1\n");
  std::filesystem::create_symlink(data, folder.file("link"));
  const std::vector<std::string> read = {folder.file("absent"), data};
  check_not_read("--output", folder.file("new"), read);
  for (const std::string& path : {data, folder.path() + "/./data.csv", folder.file("link")}) {
    const Fault fault = fault_of([&] { check_not_read("--output", path, read); });
    EXPECT_EQ(fault.kind, ErrorKind::kUsage);
    EXPECT_EQ(fault.where, "--output");
    EXPECT_EQ(fault.what, "'" + path + "' is read in the same run and would be lost");
  }
}

}  // namespace
}  // namespace ffwd
