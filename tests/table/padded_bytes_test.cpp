#include "table/padded_bytes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>

namespace ffwd {
namespace {

bool has_padding(const PaddedBytes& bytes) {
  const char* const end = bytes.view().data() + bytes.size();
  const auto is_zero = [](char c) { return c == 0; };
  return std::all_of(end, end + PaddedBytes::kPadding, is_zero) &&
         std::all_of(bytes.view().data() - PaddedBytes::kBefore, bytes.view().data(), is_zero);
}

TEST(PaddedBytes, HoldATextWithZerosAroundIt) {
  for (const std::size_t n : {0u, 1u, 63u, 64u, 1000u}) {
    const PaddedBytes bytes(std::string(n, 'x'));
    EXPECT_EQ(bytes.view(), std::string(n, 'x'));
    EXPECT_TRUE(has_padding(bytes));
  }
}

TEST(PaddedBytes, GrowAndKeepWhatTheyHold) {
  PaddedBytes bytes;
  std::string wanted;
  for (int k = 0; k < 200; ++k) {
    const std::string part = std::to_string(k) + ",";
    bytes.reserve(part.size());
    ASSERT_GE(bytes.room_size(), part.size());
    std::memcpy(bytes.room(), part.data(), part.size());
    bytes.add(part.size());
    wanted += part;
    ASSERT_TRUE(has_padding(bytes));
  }
  EXPECT_EQ(bytes.view(), wanted);
}

}  // namespace
}  // namespace ffwd
