#include "table/arrow_number.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

namespace ffwd {
namespace {

TEST(ArrowNumber, HalvesOfEveryKind) {
  EXPECT_EQ(half_value(0x0000), 0.0);
  EXPECT_TRUE(std::signbit(half_value(0x8000)));
  EXPECT_EQ(half_value(0x3C00), 1.0);
  EXPECT_EQ(half_value(0xC000), -2.0);
  EXPECT_EQ(half_value(0x3555), 0.333251953125);
  EXPECT_EQ(half_value(0x7BFF), 65504.0);
  EXPECT_EQ(half_value(0x0001), 0x1p-24);
  EXPECT_EQ(half_value(0x03FF), 1023 * 0x1p-24);
  EXPECT_EQ(half_value(0xFC00), -std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(half_value(0x7E00)));
}

/// `low` and then `n_more` words of the sign.
std::string digits(std::int64_t low, std::size_t n_bytes) {
  std::vector<std::byte> bytes(n_bytes, std::byte{low < 0 ? std::uint8_t{0xFF} : std::uint8_t{0}});
  std::memcpy(bytes.data(), &low, std::min(n_bytes, sizeof low));
  return integer_digits(bytes);
}

TEST(ArrowNumber, DigitsOfWideIntegers) {
  for (const std::size_t n_bytes : {8u, 16u, 32u})
    for (const std::int64_t value :
         {std::int64_t{0}, std::int64_t{7}, std::int64_t{-1}, std::int64_t{1'000'000'000}, std::int64_t{-1'000'000'001},
          std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()})
      EXPECT_EQ(digits(value, n_bytes), std::to_string(value)) << n_bytes;
  EXPECT_EQ(digits(-105, 4), "-105");
}

TEST(ArrowNumber, DigitsBeyond64Bits) {
  std::array<std::byte, 16> bytes{};
  bytes[8] = std::byte{1};
  EXPECT_EQ(integer_digits(bytes), "18446744073709551616");
  bytes.fill(std::byte{0xFF});
  bytes[15] = std::byte{0x7F};
  EXPECT_EQ(integer_digits(bytes), "170141183460469231731687303715884105727");
  std::array<std::byte, 32> least{};
  least[31] = std::byte{0x80};
  EXPECT_EQ(integer_digits(least), "-57896044618658097711785492504343953926634992332820282019728792003956564819968");
}

}  // namespace
}  // namespace ffwd
