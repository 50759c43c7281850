#include "cli/run_cli.h"

#include <gtest/gtest.h>

#include <new>
#include <stdexcept>

#include "cli/fake_console.h"
#include "cli/run_binary.h"
#include "ffwd/version.h"

namespace ffwd {
namespace {

int run(FakeConsole& fake, const std::vector<std::string>& args) { return run_cli(args, fake.console); }

/// Runs a verb whose look into the environment fails.
template <class Failure>
int run_failing(FakeConsole& fake, Failure failure) {
  fake.console.environment = [failure](const char*) -> std::optional<std::string> { throw failure; };
  return run(fake, {"version"});
}

TEST(RunCli, WithoutAVerbTheUsageGoesToStandardError) {
  FakeConsole fake;
  EXPECT_EQ(run(fake, {}), 2);
  EXPECT_EQ(fake.out.str(), "");
  EXPECT_NE(fake.err.str().find("ffwd train houses.csv --target price"), std::string::npos);
}

TEST(RunCli, HelpAndVersionNeedNoVerb) {
  for (const char* help : {"--help", "-h"}) {
    FakeConsole fake;
    EXPECT_EQ(run(fake, {help}), 0);
    EXPECT_NE(fake.out.str().find("Verbs\n"), std::string::npos);
  }
  FakeConsole word;
  EXPECT_EQ(run(word, {"help"}), 0);
  EXPECT_NE(word.out.str().find("Verbs\n"), std::string::npos);
  FakeConsole verb;
  EXPECT_EQ(run(verb, {"help", "evaluate"}), 0);
  EXPECT_NE(verb.out.str().find("ffwd evaluate MODEL DATA"), std::string::npos);
  FakeConsole fake;
  EXPECT_EQ(run(fake, {"--version"}), 0);
  EXPECT_EQ(fake.out.str().substr(0, 11), "ffwd " + std::string(version()) + " ");
}

TEST(RunCli, HelpIsForOneVerb) {
  FakeConsole fake;
  EXPECT_EQ(run(fake, {"help", "train", "--epochs"}), 2);
  EXPECT_TRUE(fake.err.str().starts_with("ffwd: error: unexpected argument '--epochs'\n")) << fake.err.str();
  FakeConsole option;
  EXPECT_EQ(run(option, {"--help", "trian"}), 2);
  EXPECT_NE(option.err.str().find("did you mean 'train'?"), std::string::npos) << option.err.str();
}

TEST(RunCli, AnUnknownVerbNamesTheNearest) {
  FakeConsole fake;
  EXPECT_EQ(run(fake, {"trian"}), 2);
  EXPECT_EQ(fake.err.str(),
            "ffwd: error: unknown verb 'trian'; did you mean 'train'?\n"
            "  ffwd --help says what each verb does\n");
  FakeConsole early;
  EXPECT_EQ(run(early, {"--json", "version"}), 2);
  EXPECT_TRUE(early.err.str().starts_with("ffwd: error: option '--json' stands before the verb\n  write"))
      << early.err.str();
}

TEST(RunCli, AnUnknownVectorWidthIsRefusedWithTheOnesThereAre) {
  FakeConsole fake;
  fake.variables["FFWD_TARGET"] = "avx9";
  EXPECT_EQ(run(fake, {"version"}), 2);
  EXPECT_EQ(fake.out.str(), "");
  EXPECT_EQ(fake.err.str().substr(0, 70), "ffwd: error: FFWD_TARGET: 'avx9' is no vector width of this machine\n  ");
  EXPECT_NE(fake.err.str().find(target()), std::string::npos);
}

TEST(RunCli, AVectorWidthThatIsThereIsUsed) {
  const std::string name(target());
  const Finished done = run_binary({"version", "--json"}, {.environment = "FFWD_TARGET=" + name});
  EXPECT_EQ(done.exit, 0);
  EXPECT_NE(done.out.find("\"target\":\"" + name + "\""), std::string::npos);
}

TEST(RunCli, OutputThatDoesNotArriveIsAFailure) {
  const Finished done = run_binary({"version"}, {.out_file = "/dev/full"});
  EXPECT_EQ(done.exit, 6);
  EXPECT_EQ(done.err,
            "ffwd: error: standard output: cannot be written: No space left on device\n"
            "  make room where it goes, or have the result written elsewhere\n");
}

TEST(RunCli, MemoryThatRunsOutIsSaidPlainly) {
  FakeConsole fake;
  EXPECT_EQ(run_failing(fake, std::bad_alloc()), 6);
  EXPECT_TRUE(fake.err.str().starts_with("ffwd: error: memory ran out\n  fr")) << fake.err.str();
}

TEST(RunCli, WhatWeDidNotExpectIsABugToReport) {
  FakeConsole fake;
  EXPECT_EQ(run_failing(fake, std::runtime_error("odd")), 1);
  EXPECT_TRUE(fake.err.str().starts_with("ffwd: error: odd\n  this is a bug in ffwd " + std::string(version())))
      << fake.err.str();
}

TEST(RunCli, TheProgramSaysItsVersionAtOnce) {
  const auto started = std::chrono::steady_clock::now();
  const Finished done = run_binary({"version"});
  EXPECT_EQ(done.exit, 0);
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(1));  // 20 ms, but machines are shared
}

}  // namespace
}  // namespace ffwd
