// A Predictor answers row after row without allocating or locking.
#include "ffwd/predictor.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "allocation/counting.h"
#include "ffwd/compress.h"
#include "model/flats.h"

namespace ffwd {
namespace {

Model model_of(const std::string& target, bool compressed) {
  FitOptions options;
  options.targets = {target};
  options.drop = {target == "rent" ? "dear" : "rent"};
  options.train.epochs = 2;
  Model model = *fit(flats(120), nullptr, nullptr, options).model;
  return compressed ? *compress(model, flats(120), nullptr, nullptr, {.sparsity = 0.95, .epochs = 2}).model : model;
}

TEST(Predictor, NeitherAllocatesNorLocksFromTheSecondRowOn) {
  for (const std::string target : {"rent", "dear", "district", "compressed"}) {
    SCOPED_TRACE(target);
    const bool compressed = target == "compressed";
    const Model model = model_of(compressed ? "rent" : target, compressed);
    Predictor predictor(model);
    std::vector<Cell> row, missing(model.features().size()), unseen;
    for (const Feature& feature : model.features()) {
      const bool is_text = feature.type == ColumnType::kText, is_date = feature.type == ColumnType::kDate;
      row.emplace_back(is_text ? Cell("harbour") : is_date ? Cell("2001-02-03") : Cell(1.0));
      unseen.emplace_back(is_text ? Cell("nowhere") : is_date ? Cell("1850-02-03") : Cell(0.0));
      if (feature.name == "size") unseen.back() = Cell(1e9);
    }
    for (const auto& cells : {row, missing, unseen}) static_cast<void>(predictor.predict(cells));
    const Counts before = counted();
    double sum = 0;
    for (int i = 0; i < 20; ++i) {
      for (const std::vector<Cell>* cells : {&row, &missing, &unseen}) sum += predictor.predict(*cells)[0];
    }
    const Counts after = counted();
    EXPECT_TRUE(std::isfinite(sum));
    EXPECT_EQ(after.allocations, before.allocations);
    EXPECT_EQ(after.locks, before.locks);
  }
}

}  // namespace
}  // namespace ffwd
