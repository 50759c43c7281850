// The target in the model file: its name and type, and the scale of a regression target or the classes of the others.
// Every key: docs/preprocessing.md.
#include <algorithm>
#include <cmath>

#include "pipeline/saved_column.h"
#include "pipeline/target.h"

namespace ffwd {

namespace {

ClassValue saved_value(const JsonReader& json, const Json& value) {
  const bool beyond_64_bits = value.is_number_unsigned() && value.get<std::uint64_t>() >> 63 != 0;
  if (value.is_number_integer() && !beyond_64_bits) return value.get<std::int64_t>();
  if (!value.is_number_float() || !std::isfinite(value.get<double>()))
    json.refuse("values", "must hold finite numbers");
  return class_value(value.get<double>());
}

/// The classes' values, which rise and differ.
std::vector<ClassValue> saved_values(const JsonReader& json, ColumnType type, const std::vector<std::string>& classes) {
  if (!has_numeric_classes(type)) {
    json.only({"name", "type", "classes"});
    return {classes.begin(), classes.end()};
  }
  json.only({"name", "type", "classes", "values"});
  const Json& list = json.value("values");
  if (!list.is_array() || list.size() != classes.size()) json.refuse("values", "must hold a number for each class");
  std::vector<ClassValue> values;
  for (const Json& value : list) values.push_back(saved_value(json, value));
  if (type == ColumnType::kBoolean && values != std::vector<ClassValue>{std::int64_t{0}, std::int64_t{1}})
    json.refuse("values", "must be 0 and 1");
  return values;
}

}  // namespace

Json Target::to_json() const {
  Json json = {{"name", name_}, {"type", to_string(type_)}};
  if (task_ == Task::kRegression) {
    json["mean"] = scale_.mean;
    json["sd"] = scale_.sd;
    return json;
  }
  json["classes"] = classes_;
  if (!has_numeric_classes(type_)) return json;
  json["values"] = Json::array();
  for (const ClassValue& value : values_) {
    const auto* integer = std::get_if<std::int64_t>(&value);
    json["values"].push_back(integer != nullptr ? Json(*integer) : Json(std::get<double>(value)));
  }
  return json;
}

Target Target::from_json(const JsonReader& saved, Task task, Values values) {
  Target target;
  target.name_ = saved.text("name");
  target.task_ = task;
  target.type_ = saved_type(saved, "type");
  if (target.type_ == ColumnType::kMissing || (task == Task::kRegression && !has_numeric_classes(target.type_)))
    saved.refuse("type", "does not fit the task");
  if (task == Task::kRegression) {
    saved.only({"name", "type", "mean", "sd"});
    target.scale_ = saved_scale(saved);
    target.kind_ = values;
    if (values == Values::kBits && (target.scale_.mean != 0 || target.scale_.sd != 1))
      saved.refuse("sd", "must be 1, and the mean 0, where 0 and 1 are predicted");
    if (values == Values::kCounts && target.scale_.mean != 0)
      saved.refuse("mean", "must be 0 where counts are predicted");
    return target;
  }
  target.classes_ = saved_distinct_texts(saved, "classes");
  if (target.classes_.size() < 2 || (task == Task::kBinary) != (target.classes_.size() == 2))
    saved.refuse("classes", "do not fit the task: there are " + std::to_string(target.classes_.size()));
  target.values_ = saved_values(saved, target.type_, target.classes_);
  const auto misplaced = [](const ClassValue& a, const ClassValue& b) { return !precedes(a, b); };
  if (std::ranges::adjacent_find(target.values_, misplaced) != target.values_.end())
    saved.refuse("classes", "must be in their order");
  return target;
}

}  // namespace ffwd
