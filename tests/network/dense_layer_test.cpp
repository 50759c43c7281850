#include <gtest/gtest.h>

#include "core/rows.h"
#include "network/compile.h"
#include "network/layer.h"
#include "support/small_network.h"

namespace ffwd {
namespace {

TEST(DenseLayer, CountsWhatItLowersTo) {
  const LayerRow* dense = find_row(layers(), "dense");
  ASSERT_NE(dense, nullptr);
  for (std::size_t inputs : {1u, 3u, 40u}) {
    for (std::size_t outputs : {1u, 4u, 5u, 33u}) {
      const NetworkSpec spec = dense_network(inputs, {}, {"relu"}, outputs);
      EXPECT_EQ(dense->n_parameters(spec.layers[0], inputs).value(), compile<float>(spec, 1).layout().n_values());
      EXPECT_EQ(dense->n_parameters(spec.layers[0], inputs).value(), compile<double>(spec, 1).layout().n_values());
    }
  }
}

TEST(DenseLayer, MayLackItsBias) {
  SmallNetwork dense({{"x", 2}}, {{.name = "d", .type = "dense", .from = {"x"}, .size = 1, .options = {{"bias", 0}}}});
  EXPECT_EQ(dense.parameter_names(), std::vector<std::string>{"d.weight"});
  EXPECT_EQ(dense.spec().n_parameters(), 2u);
  dense.set("d.weight", {2, 3});
  expect_near(dense.outputs({0, 0}), {0});
  expect_near(dense.outputs({1, 10}), {32});
}

TEST(DenseLayer, OfSeveralSourcesReadsThemSideBySide) {
  SmallNetwork dense({{"x", 1}, {"y", 2}}, {{.name = "d", .type = "dense", .from = {"y", "x"}, .size = 1}});
  dense.set("d.weight", {1, 10, 100}).set("d.bias", {1000});
  expect_near(dense.outputs({1, 2, 3}), {1132});
  expect_near(dense.jacobian({1, 2, 3}), {100, 1, 10});
}

}  // namespace
}  // namespace ffwd
