#include "table/text_coder.h"

#include <cstring>
#include <limits>

#include "core/raise.h"

namespace ffwd {

namespace {

constexpr std::size_t kFirstSlots = 64;

/// Less than eight bytes as one word, two overlapping halves of it: copying a number of bytes not known before is a
/// call.
std::uint64_t tail_of(std::string_view text) {
  const auto load_four = [](const char* at) {
    std::uint32_t word = 0;
    std::memcpy(&word, at, sizeof word);
    return std::uint64_t{word};
  };
  const std::size_t n = text.size();
  if (n >= 4) return load_four(text.data()) | load_four(text.data() + n - 4) << 32;
  if (n == 0) return 0;
  const auto byte = [&](std::size_t k) { return std::uint64_t{static_cast<unsigned char>(text[k])}; };
  return byte(0) | byte(n / 2) << 8 | byte(n - 1) << 16;
}

/// Mixes eight bytes at a time; its quality only decides speed, codes follow the order of appearance.
std::uint32_t hash_of(std::string_view text) {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15u;  // 2^64 over the golden ratio
  std::uint64_t hash = text.size() * kOdd;
  std::uint64_t word = 0;
  while (text.size() >= sizeof word) {
    std::memcpy(&word, text.data(), sizeof word);
    hash = (hash ^ word) * kOdd;
    hash ^= hash >> 32;
    text.remove_prefix(sizeof word);
  }
  hash = (hash ^ tail_of(text)) * kOdd;
  return static_cast<std::uint32_t>(hash >> 32);
}

}  // namespace

std::int32_t TextCoder::code_of(std::string_view text) {
  if (coded_.levels.size() * 2 >= slots_.size()) grow();
  const std::uint32_t hash = hash_of(text);
  std::size_t at = hash & (slots_.size() - 1);
  for (; slots_[at].code >= 0; at = (at + 1) & (slots_.size() - 1)) {
    const Slot& slot = slots_[at];
    if (slot.hash == hash && coded_.levels[static_cast<std::size_t>(slot.code)] == text) return slot.code;
  }
  if (coded_.levels.size() == std::numeric_limits<std::int32_t>::max())
    raise({.kind = ErrorKind::kData, .what = "a text column has more than 2,147,483,647 different texts"});
  const auto code = static_cast<std::int32_t>(coded_.levels.size());
  coded_.levels.emplace_back(text);
  slots_[at] = {hash, code};
  return code;
}

void TextCoder::append(const TextCoder& next) {
  std::vector<std::int32_t> code_here;
  code_here.reserve(next.n_levels());
  for (const std::string& level : next.coded_.levels) code_here.push_back(code_of(level));
  for (const std::int32_t code : next.coded_.codes)
    coded_.codes.push_back(code < 0 ? code : code_here[static_cast<std::size_t>(code)]);
}

void TextCoder::grow() {
  std::vector<Slot> bigger(slots_.empty() ? kFirstSlots : slots_.size() * 2, Slot{0, -1});
  for (const Slot& slot : slots_) {
    if (slot.code < 0) continue;
    std::size_t at = slot.hash & (bigger.size() - 1);
    while (bigger[at].code >= 0) at = (at + 1) & (bigger.size() - 1);
    bigger[at] = slot;
  }
  slots_ = std::move(bigger);
}

}  // namespace ffwd
