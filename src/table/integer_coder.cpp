#include "table/integer_coder.h"

#include <limits>

#include "core/raise.h"

namespace ffwd {

namespace {

constexpr std::size_t kFirstSlots = 64;

/// Its quality only decides speed, codes follow the order of appearance.
std::size_t hash_of(std::int64_t value) {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15u;  // 2^64 over the golden ratio
  const std::uint64_t mixed = static_cast<std::uint64_t>(value) * kOdd;
  return static_cast<std::size_t>((mixed ^ (mixed >> 32)) * kOdd >> 32);
}

}  // namespace

std::int32_t IntegerCoder::code_of(std::int64_t value) {
  if (levels_.size() * 2 >= slots_.size()) grow();
  std::int32_t& code = slots_[find(value)];
  if (code != kFree) return code;
  if (levels_.size() == std::numeric_limits<std::int32_t>::max())
    raise({.kind = ErrorKind::kData, .what = "a column has more than 2,147,483,647 different dates or times"});
  code = static_cast<std::int32_t>(levels_.size());
  levels_.push_back(value);
  return code;
}

std::size_t IntegerCoder::find(std::int64_t value) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash_of(value) & mask;
  while (slots_[at] != kFree && levels_[static_cast<std::size_t>(slots_[at])] != value) at = (at + 1) & mask;
  return at;
}

void IntegerCoder::grow() {
  slots_.assign(slots_.empty() ? kFirstSlots : slots_.size() * 2, kFree);
  for (std::size_t code = 0; code < levels_.size(); ++code)
    slots_[find(levels_[code])] = static_cast<std::int32_t>(code);
}

}  // namespace ffwd
