#include "core/names.h"

#include <algorithm>
#include <cstdint>

#include "core/utf8.h"

namespace ffwd {

namespace {

// Nobody mistypes one letter of a name this long; and the distance costs the product of both lengths.
constexpr std::size_t kLongestName = 200;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Insertions, deletions, changes and swaps of neighbours ("optimal string alignment") that turn `a` into `b`, letter
/// case ignored. A swap is one step because it is one slip of the fingers: "tahn" is near "tanh".
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const char x = lower(a[i - 1]);
      const char y = lower(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (x == y ? 0u : 1u)});
      const bool swapped = i > 1 && j > 1 && x == lower(b[j - 2]) && lower(a[i - 2]) == y;
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::size_t difference(std::size_t a, std::size_t b) { return a > b ? a - b : b - a; }

/// Bytes of the UTF-8 character that `text` starts with; 0 if it starts with none.
std::size_t first_character(std::string_view text) {
  constexpr std::size_t kLongest = 4;
  const std::size_t valid = valid_utf8_prefix(text.substr(0, kLongest));
  std::size_t length = valid > 0 ? 1 : 0;
  while (length < valid && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) ++length;
  return length;
}

}  // namespace

std::string nearest_name(std::string_view name, std::span<const std::string> candidates) {
  if (name.empty() || name.size() > kLongestName) return {};
  std::size_t allowed = std::max<std::size_t>(1, name.size() / 3);
  const std::string* nearest = nullptr;
  for (const std::string& candidate : candidates) {
    if (difference(candidate.size(), name.size()) > allowed) continue;
    const std::size_t distance = edit_distance(name, candidate);
    if (distance > allowed || (nearest != nullptr && distance == allowed)) continue;
    if (distance == std::max(name.size(), candidate.size())) continue;  // no letter in common: 'x' is not near 'y'
    nearest = &candidate;
    allowed = distance;
    if (distance == 0) break;
  }
  return nearest == nullptr ? std::string() : *nearest;
}

std::string unknown_name(std::string_view family, std::string_view name, std::span<const std::string> known) {
  const std::string text = "unknown " + std::string(family) + " '" + shorten(name) + "'";
  if (const std::string near = nearest_name(name, known); !near.empty())
    return text + "; did you mean '" + shorten(near) + "'?";
  std::vector<std::string> shown;
  shown.reserve(known.size());
  for (const std::string& each : known) shown.push_back(shorten(each));
  return known.empty() ? text : text + "; known: " + join_names(shown, "and");
}

std::string join_names(std::span<const std::string> names, std::string_view last, std::size_t most) {
  const bool cut = names.size() > most;
  const std::size_t shown = cut ? most : names.size();
  std::string text;
  for (std::size_t k = 0; k < shown; ++k) {
    if (k > 0) text += !cut && k + 1 == shown ? " " + std::string(last) + " " : std::string(", ");
    text += names[k];
  }
  if (cut) text += (shown > 0 ? ", … (" : "… (") + std::to_string(names.size() - shown) + " more)";
  return text;
}

std::string shorten(std::string_view text, std::size_t most) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = first_character(text);
    const std::size_t step = std::max<std::size_t>(length, 1);
    if (out.size() + step > most) return out + "…";
    const auto c = static_cast<unsigned char>(text[0]);
    const bool control = c < 0x20 || c == 0x7F;
    if (length == 0 || control)
      out += '?';
    else
      out += text.substr(0, length);
    text.remove_prefix(step);
  }
  return out;
}

std::string quoted_names(std::span<const std::string> names) {
  std::vector<std::string> quoted;
  for (const std::string& name : names) quoted.push_back("'" + shorten(name) + "'");
  return join_names(quoted, "and");
}

}  // namespace ffwd
