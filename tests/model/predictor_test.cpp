#include "ffwd/predictor.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "model/flats.h"
#include "support/fault_of.h"

namespace ffwd {
namespace {

Model model_of(FitOptions options, const std::string& target) {
  options.targets = {target};
  options.drop = {target == "rent" ? "dear" : "rent"};
  if (!options.hidden) options.hidden = "12, 5";
  options.train.epochs = 4;
  return *fit(flats(150), nullptr, nullptr, options).model;
}

/// The cells of row `r` that the model reads.
std::vector<Cell> cells_of(const Model& model, const Table& table, std::size_t r, std::vector<std::string>& texts) {
  std::vector<Cell> cells;
  texts.assign(model.features().size(), "");
  for (std::size_t k = 0; k < model.features().size(); ++k) {
    const Feature& feature = model.features()[k];
    const Column& column = table.column(*table.find(feature.name));
    const bool is_number = feature.type == ColumnType::kNumber || feature.type == ColumnType::kInteger ||
                           feature.type == ColumnType::kBoolean;
    if (column.is_missing(r)) {
      cells.emplace_back();
    } else if (is_number) {
      cells.emplace_back(column.number(r));
    } else {
      texts[k] = column.cell(r);
      cells.emplace_back(std::string_view(texts[k]));
    }
  }
  return cells;
}

void expect_answers_of_predict(const Model& model) {
  const Table rows = flats(70, 5);
  const Prediction prediction = model.predict(rows, 1);
  Predictor predictor(model);
  std::vector<std::string> texts;
  for (std::size_t r = 0; r < rows.n_rows(); ++r) {
    const auto answers = predictor.predict(cells_of(model, rows, r, texts));
    const auto expected = prediction.values.row(r);
    EXPECT_EQ(std::vector<double>(answers.begin(), answers.end()),
              std::vector<double>(expected.begin(), expected.end()));
  }
}

TEST(Predictor, GivesTheBitsOfModelPredict) {
  FitOptions options;
  expect_answers_of_predict(model_of(options, "rent"));
  expect_answers_of_predict(model_of(options, "dear"));
  expect_answers_of_predict(model_of(options, "district"));
  options.precision = "float64";
  expect_answers_of_predict(model_of(options, "rent"));
  options.likelihood = "gaussian";
  expect_answers_of_predict(model_of(options, "rent"));
  options.ensemble = 3;
  expect_answers_of_predict(model_of(options, "rent"));
  options = {};
  options.likelihood = "quantile";
  options.hidden = "3";
  expect_answers_of_predict(model_of(options, "rent"));
}

TEST(Predictor, TakesPlainNumbersWhereAllFeaturesAre) {
  Table table;
  std::vector<double> x, y;
  for (int i = 0; i < 60; ++i) {
    x.push_back(i % 7 == 0 ? std::numeric_limits<double>::quiet_NaN() : 0.1 * i);
    y.push_back(3.0 * i + 1);
  }
  table.add_numbers("x", x);
  table.add_numbers("y", y);
  FitOptions options;
  options.targets = {"y"};
  options.train.epochs = 3;
  const Model model = *fit(table, nullptr, nullptr, options).model;
  const Prediction prediction = model.predict(table, 1);
  Predictor made(model);
  Predictor predictor = std::move(made);
  for (std::size_t r = 0; r < x.size(); ++r) {
    EXPECT_EQ(predictor.predict(std::span<const double>(&x[r], 1))[0], prediction.values(r, 0));
  }
}

TEST(Predictor, SaysWhatDoesNotFit) {
  const Model model = model_of({}, "rent");
  Predictor predictor(model);
  std::vector<std::string> texts;
  std::vector<Cell> row = cells_of(model, flats(5), 1, texts);
  const auto fault_with = [&](std::size_t k, const Cell& cell) {
    std::vector<Cell> changed = row;
    changed[k] = cell;
    return fault_of([&] { static_cast<void>(predictor.predict(changed)); });
  };
  ASSERT_EQ(model.features()[0].name, "size");
  EXPECT_EQ(fault_with(0, std::string_view("big")).kind, ErrorKind::kUsage);
  EXPECT_NE(fault_with(0, std::string_view("big")).what.find("'size'"), std::string::npos);
  EXPECT_EQ(fault_with(1, 3.0).kind, ErrorKind::kUsage);
  EXPECT_EQ(fault_with(0, std::numeric_limits<double>::infinity()).kind, ErrorKind::kData);
  row.pop_back();
  EXPECT_EQ(fault_of([&] { static_cast<void>(predictor.predict(row)); }).kind, ErrorKind::kUsage);
}

}  // namespace
}  // namespace ffwd
