// Writing CSV: one field at a time, so that it reads back as it was.
#include <algorithm>

#include "ffwd/table.h"
#include "table/ascii.h"

namespace ffwd {

std::string csv_field(std::string_view text, char delimiter, bool quote_empty) {
  const auto special = [&](char c) { return c == delimiter || c == '"' || c == '\n' || c == '\r'; };
  const bool edges = !text.empty() && (is_blank(text.front()) || is_blank(text.back()));
  const bool quote = edges || (text.empty() && quote_empty) || std::any_of(text.begin(), text.end(), special);
  if (!quote) return std::string(text);
  std::string field = "\"";
  for (const char c : text) {
    if (c == '"') field += '"';
    field += c;
  }
  return field += '"';
}

}  // namespace ffwd
