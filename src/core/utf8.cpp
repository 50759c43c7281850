// Source: The Unicode Standard 15.0, table 3-7 (well-formed UTF-8 byte sequences).
#include "core/utf8.h"

#include <cstdint>
#include <cstring>

namespace ffwd {

namespace {

struct Sequence {
  std::size_t length;                     ///< bytes, 0 if `lead` starts none
  unsigned char second_low, second_high;  ///< what the second byte may be; the later ones are 80..BF
};

constexpr Sequence sequence_of(unsigned char lead) {
  if (lead <= 0x7F) return {1, 0, 0};
  if (lead >= 0xC2 && lead <= 0xDF) return {2, 0x80, 0xBF};
  if (lead == 0xE0) return {3, 0xA0, 0xBF};
  if (lead == 0xED) return {3, 0x80, 0x9F};
  if (lead >= 0xE1 && lead <= 0xEF) return {3, 0x80, 0xBF};
  if (lead == 0xF0) return {4, 0x90, 0xBF};
  if (lead >= 0xF1 && lead <= 0xF3) return {4, 0x80, 0xBF};
  if (lead == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

std::size_t ascii_prefix(std::string_view text, std::size_t at) {
  for (std::uint64_t word; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    if ((word & 0x8080808080808080u) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

}  // namespace

std::size_t valid_utf8_prefix(std::string_view text) {
  const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
  std::size_t at = ascii_prefix(text, 0);
  while (at < text.size()) {
    const Sequence s = sequence_of(byte(at));
    if (s.length == 0 || text.size() - at < s.length) return at;
    if (s.length > 1 && (byte(at + 1) < s.second_low || byte(at + 1) > s.second_high)) return at;
    for (std::size_t k = 2; k < s.length; ++k)
      if ((byte(at + k) & 0xC0) != 0x80) return at;
    at = ascii_prefix(text, at + s.length);
  }
  return at;
}

}  // namespace ffwd
