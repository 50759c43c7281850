// ffwd completion: scripts that let a shell complete verbs, options and their words. All that they know is written from
// the tables the parser uses.
#include <fmt/format.h>

#include <string>
#include <string_view>
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

/// "    'train --task') words='auto regression …' ;;": what may follow the word before, in a list where `list` is set.
std::string bash_case(const std::string& verb, const std::string& before, const Setter& set) {
  return fmt::format("    '{} {}') words='{}'{} ;;\n", verb, before, joined(set.words(), " "),
                     set.takes_list() ? " list=," : "");
}

/// The cases of one verb: its options that take words, and its first argument, which stands behind the verb itself.
std::string bash_cases(const VerbOptions& verb) {
  std::string cases;
  const auto options = verb.command.options();
  for (const CommandOption& option : options) {
    if (option.set.words().empty()) continue;
    if (option.is_argument()) {
      if (&option == &options.front()) cases += bash_case(verb.name, verb.name, option.set);
      continue;
    }
    for (const std::string& name : split_list(option.names)) cases += bash_case(verb.name, name, option.set);
  }
  return cases;
}

constexpr std::string_view kBashScript = R"(# ffwd: completion for bash, and for zsh after bashcompinit
_ffwd() {{
  local word="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}"
  local verbs='{verbs}' words='' list='' options='' prefix='' file=''
  COMPREPLY=()
  # The = of --name=value is a word of its own in bash, and within the word in zsh.
  if [ "$word" = '=' ]; then
    word=''
  elif [ "$before" = '=' ]; then
    before="${{COMP_WORDS[COMP_CWORD-2]}}"
  else
    case "$word" in
    --*=*) before="${{word%%=*}}" prefix="${{word%%=*}}=" word="${{word#*=}}" ;;
    esac
  fi
  case "${{COMP_WORDS[1]}} $before" in
    'help help') words="$verbs" ;;
{cases}  esac
  case "${{COMP_WORDS[1]}}" in
{options}  esac
  if [ "$COMP_CWORD" -eq 1 ]; then words="$verbs help --help --version"; fi
  if [ -n "$list" ]; then
    case "$word" in
    *,*) prefix="$prefix${{word%,*}}," word="${{word##*,}}" ;;
    esac
  fi
  if [ -n "$words" ]; then
    COMPREPLY=($(compgen -P "$prefix" -W "$words" -- "$word"))
  elif [ -z "$prefix" ] && [ "${{word#-}}" != "$word" ]; then
    COMPREPLY=($(compgen -W "$options" -- "$word"))
  else
    while IFS= read -r file; do COMPREPLY+=("$prefix$file"); done < <(compgen -f -- "$word")
  fi
}}
complete -o filenames -F _ffwd ffwd
)";

std::string bash_script() {
  std::vector<std::string> names;
  std::string cases, options;
  for (const VerbOptions& verb : all_verbs()) {
    names.push_back(verb.name);
    cases += bash_cases(verb);
    options += fmt::format("    {}) options='{}' ;;\n", verb.name, option_names(verb.command));
  }
  return fmt::format(kBashScript, fmt::arg("verbs", joined(names, " ")), fmt::arg("cases", cases),
                     fmt::arg("options", options));
}

std::string zsh_script() {
  return "# ffwd: completion for zsh\n"
         "whence compdef > /dev/null || { autoload -U compinit && compinit; }\n"
         "autoload -U bashcompinit && bashcompinit\n" +
         bash_script();
}

/// A text between single quotes, as fish reads it.
std::string fish_text(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += (c == '\'' || c == '\\') ? std::string("\\") + c : std::string(1, c);
  return quoted + "'";
}

/// The option -a with what may be given, or with each word of a list.
std::string fish_words(const Setter& set) {
  const std::string words = joined(set.words(), " ");
  return " -f -a " +
         fish_text(set.takes_list() ? "(__fish_complete_list , 'string split \" \" \"" + words + "\"')" : words);
}

std::string fish_line(const std::string& verb) {
  return "complete -c ffwd -n '__fish_seen_subcommand_from " + verb + "'";
}

std::string fish_option(const std::string& verb, const CommandOption& option) {
  if (option.is_argument()) return option.set.words().empty() ? "" : fish_line(verb) + fish_words(option.set) + "\n";
  std::string line = fish_line(verb);
  for (const std::string& name : split_list(option.names)) {
    line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  }
  if (!option.value.empty()) line += " -r";
  if (!option.set.words().empty()) line += fish_words(option.set);
  return line + " -d " + fish_text(option.summary) + "\n";
}

std::string fish_verb(const std::string& name, const std::string& summary) {
  return "complete -c ffwd -n __fish_use_subcommand -f -a " + name + " -d " + fish_text(summary) + "\n";
}

std::string fish_script() {
  std::string script = "# ffwd: completion for fish\n" + fish_verb("help", "shows the help of a verb");
  std::vector<std::string> names;
  for (const VerbOptions& verb : all_verbs()) {
    names.push_back(verb.name);
    script += fish_verb(verb.name, verb.summary);
    for (const CommandOption& option : verb.command.options()) script += fish_option(verb.name, option);
  }
  return script + fish_line("help") + " -f -a " + fish_text(joined(names, " ")) + "\n";
}

class Completion final : public Verb {
 public:
  void declare(Command& command) override {
    command.option({.names = "SHELL", .summary = "bash, zsh or fish", .set = choice(shell_, {"bash", "zsh", "fish"})});
  }

  int run(Console& console) override {
    console.out << (shell_ == "fish" ? fish_script() : shell_ == "zsh" ? zsh_script() : bash_script());
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
