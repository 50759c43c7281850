#include "core/text.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>
#include <vector>

namespace ffwd {
namespace {

TEST(Text, ShortestReadsBackToTheSameBits) {
  EXPECT_EQ(shortest(0.1), "0.1");
  EXPECT_EQ(shortest(1e-30), "1e-30");
  EXPECT_EQ(shortest(-0.0), "-0");
  EXPECT_EQ(shortest(1.0 / 3.0), "0.3333333333333333");
  EXPECT_EQ(shortest(0.1f), "0.1");
  EXPECT_EQ(shortest(16777216.0f), "16777216");
  using Limits = std::numeric_limits<double>;
  for (const double value : {Limits::max(), Limits::lowest(), Limits::min(), Limits::denorm_min(), 123456.789})
    EXPECT_EQ(std::strtod(shortest(value).c_str(), nullptr), value);
}

TEST(Text, ThousandsAreSetApart) {
  EXPECT_EQ(with_thousands(0), "0");
  EXPECT_EQ(with_thousands(999), "999");
  EXPECT_EQ(with_thousands(1000), "1,000");
  EXPECT_EQ(with_thousands(20640), "20,640");
  EXPECT_EQ(with_thousands(18446744073709551615u), "18,446,744,073,709,551,615");
}

TEST(Text, TextsAreJoinedWithASeparatorBetweenThem) {
  using Texts = std::vector<std::string>;
  EXPECT_EQ(joined(Texts{}, ","), "");
  EXPECT_EQ(joined(Texts{"a"}, ","), "a");
  EXPECT_EQ(joined(Texts{"", "b", "c d"}, ", "), ", b, c d");
}

}  // namespace
}  // namespace ffwd
