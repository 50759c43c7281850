#include "plan/plan.h"

#include <gtest/gtest.h>

namespace ffwd {
namespace {

TEST(PlanBuilder, GivesEveryBufferABlockOfItsOwn) {
  PlanBuilder<float> builder(3);
  const Value a = builder.add_value(20, *find_unit("relu"), false);
  const Value b = builder.add_value(5, *find_unit("softplus"), false);
  EXPECT_EQ(a.ld, 32u);
  EXPECT_EQ(a.z, a.a) << "relu's slope follows from its output";
  EXPECT_EQ(a.d, 96u);
  EXPECT_EQ(b.a, 192u);
  EXPECT_NE(b.z, b.a) << "softplus's slope needs its input";
  EXPECT_EQ(builder.finish(b).arena_size(), 192u + 3 * 48);
}

TEST(PlanBuilder, LaysASingleUnitThatFeedsTheLossDense) {
  PlanBuilder<float> builder(40);
  EXPECT_EQ(builder.add_value(1, *find_unit("identity"), true).ld, 1u);
  EXPECT_EQ(builder.add_value(1, *find_unit("identity"), false).ld, 16u);
  EXPECT_EQ(builder.add_value(2, *find_unit("identity"), true).ld, 16u);
}

}  // namespace
}  // namespace ffwd
