#include "table/arrow_number.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstring>
#include <limits>

namespace ffwd {

namespace {

constexpr std::size_t kMostLimbs = 8;
constexpr std::uint64_t kBillion = 1'000'000'000;

using Limbs = std::array<std::uint32_t, kMostLimbs>;  // least significant first

void negate(std::span<std::uint32_t> limbs) {
  std::uint64_t carry = 1;
  for (std::uint32_t& limb : limbs) {
    carry += static_cast<std::uint32_t>(~limb);
    limb = static_cast<std::uint32_t>(carry);
    carry >>= 32;
  }
}

/// Divides by a billion and returns the remainder.
std::uint32_t take_nine_digits(std::span<std::uint32_t> limbs) {
  std::uint64_t rest = 0;
  for (std::size_t k = limbs.size(); k-- > 0;) {
    rest = rest << 32 | limbs[k];
    limbs[k] = static_cast<std::uint32_t>(rest / kBillion);
    rest %= kBillion;
  }
  return static_cast<std::uint32_t>(rest);
}

}  // namespace

double half_value(std::uint16_t bits) {
  const std::uint64_t exponent = bits >> 10 & 0x1Fu;
  const std::uint64_t fraction = bits & 0x3FFu;
  const double sign = (bits & 0x8000u) != 0 ? -1.0 : 1.0;
  if (exponent == 0) return sign * static_cast<double>(fraction) * 0x1p-24;
  constexpr std::uint64_t kSpecial = 0x1F;
  if (exponent == kSpecial)
    return fraction != 0 ? std::numeric_limits<double>::quiet_NaN() : sign * std::numeric_limits<double>::infinity();
  return sign * std::bit_cast<double>((exponent - 15 + 1023) << 52 | fraction << 42);
}

std::string integer_digits(std::span<const std::byte> little_endian) {
  assert(little_endian.size() % 4 == 0 && little_endian.size() <= kMostLimbs * 4);
  Limbs all{};
  const std::span<std::uint32_t> limbs = std::span(all).first(little_endian.size() / 4);
  std::memcpy(limbs.data(), little_endian.data(), little_endian.size());
  const bool negative = (limbs.back() >> 31) != 0;
  if (negative) negate(limbs);
  std::array<std::uint32_t, kMostLimbs * 2> groups{};
  std::size_t n_groups = 0;
  do {
    groups[n_groups++] = take_nine_digits(limbs);
  } while (std::any_of(limbs.begin(), limbs.end(), [](std::uint32_t limb) { return limb != 0; }));
  std::string text = (negative ? "-" : "") + std::to_string(groups[n_groups - 1]);
  while (--n_groups > 0) text += fmt::format("{:09}", groups[n_groups - 1]);
  return text;
}

}  // namespace ffwd
