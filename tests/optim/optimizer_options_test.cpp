#include "optim/optimizer_options.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/rows.h"
#include "optim/optimizer.h"

namespace ffwd {
namespace {

TEST(OptimizerOptions, AreEachUsedByARowAndHaveADefaultThere) {
  for (const OptimizerOption* option : optimizer_options()) {
    SCOPED_TRACE(option->name);
    EXPECT_NE(option->number == nullptr, option->flag == nullptr);
    EXPECT_TRUE(std::ranges::any_of(optimizers(), [&](const auto* row) { return find_used(*row, *option); }));
  }
  for (const OptimizerRow* row : optimizers()) {
    for (const UsedByOptimizer& used : row->options) {
      SCOPED_TRACE(std::string(row->name) + " " + std::string(used.option->name));
      EXPECT_TRUE(std::ranges::find(optimizer_options(), used.option) != optimizer_options().end());
      EXPECT_EQ(used.value.has_value(), used.option->number != nullptr);
      if (used.value) {
        EXPECT_TRUE(used.option->allows(*used.value));
      }
    }
  }
}

TEST(OptimizerOptions, DefaultsStandInForWhatIsNotGiven) {
  const OptimizerRow& adam = *find_row(optimizers(), "adam");
  const OptimizerOptions options = with_defaults(adam, OptimizerOptions{.beta1 = 0.5});
  EXPECT_EQ(options.beta1, 0.5);
  EXPECT_EQ(options.beta2, 0.999);
  EXPECT_EQ(options.weight_decay, std::nullopt) << "adam has none";
}

TEST(OptimizerOptions, SayWhichNumbersTheyTake) {
  using namespace optimizer_option;
  EXPECT_TRUE(kMomentum.allows(0) && !kMomentum.allows(1) && !kMomentum.allows(-0.1));
  EXPECT_TRUE(kEpsilon.allows(1e-30) && !kEpsilon.allows(0));
  EXPECT_TRUE(kLbfgsMemory.allows(3) && !kLbfgsMemory.allows(0) && !kLbfgsMemory.allows(2.5));
  EXPECT_EQ(allowed_numbers(kMomentum, "0", "1"), "a number of at least 0 and below 1");
  EXPECT_EQ(allowed_numbers(kEpsilon, "0", ""), "a number over 0");
}

}  // namespace
}  // namespace ffwd
