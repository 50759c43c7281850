#include "cli/column_words.h"

#include <algorithm>

#include "cli/command.h"
#include "core/names.h"
#include "core/raise.h"
#include "table/ascii.h"

namespace ffwd {
namespace {

/// "shop=4" without what follows the last sign of equality.
std::string before_size(const std::string& text) { return text.substr(0, text.rfind('=')); }

EmbeddedColumn embedded_column(const std::string& option, const std::string& word, const Table& table) {
  if (table.find(word) || word.find('=') == std::string::npos) return {.column = word};
  const std::string before = before_size(word);
  const std::string size(trimmed(std::string_view(word).substr(before.size() + 1)));
  const std::string column(trimmed(before));
  return {.column = column, .size = read_count(option + " '" + shorten(column) + "'", size, 1, kMaxUnits)};
}

}  // namespace

std::vector<EmbeddedColumn> embedded_columns(const std::string& option, std::span<const std::string> texts,
                                             const Table& table) {
  std::vector<EmbeddedColumn> embedded;
  for (const std::string& text : texts) {
    const std::string name = before_size(text);
    const bool is_list =
        text.find(',', name.size()) != std::string::npos;  // "a=1,b", whose last size is not at the end
    const bool is_one = table.find(text) || (!is_list && table.find(name));
    for (const std::string& word : is_one ? std::vector<std::string>{text} : split_list(text)) {
      embedded.push_back(embedded_column(option, word, table));
    }
  }
  return embedded;
}

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
