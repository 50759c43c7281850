// Edits that damage JSON: members gone, twice, renamed or of another type, numbers out of range, deep nesting.
#pragma once

#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/json.h"
#include "model/dice.h"

namespace ffwd {

/// Stands for text that is no JSON value, such as NaN: text_of() writes it without quotes.
inline Json raw(const std::string& text) { return "@raw " + text + "@"; }

/// Text of a value, invalid where it holds raw() ones or a key twice.
inline std::string text_of(const Json& json, int indent = -1) {
  std::string text = json.dump(indent, ' ', false, Json::error_handler_t::replace);
  constexpr std::string_view kStart = "\"@raw ", kEnd = "@\"";
  for (std::size_t at = text.find(kStart); at != std::string::npos; at = text.find(kStart, at)) {
    const std::size_t end = text.find(kEnd, at);
    if (end == std::string::npos) break;
    std::string inner;
    for (std::size_t k = at + kStart.size(); k < end; ++k)
      if (text[k] != '\\') inner += text[k];
    text.replace(at, end + kEnd.size() - at, inner);
    at += inner.size();
  }
  return text;
}

using Members = std::vector<std::pair<const std::string, Json>>;

inline Members& members_of(Json& object) {
  return static_cast<Json::object_t::Container&>(object.get_ref<Json::object_t&>());
}

/// A value inside a JSON value: element or member `at` of its parent.
struct JsonPlace {
  Json* parent;
  std::size_t at;
  std::string path;  ///< "/network/layers/0/size"

  [[nodiscard]] bool in_array() const { return parent->is_array(); }
  [[nodiscard]] Json& value() const { return in_array() ? (*parent)[at] : members_of(*parent)[at].second; }
};

inline void collect_places(Json& json, const std::string& path, std::vector<JsonPlace>& places) {
  if (!json.is_structured()) return;
  for (std::size_t k = 0; k < json.size(); ++k) {
    const std::string name = json.is_array() ? std::to_string(k) : members_of(json)[k].first;
    const JsonPlace place{.parent = &json, .at = k, .path = path + "/" + name};
    places.push_back(place);
    collect_places(place.value(), place.path, places);
  }
}

inline std::string nested(std::size_t depth, bool objects) {
  std::string text;
  for (std::size_t k = 0; k < depth; ++k) text += objects ? "{\"a\":" : "[";
  return text + "1" + std::string(depth, objects ? '}' : ']');
}

inline Json odd_value(Dice& dice) {
  constexpr std::int64_t kTwoTo53 = std::int64_t{1} << 53;
  static const Json kOdd = Json::array({nullptr,
                                        true,
                                        false,
                                        0,
                                        1,
                                        -1,
                                        2,
                                        64,
                                        1'000'000,
                                        1'000'001,
                                        kTwoTo53,
                                        kTwoTo53 + 2,
                                        std::numeric_limits<std::int64_t>::max(),
                                        std::numeric_limits<std::int64_t>::min(),
                                        std::numeric_limits<std::uint64_t>::max(),
                                        0.0,
                                        -0.0,
                                        0.5,
                                        1e300,
                                        -1e300,
                                        1.7976931348623157e308,
                                        5e-324,
                                        1e-290,
                                        raw("NaN"),
                                        raw("-Infinity"),
                                        raw("1e999"),
                                        raw("-0"),
                                        raw("1E+2"),
                                        raw("99999999999999999999"),
                                        raw("01"),
                                        raw(""),
                                        "",
                                        "identity",
                                        "relu",
                                        "text",
                                        "number",
                                        "category",
                                        "F64",
                                        "x\n\x1b[31m",
                                        std::string("a\0b", 3),
                                        std::string(3000, 'n'),
                                        Json::array(),
                                        Json::array({1, 2}),
                                        Json::object(),
                                        Json::object({{"name", "x"}})});
  if (dice.one_in(12)) return raw(nested(1 + dice.below(dice.one_in(4) ? 20'000 : 80), dice.one_in(2)));
  return dice.one_of(kOdd);
}

inline Json changed_number(const Json& number, Dice& dice) {
  if (number.is_number_float()) {
    const double x = number.get<double>();
    const double values[] = {-x, x * 2, x * 1e-3, x * 1e30, x + 1, std::nextafter(x, 1e300)};
    return dice.one_of(values);
  }
  const auto n = number.get<std::uint64_t>();
  const std::uint64_t values[] = {n + 1, n - 1, 0 - n, n * 2, n + 256, n << 16};
  return static_cast<std::int64_t>(dice.one_of(values));
}

inline std::string changed_text(std::string text, Dice& dice) {
  const std::size_t at = dice.below(text.size());
  if (text.empty() || dice.one_in(3))
    text.insert(at, 1, static_cast<char>('a' + dice.below(26)));
  else if (dice.one_in(2))
    text.erase(at, 1);
  else
    text[at] = static_cast<char>(text[at] ^ 1 << dice.below(7));
  return text;
}

namespace edits {

inline void remove(const JsonPlace& place, Dice&) {
  if (place.in_array()) {
    place.parent->erase(place.at);
    return;
  }
  Members kept;
  for (std::size_t k = 0; k < place.parent->size(); ++k)
    if (k != place.at) kept.push_back(members_of(*place.parent)[k]);
  members_of(*place.parent).swap(kept);
}

inline void duplicate(const JsonPlace& place, Dice&) {
  const Json copy = place.value();
  if (place.in_array())
    place.parent->push_back(copy);
  else
    add_member(*place.parent, members_of(*place.parent)[place.at].first, copy);
}

inline void replace(const JsonPlace& place, Dice& dice) { place.value() = odd_value(dice); }

inline void change(const JsonPlace& place, Dice& dice) {
  const Json value = place.value();
  if (value.is_number())
    place.value() = changed_number(value, dice);
  else if (value.is_string())
    place.value() = changed_text(value.get<std::string>(), dice);
  else
    replace(place, dice);
}

inline void swap_siblings(const JsonPlace& place, Dice& dice) {
  const std::size_t with = dice.below(place.parent->size());
  if (place.in_array()) return std::swap((*place.parent)[place.at], (*place.parent)[with]);
  Members swapped;
  for (std::size_t k = 0; k < place.parent->size(); ++k)
    swapped.push_back(members_of(*place.parent)[k == place.at ? with : k == with ? place.at : k]);
  members_of(*place.parent).swap(swapped);
}

inline void rename(const JsonPlace& place, Dice& dice) {
  if (place.in_array()) return change(place, dice);
  Members renamed;
  for (std::size_t k = 0; k < place.parent->size(); ++k) {
    const auto& [key, value] = members_of(*place.parent)[k];
    renamed.emplace_back(k == place.at ? changed_text(key, dice) : key, value);
  }
  members_of(*place.parent).swap(renamed);
}

inline void add(const JsonPlace& place, Dice& dice) {
  if (place.in_array())
    place.parent->push_back(odd_value(dice));
  else
    add_member(*place.parent, dice.one_in(2) ? "more" : std::to_string(dice.below(10)), odd_value(dice));
}

}  // namespace edits

struct JsonEdit {
  std::string_view name;
  void (*apply)(const JsonPlace& place, Dice& dice);
};

inline constexpr JsonEdit kJsonEdits[] = {
    {"remove", edits::remove}, {"duplicate", edits::duplicate},         {"replace", edits::replace},
    {"change", edits::change}, {"swap siblings", edits::swap_siblings}, {"rename", edits::rename},
    {"add", edits::add},
};

}  // namespace ffwd
