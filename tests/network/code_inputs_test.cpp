#include "network/code_inputs.h"

#include <gtest/gtest.h>

#include "support/fault_of.h"

namespace ffwd {
namespace {

const std::vector<std::string> kInputs = {"x", "shop"};

LayerSpec layer(const std::string& name, const std::string& type, const std::vector<std::string>& from) {
  return {.name = name, .type = type, .from = from, .size = 4};
}

Fault refusal(const std::vector<LayerSpec>& layers) {
  const Fault fault = fault_of([&] { static_cast<void>(code_inputs(kInputs, layers)); });
  EXPECT_EQ(fault.kind, ErrorKind::kUsage);
  return fault;
}

TEST(CodeInputs, AreThoseThatEmbeddingsRead) {
  const std::vector<LayerSpec> layers = {layer("e", "embedding", {"shop"}), layer("f", "embedding", {"shop"}),
                                         layer("h", "dense", {"x", "e", "f"})};
  const auto codes = code_inputs(kInputs, layers);
  ASSERT_EQ(codes.size(), 1u);
  EXPECT_EQ(codes.at("shop"), layers.data());
  EXPECT_TRUE(code_inputs(kInputs, std::vector{layer("h", "dense", {"x", "shop"})}).empty());
}

TEST(CodeInputs, LeaveNamesOfNothingToOthers) {
  EXPECT_TRUE(code_inputs(kInputs, std::vector{layer("e", "embedding", {"shpo"}), layer("h", "denes", {"e"})}).empty());
}

TEST(CodeInputs, HaveAsManyCodesAsTheLayerSays) {
  LayerSpec e = layer("e", "embedding", {"shop"});
  e.options["categories"] = 12;
  EXPECT_EQ(categories_of(e), 12u);
  EXPECT_EQ(categories_of(layer("h", "dense", {"x"})), 0u);
}

TEST(CodeInputs, AreReadOneByOne) {
  const Fault fault = refusal({layer("e", "embedding", {"x", "shop"})});
  EXPECT_EQ(fault.what, "layer 'e' reads 2 sources; an embedding reads one, an input of codes");
  EXPECT_EQ(fault.fix, "give each column of categories an input and an embedding of its own");
}

TEST(CodeInputs, AreNoLayers) {
  const Fault fault = refusal({layer("h", "dense", {"x"}), layer("e", "embedding", {"h"})});
  EXPECT_EQ(fault.what, "layer 'e' reads the layer 'h'; an embedding reads codes, which are an input");
}

TEST(CodeInputs, AreNoNumbersForOthers) {
  const Fault fault = refusal({layer("h", "dense", {"x", "shop"}), layer("e", "embedding", {"shop"})});
  EXPECT_EQ(fault.what, "the input 'shop' holds codes for layer 'e', and layer 'h' would take them for numbers");
  EXPECT_EQ(fault.fix, "let 'h' read 'e' instead");
}

}  // namespace
}  // namespace ffwd
