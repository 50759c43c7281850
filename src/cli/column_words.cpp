#include "cli/column_words.h"

#include <algorithm>

#include "cli/command.h"
#include "core/names.h"
#include "core/raise.h"

namespace ffwd {

std::vector<std::string> columns_named(std::span<const std::string> texts, const Table& table) {
  std::vector<std::string> names;
  for (const std::string& text : texts) {
    if (table.find(text)) {
      names.push_back(text);
      continue;
    }
    for (std::string& word : split_list(text)) names.push_back(std::move(word));
  }
  return names;
}

std::vector<std::string> columns_maybe_named(std::span<const std::string> texts) {
  std::vector<std::string> names(texts.begin(), texts.end());
  for (const std::string& text : texts) {
    for (std::string& word : split_list(text)) names.push_back(std::move(word));
  }
  return names;
}

std::vector<std::size_t> find_columns(const std::string& option, std::span<const std::string> names,
                                      const Table& table) {
  std::vector<std::size_t> found;
  for (const std::string& name : names) {
    const auto index = table.find(name);
    if (!index) {
      raise({.kind = ErrorKind::kData,
             .what = unknown_name("column", name, table.names()),
             .where = table.source,
             .fix = "give " + option + " names of its columns; ffwd inspect lists them"});
    }
    if (std::find(found.begin(), found.end(), *index) == found.end()) found.push_back(*index);
  }
  return found;
}

}  // namespace ffwd
