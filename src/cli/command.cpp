#include "cli/command.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/names.h"
#include "core/raise.h"

namespace ffwd {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

double read_number(const std::string& option, const std::string& given) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), value);
  const bool whole = error == std::errc() && end == given.data() + given.size();
  if (!whole || !std::isfinite(value))
    refuse_value(option, given, "is not a number", "give a number such as 0.1 or 1e-3");
  return value;
}

void check_choice(const std::string& option, std::string_view given, const std::vector<std::string>& allowed) {
  if (std::find(allowed.begin(), allowed.end(), given) != allowed.end()) return;
  std::string why = "is none of its values";
  if (const std::string near = nearest_name(given, allowed); !near.empty()) why += "; did you mean '" + near + "'?";
  refuse_value(option, given, why, "give " + join_names(allowed));
}

}  // namespace

std::string CommandOption::long_name() const {
  const std::size_t comma = names.find(',');
  return comma == std::string::npos ? names : names.substr(comma + 1);
}

void Command::argument(std::string name, std::string summary, std::string& into) {
  options_.push_back({.names = std::move(name), .summary = std::move(summary), .set = text(into)});
}

void Command::flag(std::string names, std::string summary, bool& into) {
  const Setter set = [&into](const std::string&, const std::string&) { into = true; };
  option({.names = std::move(names), .summary = std::move(summary), .set = set});
}

void Command::option(CommandOption option) {
  option.group = group_;
  options_.push_back(std::move(option));
}

Setter text(std::string& into) {
  return [&into](const std::string& option, const std::string& given) {
    if (given.empty()) refuse_value(option, given, "is empty", "give a value, or leave the option out");
    into = given;
  };
}

Setter choice(std::string& into, std::vector<std::string> allowed) {
  const auto set = [&into, allowed](const std::string& option, const std::string& given) {
    check_choice(option, given, allowed);
    into = given;
  };
  return {set, std::move(allowed)};
}

Setter number(double& into) {
  return [&into](const std::string& option, const std::string& given) { into = read_number(option, given); };
}

Setter number(std::optional<double>& into) {
  return [&into](const std::string& option, const std::string& given) { into = read_number(option, given); };
}

Setter list(std::vector<std::string>& into) {
  return [&into](const std::string&, const std::string& given) {
    for (std::string& word : split_list(given)) into.push_back(std::move(word));
  };
}

Setter each(std::vector<std::string>& into) {
  return [&into](const std::string& option, const std::string& given) {
    if (given.empty()) refuse_value(option, given, "is empty", "give names separated by commas");
    into.push_back(given);
  };
}

Setter choices(std::vector<std::string>& into, std::vector<std::string> allowed) {
  const auto set = [&into, allowed](const std::string& option, const std::string& given) {
    into = split_list(given);
    for (const std::string& word : into) check_choice(option, word, allowed);
  };
  return {set, std::move(allowed), true};
}

Setter delimiter(char& into) {
  return [&into](const std::string& option, const std::string& given) {
    if (given == "tab" || given == "\\t") {
      into = '\t';
      return;
    }
    const bool one_ascii = given.size() == 1 && static_cast<unsigned char>(given[0]) < 128 && given[0] != '\0';
    if (!one_ascii || given == "\"" || given == "\n" || given == "\r") {
      refuse_value(option, given, "cannot separate fields", "give one character such as , ; | or the word tab");
    }
    into = given[0];
  };
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> words;
  for (;;) {
    const std::size_t comma = text.find(',');
    words.emplace_back(trimmed(text.substr(0, comma)));
    if (comma == std::string_view::npos) return words;
    text.remove_prefix(comma + 1);
  }
}

std::uint64_t read_count(const std::string& option, const std::string& given, std::uint64_t least, std::uint64_t most) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), value);
  if (error == std::errc() && end == given.data() + given.size() && value >= least && value <= most) return value;
  refuse_value(option, given, "is not a whole number in its range",
               "give a whole number from " + std::to_string(least) + " to " + std::to_string(most));
}

void refuse_value(const std::string& option, std::string_view text, const std::string& why,
                  const std::string& allowed) {
  raise({.kind = ErrorKind::kUsage, .what = "'" + shorten(text) + "' " + why, .where = option, .fix = allowed});
}

}  // namespace ffwd
