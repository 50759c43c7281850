#include "report/unit_curves.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "report/pictures.h"

namespace ffwd {
namespace {

std::vector<UnitKink> kinks(const char* name) { return unit_kinks(*find_unit(name)); }

TEST(UnitCurves, FindTheKinksAndWhatTheKernelsTakeThere) {
  ASSERT_EQ(kinks("relu").size(), 1U);
  EXPECT_EQ(kinks("relu")[0].at, 0);
  EXPECT_EQ(kinks("relu")[0].slope, 0);
  EXPECT_FALSE(kinks("relu")[0].jump);
  EXPECT_EQ(kinks("leaky_relu")[0].slope, 0.01);
  EXPECT_EQ(kinks("abs")[0].slope, 0);
  ASSERT_EQ(kinks("hard_tanh").size(), 2U);
  EXPECT_EQ(kinks("hard_tanh")[0].at, -1);
  EXPECT_EQ(kinks("hard_tanh")[1].at, 1);
  EXPECT_EQ(kinks("hard_tanh")[1].slope, 0);
  EXPECT_TRUE(kinks("heaviside")[0].jump);
  EXPECT_NEAR(kinks("selu")[0].slope, 1.7580993408473766, 1e-12) << "the lower branch";
  for (const char* smooth :
       {"identity", "tanh", "sigmoid", "softplus", "gelu", "silu", "mish", "elu", "gudermannian"}) {
    EXPECT_TRUE(kinks(smooth).empty()) << smooth;
  }
}

TEST(UnitCurves, ShowEveryUnitOfTheTable) {
  const std::string svg = unit_curves_svg();
  expect_sound(svg);
  for (const UnitRow& unit : units()) {
    EXPECT_TRUE(contains(svg, ">" + std::string(unit.name) + "<") || contains(svg, ">" + std::string(unit.name) + ", "))
        << unit.name;
  }
  EXPECT_EQ(count(svg, "<path class=\"line-0\""), units().size() + 4);  // three layers, and the key
  EXPECT_EQ(count(svg, "<path class=\"line-1\""), units().size() + 4);
  for (const char* layer : {">prelu, as it starts<", ">maxout, pieces 3<", ">rbf<"}) EXPECT_TRUE(contains(svg, layer));
}

TEST(UnitCurves, AreThoseInTheDocumentation) {
  std::ifstream file(FFWD_SOURCE_DIR "/docs/units.svg", std::ios::binary);
  const std::string documented(std::istreambuf_iterator<char>(file), {});
  EXPECT_TRUE(documented == unit_curves_svg()) << "write it anew: ffwd units -o docs/units.svg";
}

}  // namespace
}  // namespace ffwd
