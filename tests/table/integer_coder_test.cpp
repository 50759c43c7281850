#include "table/integer_coder.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace ffwd {
namespace {

TEST(IntegerCoder, CodesInOrderOfFirstAppearance) {
  IntegerCoder coder;
  EXPECT_EQ(coder.n_levels(), 0u);
  EXPECT_EQ(coder.code_of(7), 0);
  EXPECT_EQ(coder.code_of(-1), 1);
  EXPECT_EQ(coder.code_of(7), 0);
  EXPECT_EQ(coder.code_of(0), 2);
  EXPECT_EQ(coder.levels(), (std::vector<std::int64_t>{7, -1, 0}));
}

TEST(IntegerCoder, TellsIntegersApartHoweverManyAndAlike) {
  std::mt19937_64 random(3);
  std::map<std::int64_t, std::int32_t> wanted;
  IntegerCoder coder;
  for (int k = 0; k < 100000; ++k) {
    // Whole days in microseconds, as dates are, among any others.
    const auto value =
        static_cast<std::int64_t>(random() % 2 == 0 ? random() % 5000 * 86'400'000'000 : random() % 50000);
    const auto next = static_cast<std::int32_t>(wanted.size());
    ASSERT_EQ(coder.code_of(value), wanted.try_emplace(value, next).first->second);
  }
  ASSERT_EQ(coder.n_levels(), wanted.size());
  for (const auto& [value, code] : wanted) EXPECT_EQ(coder.levels()[static_cast<std::size_t>(code)], value);
}

}  // namespace
}  // namespace ffwd
