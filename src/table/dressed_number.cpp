#include "table/dressed_number.h"

#include <algorithm>
#include <array>
#include <string>

#include "table/ascii.h"
#include "table/number_text.h"

namespace ffwd {

namespace {

constexpr std::array<std::string_view, 9> kSigns = {"$", "€", "£", "¥", "%", "USD", "EUR", "GBP", "CHF"};

/// Without one sign at either end; the same text if there is none.
std::string_view without_signs(std::string_view text) {
  for (const std::string_view sign : kSigns) {
    if (text.starts_with(sign)) text = trimmed(text.substr(sign.size()));
    if (text.ends_with(sign)) text = trimmed(text.substr(0, text.size() - sign.size()));
  }
  return text;
}

/// Without marks between groups of three digits; the text as it is if anything else stands between two digits.
std::string without_thousands(std::string_view text) {
  constexpr std::size_t kGroup = 3;
  const std::size_t whole = std::min(text.find('.'), text.size());
  std::string plain;
  std::size_t digits = 0;  // since the last mark
  bool grouped = false;
  for (std::size_t i = 0; i < whole; ++i) {
    const bool mark = text[i] == ',' || text[i] == '\'' || text[i] == ' ';
    if (mark && (digits == 0 || digits > kGroup || (grouped && digits != kGroup))) return std::string(text);
    grouped = grouped || mark;
    digits = mark ? 0 : digits + (is_digit(text[i]) ? 1 : 0);
    if (!mark) plain += text[i];
  }
  if (grouped && digits != kGroup) return std::string(text);
  return plain.append(text.substr(whole));
}

bool is_plain(std::string_view text) {
  const NumberForm form = number_form(text);
  return form == NumberForm::kInteger || form == NumberForm::kDecimal;
}

}  // namespace

bool looks_like_number(std::string_view text) {
  if (is_plain(text)) return false;
  const bool negative = text.starts_with('-');
  return is_plain(without_thousands(without_signs(negative ? text.substr(1) : text)));
}

}  // namespace ffwd
