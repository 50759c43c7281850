#include "report/learning_curves.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "report/pictures.h"

namespace ffwd {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::vector<EpochRecord> history_of(std::size_t n, bool validated) {
  std::vector<EpochRecord> history;
  for (std::size_t epoch = 1; epoch <= n; ++epoch) {
    const double x = static_cast<double>(epoch);
    history.push_back({.epoch = epoch,
                       .train_loss = 0.2 + std::exp(-x / 10),
                       .valid_loss = validated ? 0.25 + std::exp(-x / 10) + 0.001 * x : kNaN,
                       .learning_rate = 0.1,
                       .seconds = 0.0});
  }
  return history;
}

TEST(LearningCurves, AnyLengthOfHistoryIsASoundPicture) {
  for (const std::size_t n : {0U, 1U, 3U, 100U, 1000U})
    for (const bool validated : {false, true}) {
      SCOPED_TRACE(testing::Message() << n << (validated ? " with" : " without") << " validation");
      const std::string svg = learning_curves_svg(history_of(n, validated), n, "Learning curves: price", "loss");
      expect_sound(svg);
      EXPECT_EQ(count(svg, "<path class=\"line-"), validated && n > 0 ? 2U : 1U);
      EXPECT_EQ(count(svg, "<circle class=\"point"), n > 0 ? 1U : 0U);
    }
}

TEST(LearningCurves, TheKeptEpochIsPointedOutOnTheValidationLoss) {
  const std::string svg =
      learning_curves_svg(history_of(100, true), 46, "Learning curves: price", "mean squared error");
  EXPECT_TRUE(contains(svg, ">Learning curves: price<"));
  EXPECT_TRUE(contains(svg, ">100 epochs; kept: epoch 46, validation loss 0.3061<"));
  EXPECT_TRUE(contains(svg, ">mean squared error<"));
  EXPECT_TRUE(contains(svg, ">kept: epoch 46<"));
  EXPECT_TRUE(contains(svg, "<circle class=\"point fill-1\""));
  for (const char* text : {">training<", ">validation<", ">epoch<"}) EXPECT_TRUE(contains(svg, text)) << text;
}

TEST(LearningCurves, WithoutValidationItSaysSoAndMarksTheTrainingLoss) {
  const std::string svg = learning_curves_svg(history_of(1, false), 1, "t", "loss");
  EXPECT_TRUE(contains(svg, ">1 epoch; kept: epoch 1, training loss 1.105; no validation rows<"));
  EXPECT_FALSE(contains(svg, ">validation<"));
}

TEST(LearningCurves, NoEpochIsPointedOutWhereNoneWasKeptOrItsLossIsNotKnown) {
  auto history = history_of(5, true);
  EXPECT_FALSE(contains(learning_curves_svg(history, 0, "t", "loss"), "kept"));
  EXPECT_FALSE(contains(learning_curves_svg(history, 6, "t", "loss"), "kept"));
  history[2].valid_loss = kNaN;
  const std::string svg = learning_curves_svg(history, 3, "t", "loss");
  expect_sound(svg);
  EXPECT_FALSE(contains(svg, "kept"));
}

TEST(LearningCurves, EqualHistoriesGiveEqualBytes) {
  const auto history = history_of(200, true);
  EXPECT_EQ(learning_curves_svg(history, 7, "t", "loss"), learning_curves_svg(history, 7, "t", "loss"));
}

}  // namespace
}  // namespace ffwd
