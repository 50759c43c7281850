#include "train/rate_groups.h"

#include <gtest/gtest.h>

#include <string>

#include "network/compile.h"
#include "support/fault_of.h"

namespace ffwd {
namespace {

TEST(RateGroups, AStarStandsForAnyText) {
  EXPECT_TRUE(matches("hidden1.weight", "hidden1.weight"));
  EXPECT_TRUE(matches("hidden1.*", "hidden1.weight"));
  EXPECT_TRUE(matches("*", ""));
  EXPECT_TRUE(matches("*.bias", "output.bias"));
  EXPECT_TRUE(matches("h*1*t", "hidden1.weight"));
  EXPECT_FALSE(matches("hidden1", "hidden1.weight"));
  EXPECT_FALSE(matches("hidden1.*", "hidden2.weight"));
  EXPECT_FALSE(matches("", "a"));
}

TEST(RateGroups, NeighboursThatAreUpdatedAlikeAreOnePart) {
  const Plan<double> plan = compile<double>(dense_network(3, {16, 8}, {"relu"}, 1), 1);
  const ParameterLayout& layout = plan.layout();
  const auto all = rate_segments(layout, {});
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].n, layout.size());
  EXPECT_EQ(all[0].rate_factor, 1);

  const auto parts = rate_segments(layout, {.rate_for = {{"hidden*", 0.1}, {"hidden2.bias", 0}}});
  ASSERT_EQ(parts.size(), 3u);
  std::size_t end = 0;
  for (const Segment& part : parts) {
    EXPECT_EQ(part.begin, end);
    end = part.begin + part.n;
  }
  EXPECT_EQ(end, layout.size());
  EXPECT_EQ(parts[0].rate_factor, 0.1);
  EXPECT_EQ(parts[1].rate_factor, 0) << "the last that matches counts";
  EXPECT_EQ(parts[2].rate_factor, 1);
}

TEST(RateGroups, OnlyWeightsShrink) {
  const Plan<double> plan = compile<double>(dense_network(3, {16}, {"relu"}, 1), 1);
  const auto parts = rate_segments(plan.layout(), {.l1 = 0.5});
  ASSERT_EQ(parts.size(), 4u);
  for (std::size_t k = 0; k < 4; ++k) EXPECT_EQ(parts[k].l1, k % 2 == 0 ? 0.5 : 0);
  EXPECT_EQ(rate_segments(plan.layout(), {.l1 = 0.5, .l1_by = "subgradient"}).size(), 1u);
}

TEST(RateGroups, APatternThatNothingMatchesIsRefusedWithTheNames) {
  const Plan<double> plan = compile<double>(dense_network(3, {}, {"relu"}, 1), 1);
  const Fault fault = fault_of([&] { (void)rate_segments(plan.layout(), {.rate_for = {{"hidden1.*", 0.1}}}); });
  EXPECT_EQ(fault.kind, ErrorKind::kUsage);
  EXPECT_EQ(fault.where, "--rate-for");
  EXPECT_EQ(fault.what, "no tensor of the network is called 'hidden1.*'");
  EXPECT_EQ(fault.fix, "there are output.weight and output.bias; * stands for any text");
}

TEST(RateGroups, PatternsOfManyStarsAreMatchedInOneWalk) {
  EXPECT_TRUE(matches("*a*b*c", "xaxbxbc"));
  EXPECT_FALSE(matches("*a*b*c", "xaxbxb"));
  EXPECT_TRUE(matches("h*", "h"));
  EXPECT_FALSE(matches("a*a", "a")) << "the one letter cannot stand on both sides";
  std::string stars;
  for (int k = 0; k < 40; ++k) stars += "*a";
  EXPECT_FALSE(matches(stars + "b", std::string(60, 'a')));
}

}  // namespace
}  // namespace ffwd
