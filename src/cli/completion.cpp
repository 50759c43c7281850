// ffwd completion: scripts that let a shell complete verbs, options and their words. All that they know is written from
// the tables the parser uses.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "cli/verb.h"
#include "core/text.h"

namespace ffwd {
namespace {

struct VerbOptions {
  std::string name, summary;
  Command command;
};

/// Every verb with its options. The setters stay unused: they are bound to verbs that are gone.
std::vector<VerbOptions> all_verbs() {
  std::vector<VerbOptions> all;
  for (const VerbRow* row : verbs()) {
    all.push_back({.name = std::string(row->name), .summary = std::string(row->summary), .command = {}});
    row->make()->declare(all.back().command);
  }
  return all;
}

/// "-o --output --json …"
std::string option_names(const Command& command) {
  std::string names = "--help";
  for (const CommandOption& option : command.options()) {
    if (option.is_argument()) continue;
    for (const std::string& name : split_list(option.names)) names += " " + name;
  }
  return names;
}

std::string bash_script() {
  std::string values, options, verb_names;
  for (const VerbOptions& verb : all_verbs()) {
    verb_names += (verb_names.empty() ? "" : " ") + verb.name;
    options += fmt::format("    {}) options='{}' ;;\n", verb.name, option_names(verb.command));
    for (const CommandOption& option : verb.command.options()) {
      if (option.set.words().empty()) continue;
      values +=
          fmt::format("    '{} {}') words='{}' ;;\n", verb.name, option.long_name(), joined(option.set.words(), " "));
    }
  }
  return fmt::format(R"(# ffwd: completion for bash; in zsh after: autoload -U bashcompinit && bashcompinit
_ffwd() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} words='' options=''
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '{} --help --version' -- "$word"))
    return
  fi
  case "${{COMP_WORDS[1]}} $before" in
{}  esac
  case "${{COMP_WORDS[1]}}" in
{}  esac
  if [ -n "$words" ]; then
    COMPREPLY=($(compgen -W "$words" -- "$word"))
  elif [ "${{word#-}}" != "$word" ]; then
    COMPREPLY=($(compgen -W "$options" -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}}
complete -o filenames -F _ffwd ffwd
)",
                     verb_names, values, options);
}

/// A text between single quotes, as fish reads it.
std::string fish_text(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += (c == '\'' || c == '\\') ? std::string("\\") + c : std::string(1, c);
  return quoted + "'";
}

std::string fish_option(const std::string& verb, const CommandOption& option) {
  std::string line = "complete -c ffwd -n '__fish_seen_subcommand_from " + verb + "'";
  for (const std::string& name : split_list(option.names)) {
    line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  }
  if (!option.value.empty()) line += " -r";
  if (!option.set.words().empty()) line += " -f -a " + fish_text(joined(option.set.words(), " "));
  return line + " -d " + fish_text(option.summary) + "\n";
}

std::string fish_script() {
  std::string script = "# ffwd: completion for fish\n";
  for (const VerbOptions& verb : all_verbs()) {
    script += "complete -c ffwd -n __fish_use_subcommand -f -a " + verb.name + " -d " + fish_text(verb.summary) + "\n";
    for (const CommandOption& option : verb.command.options()) {
      if (!option.is_argument()) script += fish_option(verb.name, option);
    }
  }
  return script;
}

class Completion final : public Verb {
 public:
  void declare(Command& command) override {
    command.option({.names = "SHELL", .summary = "bash, zsh or fish", .set = choice(shell_, {"bash", "zsh", "fish"})});
  }

  int run(Console& console) override {
    if (shell_ == "zsh") console.out << "autoload -U bashcompinit && bashcompinit\n";
    console.out << (shell_ == "fish" ? fish_script() : bash_script());
    return 0;
  }

 private:
  std::string shell_;
};

}  // namespace

extern constinit const VerbRow completion_row{
    .name = "completion",
    .summary = "writes a script with which a shell completes what is typed",
    .arguments = "SHELL",
    .example =
        "  source <(ffwd completion bash)                              # or in ~/.bashrc\n"
        "  ffwd completion fish > ~/.config/fish/completions/ffwd.fish",
    .make = []() -> std::unique_ptr<Verb> { return std::make_unique<Completion>(); },
};

}  // namespace ffwd
