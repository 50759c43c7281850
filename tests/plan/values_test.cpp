#include "plan/values.h"

#include <gtest/gtest.h>

#include "core/aligned.h"

namespace ffwd {
namespace {

/// One value of 2 units in 2 rows, its derivative holding ones and the outputs of a relu.
struct Sample {
  PlanBuilder<double> builder{2};
  Value value = builder.add_value(2, *find_unit("relu"), false);
  AlignedVector<double> arena, handed;
  Frame<double> frame;

  Sample() {
    arena.resize(builder.finish(value).arena_size());
    handed.resize(2 * value.ld);
    frame = {.rows = 2, .arena = arena.data()};
    const double outputs[2][2] = {{0, 5}, {7, 0}};
    for (std::size_t n = 0; n < 2; ++n) {
      for (std::size_t k = 0; k < 2; ++k) {
        arena[value.a + n * value.ld + k] = outputs[n][k];
        arena[value.d + n * value.ld + k] = 1;
        handed[n * value.ld + k] = static_cast<double>(10 * (n + 1) + k);
      }
    }
  }
  [[nodiscard]] std::vector<double> derivative() const {
    const double* const d = arena.data() + value.d;
    return {d[0], d[1], d[value.ld], d[value.ld + 1]};
  }
};

TEST(Values, TheFirstReaderOverwritesAndOthersAdd) {
  Sample s;
  hand_back(s.frame, {.value = s.value, .adds = false, .last = false}, s.handed.data());
  EXPECT_EQ(s.derivative(), (std::vector<double>{10, 11, 20, 21}));
  hand_back(s.frame, {.value = s.value, .adds = true, .last = false}, s.handed.data());
  EXPECT_EQ(s.derivative(), (std::vector<double>{20, 22, 40, 42}));
}

TEST(Values, TheLastReaderMultipliesTheSumByTheSlopeOfTheUnit) {
  Sample s;
  hand_back(s.frame, {.value = s.value, .adds = true, .last = true}, s.handed.data());
  EXPECT_EQ(s.derivative(), (std::vector<double>{0, 12, 21, 0}));
}

TEST(Values, ADerivativeThatNobodyWantsIsLeftAlone) {
  Sample s;
  hand_back(s.frame, {.value = s.value, .wanted = false}, s.handed.data());
  EXPECT_EQ(s.derivative(), (std::vector<double>{1, 1, 1, 1}));
}

TEST(Values, ThePartsOfAReadingAreHandedBackFromTheLastToTheFirst) {
  const Reading only;
  EXPECT_TRUE(part_of(only, 0, 3).adds && part_of(only, 0, 3).last);
  EXPECT_TRUE(part_of(only, 1, 3).adds && !part_of(only, 1, 3).last);
  EXPECT_TRUE(!part_of(only, 2, 3).adds && !part_of(only, 2, 3).last);
  const Reading second{.value = {}, .adds = true, .last = false};
  EXPECT_TRUE(part_of(second, 1, 2).adds);
  EXPECT_FALSE(part_of(second, 0, 2).last);
}

TEST(Values, OfTheInputLieWhereTheFrameSays) {
  PlanBuilder<float> builder(4);
  const Reading x = builder.add_input(3);
  AlignedVector<float> input(4 * 32);
  const Frame<float> frame{.rows = 4, .input = input.data(), .input_ld = 32};
  EXPECT_EQ(outputs_of(frame, x.value), input.data());
  EXPECT_EQ(stride_of(frame, x.value), 32u);
}

}  // namespace
}  // namespace ffwd
