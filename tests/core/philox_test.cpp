#include "core/philox.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace ffwd {
namespace {

// All the known answers that Random123, the authors' own library, publishes for philox4x32 with 10 rounds.
TEST(Philox, GivesThePublishedKnownAnswers) {
  using Words = std::array<std::uint32_t, 4>;
  EXPECT_EQ(philox4x32({0, 0, 0, 0}, {0, 0}), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  constexpr std::uint32_t kOnes = 0xffffffff;
  EXPECT_EQ(philox4x32({kOnes, kOnes, kOnes, kOnes}, {kOnes, kOnes}),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

// What the words of counter and key mean decides every split, shuffle and initial weight.
TEST(Philox, CountsThePairStreamAndPurposeUnderTheSeed) {
  const auto words = philox4x32({0x89abcdef, 0x01234567, 5, 2}, {0x9abcdef0, 0x12345678});
  const Philox random(0x123456789abcdef0, Purpose::kShuffle);
  const std::uint64_t first = words[0] | std::uint64_t{words[1]} << 32,
                      second = words[2] | std::uint64_t{words[3]} << 32;
  EXPECT_EQ(random.bits(5, 2 * 0x0123456789abcdefu), first);
  EXPECT_EQ(random.bits(5, 2 * 0x0123456789abcdefu + 1), second);
  EXPECT_EQ(random.uniform(5, 2 * 0x0123456789abcdefu), static_cast<double>(first >> 11) * 0x1p-53);
}

TEST(Philox, DifferentPurposesSeedsStreamsAndIndicesGiveDifferentBits) {
  const Philox a(1, Purpose::kShuffle), b(1, Purpose::kSplit), c(2, Purpose::kShuffle);
  EXPECT_NE(a.bits(0, 0), b.bits(0, 0));
  EXPECT_NE(a.bits(0, 0), c.bits(0, 0));
  EXPECT_NE(a.bits(0, 0), a.bits(1, 0));
  EXPECT_NE(a.bits(0, 0), a.bits(0, 1));
  EXPECT_EQ(a.bits(3, 7), Philox(1, Purpose::kShuffle).bits(3, 7));
}

TEST(Philox, UniformNumbersHaveTheMeanAndVarianceOfTheUnitInterval) {
  const Philox random(5, Purpose::kInitialWeights);
  constexpr int kDraws = 100000;
  double sum = 0, squares = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double u = random.uniform(0, static_cast<std::uint64_t>(i));
    ASSERT_GE(u, 0.0);
    ASSERT_LT(u, 1.0);
    sum += u;
    squares += u * u;
  }
  const double mean = sum / kDraws;
  EXPECT_NEAR(mean, 0.5, 5 * std::sqrt(1.0 / 12 / kDraws));
  EXPECT_NEAR(squares / kDraws - mean * mean, 1.0 / 12, 2e-3);
}

TEST(Philox, BelowCoversItsRangeEvenly) {
  const Philox random(9, Purpose::kShuffle);
  std::vector<int> counts(7);
  for (std::uint64_t i = 0; i < 70000; ++i) ++counts.at(random.below(7, 2, i));
  for (int count : counts) EXPECT_NEAR(count, 10000, 500);
  EXPECT_EQ(random.below(1, 0, 0), 0u);
}

}  // namespace
}  // namespace ffwd
