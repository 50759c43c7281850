#include "table/csv_header.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "core/names.h"
#include "table/ascii.h"
#include "table/csv_fault.h"
#include "table/number_text.h"

namespace ffwd {

namespace {

void fill_in_names(std::vector<std::string>& names, std::vector<std::string>& warnings) {
  std::vector<std::string> numbers;
  for (std::size_t k = 0; k < names.size(); ++k) {
    if (!trimmed(names[k]).empty()) continue;
    numbers.push_back(std::to_string(k + 1));
    names[k] = "column_" + numbers.back();
  }
  if (numbers.size() == 1)
    warnings.push_back(fmt::format("column {0} has no name; called 'column_{0}'", numbers[0]));
  else if (!numbers.empty())
    warnings.push_back(
        fmt::format("columns {} have no names; called 'column_{}' and so on", join_names(numbers, "and"), numbers[0]));
}

void check_distinct(const std::vector<std::string>& names, const CsvStructure& structure, const std::string& source) {
  std::unordered_map<std::string_view, std::size_t> seen;
  for (std::size_t k = 0; k < names.size(); ++k) {
    const auto [first, is_new] = seen.try_emplace(names[k], k);
    if (is_new) continue;
    refuse(source, {structure.name_lines[k], k + 1,
                    fmt::format("duplicate column name '{}' (also column {})", shorten(names[k]), first->second + 1),
                    "give each column a name of its own"});
  }
}

bool is_number(const std::string& name) {
  const NumberForm form = number_form(name);
  return form == NumberForm::kInteger || form == NumberForm::kDecimal;
}

}  // namespace

std::vector<std::string> name_columns(const CsvStructure& structure, const std::string& source,
                                      std::vector<std::string>& warnings) {
  std::vector<std::string> names = structure.names;
  if (names.size() > 1 && trimmed(names.back()).empty() && structure.last_column_is_empty) {
    warnings.push_back(fmt::format("column {}: no name and no values, left out (trailing delimiter)", names.size()));
    names.pop_back();
  }
  fill_in_names(names, warnings);
  check_distinct(names, structure, source);
  if (std::all_of(names.begin(), names.end(), is_number))
    warnings.emplace_back("the header looks like data: every name is a number; the first line must name the columns");
  return names;
}

}  // namespace ffwd
