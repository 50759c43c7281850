#include <gtest/gtest.h>

#include "core/rows.h"
#include "network/compile.h"
#include "network/layer.h"

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

TEST(Layers, HaveNamesOfTheirOwnInRisingOrder) {
  for (std::size_t k = 1; k < layers().size(); ++k) EXPECT_LT(layers()[k - 1]->name, layers()[k]->name);
  EXPECT_EQ(find_row(layers(), "no_such_layer"), nullptr);
}

}  // namespace
}  // namespace ffwd
