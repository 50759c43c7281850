#include "pipeline/identifier.h"

#include <algorithm>
#include <string>

#include "table/ascii.h"

namespace ffwd {

namespace {

constexpr std::string_view kNames[] = {"id",     "ids",    "index",  "idx",        "row",        "rows", "rowid",
                                       "row_id", "row_nr", "row_no", "row_number", "row number", "nr",   "no",
                                       "number", "rownum", "#",      "key",        "uid",        "uuid"};

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

/// "houseId", "houseID": a hump of its own.
bool ends_in_hump(std::string_view name) {
  return name.size() > 2 && (name.ends_with("Id") || name.ends_with("ID")) && is_lower(name[name.size() - 3]);
}

bool is_nameless(std::string_view lower) {
  constexpr std::string_view kPrefix = "column_";
  // pandas calls an index so, in CSV and in Parquet.
  if (lower.starts_with("unnamed") || lower.starts_with("__index_level_")) return true;
  return lower.starts_with(kPrefix) && lower.size() > kPrefix.size() &&
         std::ranges::all_of(lower.substr(kPrefix.size()), is_digit);
}

}  // namespace

bool is_identifier_name(std::string_view name) {
  std::string lower(trimmed(name));
  std::ranges::transform(lower, lower.begin(), to_lower);
  if (std::ranges::find(kNames, lower) != std::end(kNames)) return true;
  if (lower.ends_with("_id") || lower.ends_with(" id") || lower.ends_with("-id")) return true;
  return is_nameless(lower) || ends_in_hump(trimmed(name));
}

}  // namespace ffwd
