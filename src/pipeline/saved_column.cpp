#include "pipeline/saved_column.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "core/names.h"

namespace ffwd {

void put_array(Json& json, NamedArrays& arrays, std::string_view column, std::string_view key,
               std::vector<double> values) {
  if (values.size() > kMostInJson)
    arrays[std::string(column) + "." + std::string(key)] = std::move(values);
  else
    json[std::string(key)] = std::vector<std::uint64_t>(values.begin(), values.end());
}

void put_numbers(Json& json, NamedArrays& arrays, std::string_view column, std::string_view key,
                 std::vector<double> values) {
  if (values.size() > kMostInJson)
    arrays[std::string(column) + "." + std::string(key)] = std::move(values);
  else
    json[std::string(key)] = std::move(values);
}

const std::vector<double>* ArrayShelf::take(const std::string& name) {
  const auto at = arrays_->find(name);
  if (at == arrays_->end()) return nullptr;
  taken_.insert(name);
  return &at->second;
}

std::string ArrayShelf::left() const {
  for (const auto& [name, values] : *arrays_)
    if (!taken_.contains(name)) return name;
  return {};
}

std::vector<double> SavedColumn::array(std::string_view key) const {
  std::vector<double> values;
  if (const auto* array = shelf.take(name + "." + std::string(key))) {
    if (array->size() <= kMostInJson) json.refuse(key, "is too short for a tensor of its own");
    if (json.has(key)) json.refuse(key, "is there twice, in the text and as a tensor");
    values = *array;
  } else {
    const Json& list = json.value(key);
    if (!list.is_array() || !std::ranges::all_of(list, [](const Json& value) { return value.is_number(); }))
      json.refuse(key, "must be a list of numbers");
    if (list.size() > kMostInJson) json.refuse(key, "is too long to stand outside a tensor");
    for (const Json& value : list) values.push_back(value.get<double>());
  }
  if (!std::ranges::all_of(values, [](double x) { return std::isfinite(x); }))
    json.refuse(key, "must hold finite numbers");
  return values;
}

bool saved_flag(const JsonReader& json, std::string_view key) {
  const Json& value = json.value(key);
  if (!value.is_boolean()) json.refuse(key, "must be true or false");
  return value.get<bool>();
}

Scale saved_scale(const JsonReader& json) {
  const Scale scale{.mean = json.number("mean"), .sd = json.number("sd")};
  if (!(scale.sd >= kSmallestSpread)) json.refuse("sd", "must be above 0");
  return scale;
}

ColumnType saved_type(const JsonReader& json, std::string_view key) {
  const std::string name = json.text(key);
  std::vector<std::string> known;
  for (int k = 0; k <= static_cast<int>(ColumnType::kTimestamp); ++k) {
    const auto type = static_cast<ColumnType>(k);
    if (to_string(type) == name) return type;
    known.emplace_back(to_string(type));
  }
  json.refuse(key, "is no column type: " + unknown_name("type", name, known));
}

std::vector<std::string> saved_distinct_texts(const JsonReader& json, std::string_view key) {
  std::vector<std::string> texts = json.texts(key);
  std::set<std::string_view> seen;
  for (const std::string& text : texts)
    if (!seen.insert(text).second) json.refuse(key, "holds '" + shorten(text) + "' twice");
  return texts;
}

}  // namespace ffwd
