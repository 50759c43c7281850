#include "model/measured_part.h"

#include <gtest/gtest.h>

#include "model/flats.h"
#include "model/parts.h"
#include "support/fault_of.h"

namespace ffwd {
namespace {

struct Fitted {
  Table table = flats(150);
  FitOptions options;
  FitResult result;
  Preparation p;
  AllRows<float> rows;

  Fitted() {
    options.targets = {"rent"};
    options.drop = {"dear"};
    options.hidden = "6";
    options.train.epochs = 2;
    result = fit(table, nullptr, nullptr, options);
    p = prepare(table, nullptr, nullptr, options);
    rows = make_all_rows<float>(p, table, nullptr, nullptr, options);
  }
  [[nodiscard]] const Engine<float>& engine() const { return std::get<Engine<float>>(result.model->parts().engine); }
};

TEST(MeasuredPart, HoldsTheFiguresThatTrainingShowed) {
  const Fitted f;
  Matrix answers;
  const FitResult::Part test = measured(f.engine(), f.p, f.rows.test, f.rows.train, f.options.train, answers);
  EXPECT_EQ(test.rows, f.result.test.rows);
  EXPECT_EQ(answers.rows(), test.rows);
  for (const char* figure : {"rmse", "mae", "r2"}) {
    EXPECT_EQ(test.metrics[figure], f.result.test.metrics[figure]) << figure;
    EXPECT_EQ(test.baseline[figure], f.result.test.baseline[figure]) << figure;
  }
  const ValidationScore score = score_by("mae", f.p, f.rows.valid, 1);
  EXPECT_TRUE(score.lower_is_better);
  EXPECT_FALSE(score_by("r2", f.p, f.rows.valid, 1).lower_is_better);
}

TEST(MeasuredPart, OfNoRowsIsEmptyAndAnswersMustBeFinite) {
  const Fitted f;
  Matrix answers;
  FitRows<float> none = f.rows.test;
  none.data.rows = 0;
  EXPECT_EQ(measured(f.engine(), f.p, none, f.rows.train, f.options.train, answers).rows, 0U);
  FitRows<float> huge = f.rows.test;
  for (float& x : huge.data.features) x = x == 0 ? x : 3e38F;
  const Fault fault =
      fault_of([&] { static_cast<void>(measured(f.engine(), f.p, huge, f.rows.train, f.options.train, answers)); });
  EXPECT_EQ(fault.kind, ErrorKind::kDiverged);
}

}  // namespace
}  // namespace ffwd
