#include "core/json_reader.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/names.h"
#include "core/raise.h"

namespace ffwd {
namespace {

/// What an element of a list is called: by its own name if it has one, else by its place.
std::string name_in_list(const Json& element, std::size_t place) {
  if (element.is_object()) {
    const auto name = element.find("name");
    if (name != element.end() && name->is_string()) return shorten(name->get_ref<const std::string&>());
  }
  return std::to_string(place);
}

}  // namespace

JsonReader::JsonReader(const Json& json, std::string where, std::string path, const JsonBlame& blame)
    : json_(&json), where_(std::move(where)), path_(std::move(path)), blame_(blame) {
  if (!json.is_object()) refuse("", "must be an object");
}

void JsonReader::only(std::span<const std::string_view> known) const {
  for (const auto& item : json_->items()) {
    if (std::find(known.begin(), known.end(), item.key()) != known.end()) continue;
    const std::vector<std::string> names(known.begin(), known.end());
    const std::string nearest = nearest_name(item.key(), names);
    std::string hint = nearest.empty() ? "" : "; did you mean '" + nearest + "'?";
    if (nearest.empty() && blame_.kind == ErrorKind::kUsage) hint = "; there are " + join_names(names, "and");
    refuse(shorten(item.key()), "is not known" + hint);
  }
}

const Json& JsonReader::value(std::string_view key) const {
  const auto found = json_->find(key);
  if (found == json_->end()) refuse(key, "is missing");
  return *found;
}

std::string JsonReader::text(std::string_view key) const {
  const Json& v = value(key);
  if (!v.is_string()) refuse(key, "must be a text");
  return v.get<std::string>();
}

std::size_t JsonReader::count(std::string_view key, std::size_t least) const {
  constexpr std::uint64_t kMost = std::uint64_t{1} << 53;
  const Json& v = value(key);
  const bool whole = v.is_number_unsigned() || (v.is_number_integer() && v.get<std::int64_t>() >= 0);
  if (!whole || v.get<std::uint64_t>() > kMost || v.get<std::uint64_t>() < least) {
    refuse(key, "must be a whole number of at least " + std::to_string(least));
  }
  return static_cast<std::size_t>(v.get<std::uint64_t>());
}

double JsonReader::number(std::string_view key) const {
  const Json& v = value(key);
  if (!v.is_number() || !std::isfinite(v.get<double>())) refuse(key, "must be a finite number");
  return v.get<double>();
}

std::vector<std::string> JsonReader::texts(std::string_view key) const {
  const Json& v = value(key);
  if (!v.is_array()) refuse(key, "must be a list of texts");
  std::vector<std::string> result;
  for (const Json& element : v) {
    if (!element.is_string()) refuse(key, "must be a list of texts");
    result.push_back(element.get<std::string>());
  }
  return result;
}

JsonReader JsonReader::object(std::string_view key) const {
  return {value(key), where_, path_.empty() ? std::string(key) : path_ + "." + std::string(key), blame_};
}

std::vector<JsonReader> JsonReader::objects(std::string_view key) const {
  const Json& v = value(key);
  if (!v.is_array()) refuse(key, "must be a list of objects");
  std::vector<JsonReader> result;
  const std::string path = path_.empty() ? std::string(key) : path_ + "." + std::string(key);
  for (const Json& element : v) {
    result.emplace_back(element, where_, path + "[" + name_in_list(element, result.size()) + "]", blame_);
  }
  return result;
}

void JsonReader::refuse(std::string_view key, const std::string& why) const {
  std::string path = path_;
  if (!key.empty()) path += (path.empty() ? "" : ".") + std::string(key);
  const std::string what = std::string(blame_.owner) + (path.empty() ? " " : "'s '" + path + "' ") + why;
  raise({.kind = blame_.kind, .what = what, .where = where_, .fix = std::string(blame_.fix)});
}

}  // namespace ffwd
