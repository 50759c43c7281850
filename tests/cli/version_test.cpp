#include "ffwd/version.h"

#include <gtest/gtest.h>

#include "cli/run_binary.h"
#include "core/json.h"

namespace ffwd {
namespace {

TEST(Version, SaysVersionTargetAndBuild) {
  const Finished done = run_binary({"version"});
  EXPECT_EQ(done.exit, 0);
  EXPECT_EQ(done.err, "");
  EXPECT_EQ(done.out,
            "ffwd " + std::string(version()) + " (" + std::string(target()) + ", " + std::string(build()) + ")\n");
}

TEST(Version, JsonHasExactlyThreeKeys) {
  const Json json = parse_json(run_binary({"version", "--json"}).out, ErrorKind::kData, "stdout");
  EXPECT_EQ(json.size(), 3u);
  EXPECT_EQ(json.at("version"), version());
  EXPECT_EQ(json.at("target"), target());
  EXPECT_EQ(json.at("build"), build());
}

}  // namespace
}  // namespace ffwd
