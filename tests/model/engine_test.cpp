#include "model/engine.h"

#include <gtest/gtest.h>

#include "core/rows.h"
#include "ffwd/error.h"
#include "network/initialise.h"

namespace ffwd {
namespace {

template <class T>
Engine<T> made_engine(const NetworkSpec& spec) {
  const Plan<T> plan = compile<T>(spec, 1);
  AlignedVector<T> parameters(plan.layout().size());
  initialise(plan.layout(), 3, parameters.data());
  return Engine<T>(spec, std::move(parameters));
}

TEST(Engine, ComesBackFromItsTensors) {
  const NetworkSpec spec = dense_network(5, {9, 3}, {"tanh"}, 2);
  const Engine<float> engine = made_engine<float>(spec);
  const auto tensors = engine.tensors();
  ASSERT_EQ(tensors.size(), 6u);
  EXPECT_EQ(tensors[0].name, "hidden1.weight");
  EXPECT_EQ(tensors[0].shape, (std::vector<std::size_t>{9, 5}));
  EXPECT_EQ(Engine<float>(spec, tensors, "m.ffwd").parameters, engine.parameters);
  EXPECT_THROW(Engine<double>(spec, tensors, "m.ffwd"), Error) << "another precision";
}

TEST(Engine, RefusesAVarianceBelowZero) {
  const NetworkSpec spec{.inputs = {{"x", 2}},
                         .layers = {{.name = "n", .type = "batch_norm", .from = {"x"}, .size = 2}},
                         .outputs = {"n"}};
  auto tensors = made_engine<float>(spec).tensors();
  ASSERT_EQ(tensors[3].name, "n.variance");
  EXPECT_EQ(std::get<std::vector<float>>(tensors[3].values), (std::vector<float>{1, 1}));
  std::get<std::vector<float>>(tensors[3].values)[1] = -1;
  try {
    const Engine<float> engine(spec, tensors, "m.ffwd");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "m.ffwd: tensor 'n.variance' holds a number below 0\n  the file is damaged, or was not written by "
                 "ffwd; train the model again");
  }
}

TEST(Engine, GivesARowTheSameBitsAtAnyPlace) {
  const NetworkSpec spec = dense_network(5, {40, 7}, {"softplus"}, 3);
  const Engine<float> engine = made_engine<float>(spec);
  const Loss loss(*find_row(losses(), "categorical_cross_entropy"));
  constexpr std::size_t kRows = 2 * kPredictRows + 5;
  const std::size_t ld = padded<float>(5);
  AlignedVector<float> features(kRows * ld);
  for (std::size_t r = 0; r < kRows; ++r) {
    for (std::size_t j = 0; j < 5; ++j) features[r * ld + j] = static_cast<float>((r * 7 + j * 3) % 11) - 5;
  }
  Matrix batch(kRows, 3), one(1, 3);
  run_network(engine, loss, features.data(), ld, kRows, batch, 0);
  for (std::size_t r = 0; r < kRows; ++r) {
    run_network(engine, loss, features.data() + r * ld, ld, 1, one, 0);
    for (std::size_t k = 0; k < 3; ++k) EXPECT_EQ(one(0, k), batch(r, k));
  }
}

}  // namespace
}  // namespace ffwd
