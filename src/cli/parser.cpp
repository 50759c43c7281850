// From words on the command line to the options of a Command. The splitting is CLI11's; the messages are ours, because
// they name the nearest option and say how to mend it.
#include <CLI/CLI.hpp>
#include <algorithm>

#include "cli/command.h"
#include "cli/config.h"
#include "core/names.h"
#include "core/raise.h"

namespace ffwd {
namespace {

constexpr const char* kHelp = "-h,--help";

std::string see_help(std::string_view verb) { return "see ffwd " + std::string(verb) + " --help"; }

[[noreturn]] void refuse(std::string what, std::string fix) {
  raise({.kind = ErrorKind::kUsage, .what = std::move(what), .where = "", .fix = std::move(fix)});
}

/// Every way of writing every option: "-o", "--output", …
std::vector<std::string> spellings(const Command& command) {
  std::vector<std::string> names = split_list(kHelp);
  for (const CommandOption& option : command.options()) {
    if (option.is_argument()) continue;
    for (std::string& name : split_list(option.names)) names.push_back(std::move(name));
  }
  return names;
}

/// `args` as CLI11 reads them rightly: it takes the word after "--name=" as the value, where an empty one was given,
/// and the "=" of "-o=FILE" as a part of the name.
std::vector<std::string> with_values_apart(std::span<const std::string> args) {
  constexpr std::size_t kShort = 2;  // "-o"
  std::vector<std::string> words;
  for (const std::string& arg : args) {
    const bool empty_value = arg.size() > 3 && arg.starts_with("--") && arg.find('=') == arg.size() - 1;
    const bool short_name = arg.size() > kShort && arg[0] == '-' && arg[1] != '-' && arg[kShort] == '=';
    const std::size_t name = empty_value ? arg.size() - 1 : short_name ? kShort : arg.size();
    words.push_back(arg.substr(0, name));
    if (name < arg.size()) words.push_back(arg.substr(name + 1));
  }
  return words;
}

[[noreturn]] void refuse_missing_value(const CommandOption& option, std::string_view verb) {
  refuse(option.long_name() + " needs a value: " + option.value, see_help(verb));
}

/// The option that `word` is a spelling of, or null.
const CommandOption* find_option(const Command& command, std::string_view word) {
  for (const CommandOption& option : command.options()) {
    const std::vector<std::string> names = split_list(option.names);
    if (std::find(names.begin(), names.end(), word) != names.end()) return &option;
  }
  return nullptr;
}

void refuse_values_of_flags(const Command& command, std::span<const std::string> args, std::string_view verb) {
  for (const std::string& arg : args) {
    const std::string name = arg.substr(0, arg.find('='));
    const CommandOption* const option = find_option(command, name);
    if (option == nullptr || !option->is_flag() || name == arg) continue;
    refuse(name + " takes no value, and '" + shorten(arg.substr(name.size() + 1)) + "' was given", see_help(verb));
  }
}

/// What CLI11 could place nowhere: unknown options and arguments too many.
void refuse_extras(const std::vector<std::string>& extras, const Command& command, std::string_view verb) {
  for (const std::string& extra : extras) {
    if (extra.size() < 2 || extra.front() != '-' || extra == "--") continue;
    const std::string name = extra.substr(0, extra.find('='));
    const std::vector<std::string> known = spellings(command);
    const std::string near = nearest_name(name, known);
    refuse("unknown option '" + shorten(name) + "'" + (near.empty() ? "" : "; did you mean '" + near + "'?"),
           see_help(verb));
  }
  for (const std::string& extra : extras) {
    if (extra != "--") refuse("unexpected argument '" + shorten(extra) + "'", see_help(verb));
  }
}

void set_option(const CommandOption& option, const CLI::Option& parsed, const Command& command, std::string_view verb) {
  const std::vector<std::string>& values = parsed.results();
  const std::string name = option.long_name();
  if (option.is_argument() && values.empty()) refuse("argument " + name + " is missing", see_help(verb));
  if (option.is_flag()) {
    if (!values.empty()) option.set(name, "");
    return;
  }
  if (values.size() > 1 && !option.repeatable) refuse(name + " is given twice", "give it once");
  for (const std::string& value : values) {
    // CLI11 gives an option the next word whatever it is: `--target --json` would train on a column "--json".
    const CommandOption* const swallowed = find_option(command, value);
    if (swallowed != nullptr && !swallowed->is_argument() && !option.is_argument()) refuse_missing_value(option, verb);
    option.set(name, value);
  }
}

/// The options that the file named by --config gives and the command line does not. It goes first, so that what is
/// wrong in it is not taken for something typed.
void apply_config_of(const Command& command, const std::vector<const CLI::Option*>& parsed, std::string_view verb) {
  const auto options = command.options();
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (options[i].long_name() != "--config" || parsed[i]->count() == 0) continue;
    const auto is_given = [&](const CommandOption& option) {
      return parsed[static_cast<std::size_t>(&option - options.data())]->count() > 0;
    };
    apply_config(command, verb, parsed[i]->results().back(), is_given);
  }
}

}  // namespace

bool parse(const Command& command, std::string_view verb, std::span<const std::string> args) {
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  const CLI::Option* help = app.add_flag(kHelp)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  std::vector<const CLI::Option*> parsed;
  for (const CommandOption& option : command.options()) {
    CLI::Option* const added = option.is_flag() ? app.add_flag(option.names) : app.add_option(option.names);
    parsed.push_back(added->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)->disable_flag_override());
  }
  std::vector<std::string> words = with_values_apart(args);
  std::reverse(words.begin(), words.end());  // as CLI11 wants them
  try {
    app.parse(words);
  } catch (const CLI::ParseError& error) {
    const CommandOption* const last = args.empty() ? nullptr : find_option(command, args.back());
    if (last != nullptr && !last->value.empty()) refuse_missing_value(*last, verb);
    refuse_values_of_flags(command, args, verb);
    refuse(error.what(), see_help(verb));
  }
  if (help->count() > 0) return false;
  refuse_extras(app.remaining(), command, verb);
  apply_config_of(command, parsed, verb);
  for (std::size_t i = 0; i < parsed.size(); ++i) set_option(command.options()[i], *parsed[i], command, verb);
  return true;
}

}  // namespace ffwd
