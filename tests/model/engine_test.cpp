#include "model/engine.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <span>

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
  std::vector<AlignedVector<T>> members(spec.members, parameters);
  for (std::size_t m = 1; m < spec.members; ++m) initialise(plan.layout(), 3 + m, members[m].data());
  return Engine<T>(spec, std::move(members));
}

TEST(Engine, ComesBackFromItsTensors) {
  const NetworkSpec spec = dense_network(5, {9, 3}, {"tanh"}, 2);
  const Engine<float> engine = made_engine<float>(spec);
  const auto tensors = engine.tensors();
  ASSERT_EQ(tensors.size(), 6u);
  EXPECT_EQ(tensors[0].name, "hidden1.weight");
  EXPECT_EQ(tensors[0].shape, (std::vector<std::size_t>{9, 5}));
  EXPECT_EQ(Engine<float>(spec, tensors, "m.ffwd").members, engine.members);
  EXPECT_THROW(Engine<double>(spec, tensors, "m.ffwd"), Error) << "another precision";
}

TEST(Engine, HoldsMembersAlongALeadingAxis) {
  NetworkSpec spec = dense_network(5, {9, 3}, {"tanh"}, 2);
  spec.members = 4;
  const Engine<double> engine = made_engine<double>(spec);
  const auto tensors = engine.tensors();
  EXPECT_EQ(tensors[0].shape, (std::vector<std::size_t>{4, 9, 5}));
  EXPECT_EQ(tensors[1].shape, (std::vector<std::size_t>{4, 9}));
  EXPECT_EQ(Engine<double>(spec, tensors, "m.ffwd").members, engine.members);
  const auto& values = std::get<std::vector<double>>(tensors[0].values);
  NetworkSpec alone = spec;
  alone.members = 1;
  const auto third = Engine<double>(alone, {engine.members[2]}).tensors();
  const std::span<const double> part = std::span(values).subspan(std::size_t{2} * 45, 45);
  EXPECT_TRUE(std::ranges::equal(part, std::get<std::vector<double>>(third[0].values)));
  EXPECT_THROW(Engine<double>(alone, tensors, "m.ffwd"), Error);
  spec.members = 5;
  EXPECT_THROW(Engine<double>(spec, tensors, "m.ffwd"), Error);
}

TEST(Engine, AnswersWithTheMeanOfItsMembers) {
  NetworkSpec spec = dense_network(5, {9}, {"tanh"}, 3);
  spec.members = 3;
  const Engine<float> engine = made_engine<float>(spec);
  spec.members = 1;
  const Loss loss(*find_row(losses(), "categorical_cross_entropy"));
  constexpr std::size_t kRows = kPredictRows + 3;
  const std::size_t ld = padded<float>(5);
  AlignedVector<float> features(kRows * ld);
  for (std::size_t i = 0; i < features.size(); ++i) features[i] = i % ld < 5 ? static_cast<float>(i % 7) - 3 : 0;
  Matrix together(kRows, 3), one(kRows, 3), sum(kRows, 3);
  run_network(engine, loss, features.data(), ld, kRows, together, 0);
  for (const auto& member : engine.members) {
    run_network(Engine<float>(spec, {member}), loss, features.data(), ld, kRows, one, 0);
    for (std::size_t i = 0; i < sum.values().size(); ++i) sum.values()[i] += one.values()[i];
  }
  for (std::size_t i = 0; i < sum.values().size(); ++i) EXPECT_EQ(together.values()[i], sum.values()[i] / 3);
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
