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

TEST(Completion, OffersTheWordsOfArgumentsAndOfHelp) {
  EXPECT_EQ(completed({"completion", ""}), "bash\nfish\nzsh\n");
  EXPECT_EQ(completed({"he"}), "help\n");
  EXPECT_EQ(completed({"help", "tr"}), "train\n");
}

TEST(Completion, OffersWordsBehindAnEqualsSign) {
  EXPECT_EQ(completed({"train", "--task", "=", "cl"}), "classification\n") << "as bash cuts it";
  EXPECT_EQ(completed({"train", "--precision", "="}), "auto\nfloat32\nfloat64\n");
  EXPECT_EQ(completed({"train", "--task=cl"}), "--task=classification\n") << "as zsh leaves it";
}

TEST(Completion, OffersTheNextWordOfAList) {
  EXPECT_EQ(completed({"train", "--activation", "relu,ta"}), "relu,tanh\n");
  EXPECT_EQ(completed({"train", "--activation", "=", "relu,tanh,sil"}), "relu,tanh,silu\n");
  EXPECT_EQ(completed({"train", "--activation=relu,ta"}), "--activation=relu,tanh\n");
  EXPECT_EQ(completed({"train", "--task", "auto,cl"}), "\n") << "which is no list";
}

TEST(Completion, CompletesFilesElsewhere) {
  const TempFolder folder;
  const std::string file = folder.with("houses.csv", ""), spaced = folder.with("old *houses.csv", "");
  EXPECT_EQ(completed({"train", folder.path() + "/hou"}), file + "\n");
  EXPECT_EQ(completed({"train", folder.path() + "/ol"}), spaced + "\n");
  EXPECT_EQ(completed({"train", "d.csv", "--valid", "=", folder.path() + "/hou"}), file + "\n");
}

TEST(Completion, OfFishIsWrittenFromTheSameTables) {
  const Finished fish = run_binary({"completion", "fish"});
  for (const char* part : {"-f -a train -d ", "__fish_seen_subcommand_from train' -s o -l output -r -d ",
                           "-l task -r -f -a 'auto regression classification'", "-f -a help -d ",
                           "__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'\n",
                           "-l activation -r -f -a '(__fish_complete_list , "}) {
    EXPECT_NE(fish.out.find(part), std::string::npos) << part;
  }
}

/// What `shell` prints for `line` after it has read ffwd's script, as in a start-up file.
std::string said_by(const std::string& shell, const std::string& line) {
  const TempFolder folder;
  const std::string script = folder.with("script", run_binary({"completion", shell}).out);
  const std::string all = folder.with("line", "source " + script + "\n" + line + "\ntrue\n");
  const std::string home = "HOME=" + folder.path() + " ZDOTDIR=" + folder.path() + " ";  // the caches it writes
  const std::string options = shell == "zsh" ? " -f " : " --no-config ";
  const std::string command = home + shell + options + all + " < /dev/null > " + folder.file("said") + " 2>&1";
  EXPECT_EQ(std::system(command.c_str()), 0);
  return read_text(folder.file("said"));
}

bool is_installed(const std::string& shell) {
  return std::system(("command -v " + shell + " > /dev/null").c_str()) == 0;
}

TEST(Completion, OfZshStartsWhatItNeedsUnlessItRuns) {
  const std::string script = run_binary({"completion", "zsh"}).out;
  EXPECT_NE(script.find("\nwhence compdef > /dev/null || { autoload -U compinit && compinit; }\n"
                        "autoload -U bashcompinit && bashcompinit\n"),
            std::string::npos);
  if (!is_installed("zsh")) GTEST_SKIP() << "no zsh to try it in";
  EXPECT_EQ(said_by("zsh", "print $_comps[ffwd]"), "_bash_complete -o filenames -F _ffwd\n");
}

TEST(Completion, OfFishCompletesListsAndArguments) {
  if (!is_installed("fish")) GTEST_SKIP() << "no fish to try it in";
  EXPECT_EQ(said_by("fish", "complete -C 'ffwd completion z'"), "zsh\n");
  EXPECT_EQ(said_by("fish", "complete -C 'ffwd help tr' | string replace -r '\\t.*' ''"), "train\n");
  EXPECT_EQ(said_by("fish", "complete -C 'ffwd train --activation relu,ta' | string replace -r '\\t.*' ''"),
            "relu,tanh\n");
  EXPECT_EQ(said_by("fish", "complete -C 'ffwd train --task=cl' | string replace -r '\\t.*' ''"),
            "--task=classification\n");
}

TEST(Completion, AnotherShellIsRefused) {
  const Finished done = run_binary({"completion", "tcsh"});
  EXPECT_EQ(done.exit, 2);
  EXPECT_NE(done.err.find("give bash, zsh or fish"), std::string::npos) << done.err;
}

}  // namespace
}  // namespace ffwd
