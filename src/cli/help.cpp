#include "cli/help.h"

#include <algorithm>
#include <string>
#include <vector>

#include "cli/text_table.h"

namespace ffwd {
namespace {

constexpr std::size_t kSummaryColumn = 28;
constexpr std::size_t kNarrowestSummary = 30;

/// `text` in lines of at most `width` columns, broken at spaces.
std::vector<std::string> wrapped(const std::string& text, std::size_t width) {
  std::vector<std::string> lines(1);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t space = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, space - at);
    if (!lines.back().empty() && display_width(lines.back()) + 1 + display_width(word) > width) lines.emplace_back();
    lines.back() += (lines.back().empty() ? "" : " ") + word;
    at = space + 1;
  }
  return lines;
}

void print_entry(const Console& console, const std::string& name, const std::string& summary) {
  std::string line = "  " + name;
  const std::size_t width = console.out_screen.width;
  const std::size_t room = std::max(kNarrowestSummary, width > kSummaryColumn ? width - kSummaryColumn : 0);
  for (const std::string& part : wrapped(summary, room)) {
    if (display_width(line) + 1 > kSummaryColumn) {
      console.out << line << '\n';
      line.clear();
    }
    line.resize(line.size() + kSummaryColumn - display_width(line), ' ');
    console.out << line << part << '\n';
    line.clear();
  }
}

std::string entry_name(const CommandOption& option) {
  std::string name = option.names;
  if (const std::size_t comma = name.find(','); comma != std::string::npos) name.insert(comma + 1, " ");
  return option.value.empty() ? name : name + " " + option.value;
}

void print_options(const Console& console, const Command& command, const std::string& heading, bool arguments) {
  console.out << '\n' << console.bold(heading) << '\n';
  for (const CommandOption& option : command.options()) {
    if (option.is_argument() != arguments || (!arguments && option.group != heading)) continue;
    std::string summary = option.summary;
    if (!option.default_text.empty()) summary += " (default: " + option.default_text + ")";
    print_entry(console, entry_name(option), summary);
  }
}

}  // namespace

void print_help(const Console& console) {
  std::ostream& out = console.out;
  out << "ffwd: feed-forward networks on tables, trained and used from the command line\n\n"
      << "  ffwd train houses.csv --target price        a trained, evaluated, saved model\n"
      << "  ffwd predict price.ffwd new-houses.csv      its predictions for other rows\n\n"
      << console.bold("Verbs") << '\n';
  for (const VerbRow* verb : verbs()) print_entry(console, std::string(verb->name), std::string(verb->summary));
  out << '\n' << "ffwd VERB --help shows an example and all options of a verb; ffwd --version shows the version.\n";
}

void print_help(const Console& console, const VerbRow& verb, const Command& command) {
  console.out << console.bold("ffwd " + std::string(verb.name)) << ": " << verb.summary << "\n\n";
  console.out << verb.example << "\n\n";
  console.out << console.bold("Usage") << "  ffwd " << verb.name << ' ' << verb.arguments << '\n';
  const auto options = command.options();
  if (std::any_of(options.begin(), options.end(), [](const auto& o) { return o.is_argument(); })) {
    print_options(console, command, "Arguments", true);
  }
  std::vector<std::string> headings;
  for (const CommandOption& option : options) {
    if (option.is_argument()) continue;
    if (std::find(headings.begin(), headings.end(), option.group) == headings.end()) headings.push_back(option.group);
  }
  for (const std::string& heading : headings) print_options(console, command, heading, false);
}

}  // namespace ffwd
