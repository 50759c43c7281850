#include "cli/prediction_time.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "ffwd/predictor.h"

namespace ffwd {
namespace {

constexpr std::size_t kBatchRows = 4096, kSingleRows = 256;
/// Runs of each model: at least the former, and more until so much time is over.
constexpr std::size_t kRuns = 7;
constexpr double kSeconds = 0.3;

/// The first n values, or none where there are none: copying a whole column would take longer than what is timed.
template <class Values>
Values first_of(const Values& values, std::size_t n) {
  return Values(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(std::min(n, values.size())));
}

Table first_rows(const Table& table, std::size_t n) {
  n = std::min(n, table.n_rows());
  Table part = Table::with_rows(n);
  for (const Column& column : table.columns()) {
    part.add({.name = column.name,
              .type = column.type,
              .n_rows = n,
              .integers = first_of(column.integers, n),
              .missing = first_of(column.missing, n),
              .numbers = first_of(column.numbers, n),
              .text = {.codes = first_of(column.text.codes, n), .levels = column.text.levels}});
  }
  return part;
}

/// Rows as a Predictor takes them. Texts stay where they are.
class Rows {
 public:
  Rows(const Model& model, const Table& table) {
    const std::vector<Feature>& features = model.features();
    texts_.resize(table.n_rows() * features.size());
    for (std::size_t row = 0; row < table.n_rows(); ++row) {
      std::vector<Cell>& cells = rows_.emplace_back();
      for (const Feature& feature : features) {
        std::string& text = texts_[row * features.size() + cells.size()];
        cells.push_back(cell(table.column(*table.find(feature.name)), feature.type, row, text));
      }
    }
  }

  [[nodiscard]] const std::vector<std::vector<Cell>>& all() const { return rows_; }

 private:
  static Cell cell(const Column& column, ColumnType type, std::size_t row, std::string& text) {
    if (column.is_missing(row)) return std::monostate();
    const bool is_number = type == ColumnType::kInteger || type == ColumnType::kNumber || type == ColumnType::kBoolean;
    if (is_number) return column.number(row);
    text = column.cell(row);
    return std::string_view(text);
  }

  std::vector<std::string> texts_;
  std::vector<std::vector<Cell>> rows_;
};

/// One model at work.
class Timed {
 public:
  Timed(const Model& model, const Table& table, const Rows& rows)
      : model_(model), table_(table), predictor_(model), rows_(rows.all()) {}

  void run(const std::function<double()>& clock) {
    const double began = clock();
    static_cast<void>(model_.predict(table_, 1));
    const double between = clock();
    for (const std::vector<Cell>& row : rows_) static_cast<void>(predictor_.predict(row));
    const double end = clock();
    best_.batch = std::min(best_.batch, (between - began) / static_cast<double>(table_.n_rows()));
    best_.one_row = std::min(best_.one_row, (end - between) / static_cast<double>(rows_.size()));
  }
  [[nodiscard]] const PredictionTime& best() const { return best_; }

 private:
  const Model& model_;
  const Table& table_;
  Predictor predictor_;
  const std::vector<std::vector<Cell>>& rows_;
  PredictionTime best_ = {.one_row = std::numeric_limits<double>::infinity(),
                          .batch = std::numeric_limits<double>::infinity()};
};

}  // namespace

PredictionTimes time_predictions(const Model& before, const Model& after, const Table& table,
                                 const std::function<double()>& clock) {
  const Table batch = first_rows(table, kBatchRows);
  const Rows rows(before, first_rows(table, kSingleRows));
  Timed first(before, batch, rows), second(after, batch, rows);
  const double began = clock();
  for (std::size_t run = 0; run < kRuns || clock() - began < kSeconds; ++run) {
    first.run(clock);
    second.run(clock);
    if (run + 1 >= kRuns * kRuns * kRuns) break;  // a clock that stands still
  }
  return {.before = first.best(), .after = second.best()};
}

}  // namespace ffwd
