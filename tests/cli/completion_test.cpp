#include <gtest/gtest.h>

#include "cli/run_binary.h"

namespace ffwd {
namespace {

/// What bash completes `words` to, the last of which is being typed: one reply a line, sorted.
std::string completed(const std::vector<std::string>& words) {
  const TempFolder folder;
  const Finished script = run_binary({"completion", "bash"});
  EXPECT_EQ(script.exit, 0);
  std::string line = ". " + folder.with("ffwd.bash", script.out) + "; COMP_WORDS=(ffwd";
  for (const std::string& word : words) line += " '" + word + "'";
  line += "); COMP_CWORD=" + std::to_string(words.size()) + "; _ffwd; printf '%s\\n' \"${COMPREPLY[@]}\" | sort > " +
          folder.file("replies");
  EXPECT_EQ(std::system(("bash " + folder.with("line", line)).c_str()), 0);
  return read_text(folder.file("replies"));
}

TEST(Completion, KnowsVerbsOptionsAndTheirWords) {
  EXPECT_EQ(completed({"ev"}), "evaluate\n");
  EXPECT_EQ(completed({"train", "--valid"}), "--valid\n--valid-fraction\n");
  EXPECT_EQ(completed({"train", "d.csv", "--task", ""}), "auto\nclassification\nregression\n");
  EXPECT_EQ(completed({"train", "--schedule", "cos"}), "cosine\n");
}

TEST(Completion, CompletesFilesElsewhere) {
  const TempFolder folder;
  const std::string file = folder.with("houses.csv", "");
  EXPECT_EQ(completed({"train", folder.path() + "/hou"}), file + "\n");
}

TEST(Completion, OfZshAndFishIsWrittenFromTheSameTables) {
  const Finished fish = run_binary({"completion", "fish"});
  for (const char* part : {"-f -a train -d ", "__fish_seen_subcommand_from train' -s o -l output -r -d ",
                           "-l task -r -f -a 'auto regression classification'"}) {
    EXPECT_NE(fish.out.find(part), std::string::npos) << part;
  }
  EXPECT_TRUE(run_binary({"completion", "zsh"}).out.starts_with("autoload -U bashcompinit && bashcompinit\n"));
}

TEST(Completion, AnotherShellIsRefused) {
  const Finished done = run_binary({"completion", "tcsh"});
  EXPECT_EQ(done.exit, 2);
  EXPECT_NE(done.err.find("give bash, zsh or fish"), std::string::npos) << done.err;
}

}  // namespace
}  // namespace ffwd
