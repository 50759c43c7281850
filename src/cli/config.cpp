#include "cli/config.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <system_error>

#include "core/json.h"
#include "core/names.h"
#include "core/raise.h"
#include "core/text.h"

namespace ffwd {
namespace {

constexpr std::string_view kConfig = "--config";
constexpr const char* kExample = R"(write options as in {"epochs": 50, "hidden": [64, 64]})";

[[noreturn]] void refuse(const std::string& where, std::string what, std::string fix) {
  raise({.kind = ErrorKind::kUsage, .what = std::move(what), .where = where, .fix = std::move(fix)});
}

Json parsed(const std::string& text, const std::string& path) {
  try {
    return parse_json(text, ErrorKind::kUsage, path);
  } catch (const Error& error) {
    Fault fault = error.fault();
    fault.fix = kExample;
    raise(std::move(fault));
  }
}

Json read_object(const std::string& path) {
  std::error_code fault;
  std::ifstream file(path, std::ios::binary);
  const bool readable = file && !std::filesystem::is_directory(path, fault);
  const std::string text = readable ? std::string(std::istreambuf_iterator<char>(file), {}) : "";
  if (!readable) refuse("--config", "'" + path + "' cannot be read", "name a file with a JSON object of options");
  Json json = parsed(text, path);
  if (!json.is_object()) refuse(path, "must be a JSON object", kExample);
  return json;
}

std::string with_hyphens(std::string key) {
  std::ranges::replace(key, '_', '-');
  return "--" + key;
}

const CommandOption& find_option(const Command& command, std::string_view verb, const std::string& key,
                                 const std::string& path) {
  const std::string name = with_hyphens(key);
  std::vector<std::string> known;
  for (const CommandOption& option : command.options()) {
    if (option.is_argument() || option.long_name() == kConfig) continue;
    if (option.long_name() == name) return option;
    known.push_back(option.long_name().substr(2));
  }
  refuse(path, unknown_name("option", shorten(key), known), "ffwd " + std::string(verb) + " --help lists the options");
}

/// A text or number as it would be typed. `where` is the place of the option: "c.json: 'epochs'".
std::string typed(const Json& value, const std::string& where) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_float()) return shortest(value.get<double>());
  if (value.is_number()) return value.dump();
  refuse(where, "must be a text, a number or a list of them", "write it as the option is typed");
}

void set_flag(const CommandOption& option, const Json& value, const std::string& where) {
  if (!value.is_boolean()) refuse(where, "must be true or false", "it is an option without a value");
  if (value.get<bool>()) option.set(where, "");
}

void set_value(const CommandOption& option, const Json& value, const std::string& where) {
  if (!value.is_array()) return option.set(where, typed(value, where));
  if (value.empty()) {
    refuse(where, "is an empty list", "give at least one value, or leave it out: " + option.summary);
  }
  std::vector<std::string> texts;
  for (const Json& element : value) texts.push_back(typed(element, where));
  if (!option.repeatable) return option.set(where, joined(texts, ","));
  for (const std::string& text : texts) option.set(where, text);
}

}  // namespace

void apply_config(const Command& command, std::string_view verb, const std::string& path,
                  const std::function<bool(const CommandOption&)>& is_given) {
  const Json json = read_object(path);
  std::set<std::string> seen;
  for (const auto& [key, value] : json.items()) {
    const CommandOption& option = find_option(command, verb, key, path);
    const std::string where = path + ": '" + shorten(key) + "'";
    if (!seen.insert(option.long_name()).second) {
      refuse(where, "is given twice, once with hyphens and once with underscores", "give it once");
    }
    if (is_given(option)) continue;
    if (option.is_flag()) {
      set_flag(option, value, where);
    } else {
      set_value(option, value, where);
    }
  }
}

}  // namespace ffwd
