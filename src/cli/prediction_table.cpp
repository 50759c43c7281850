#include "cli/prediction_table.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "cli/prediction_csv.h"

namespace ffwd {
namespace {

/// The classes as cells of a CSV file would be read: in the order of their codes.
Column typed(const std::vector<std::string>& classes) {
  std::string text = "class\n";
  for (const std::string& name : classes) text += csv_field(name, ',', true) + '\n';
  return read_csv(text, "classes", {.delimiter = ',', .missing = std::vector<std::string>{}}).column(0);
}

std::vector<std::size_t> most_probable(const Matrix& values, std::size_t n_rows) {
  std::vector<std::size_t> best(n_rows);
  for (std::size_t row = 0; row < n_rows; ++row) {
    const auto of_row = values.row(row);
    best[row] = static_cast<std::size_t>(std::max_element(of_row.begin(), of_row.end()) - of_row.begin());
  }
  return best;
}

Column predicted_classes(const std::vector<std::string>& names, const Matrix& values, std::size_t n_rows) {
  Column classes = typed(names);
  Column column;
  column.type = classes.type;
  column.n_rows = n_rows;
  for (const std::size_t best : most_probable(values, n_rows)) {
    if (classes.type == ColumnType::kInteger)
      column.integers.push_back(classes.integers[best]);
    else if (classes.type == ColumnType::kNumber)
      column.numbers.push_back(classes.numbers[best]);
    else
      column.text.codes.push_back(classes.text.codes[best]);
  }
  column.text.levels = std::move(classes.text.levels);
  return column;
}

std::vector<double> values_of(const Matrix& values, std::size_t output, std::size_t n_rows) {
  std::vector<double> column(n_rows);
  for (std::size_t row = 0; row < n_rows; ++row) column[row] = values.row(row)[output];
  return column;
}

}  // namespace

Table prediction_table(const Model& model, const Table& table, const Prediction& prediction,
                       std::span<const std::size_t> keep) {
  const std::vector<std::string> names = prediction_header(model, table, keep);
  const std::size_t n_rows = table.n_rows();
  Table predictions = Table::with_rows(n_rows);
  for (const std::size_t k : keep) {
    Column column = table.column(k);
    column.spelling.reset();
    predictions.add(std::move(column));
  }
  const Matrix& values = prediction.values;
  if (model.classes().empty()) {
    for (std::size_t k = 0; k < values.columns(); ++k) {
      predictions.add_numbers(names[keep.size() + k], values_of(values, k, n_rows));
    }
    return predictions;
  }
  Column classes = predicted_classes(model.classes(), values, n_rows);
  classes.name = "prediction";
  predictions.add(std::move(classes));
  for (std::size_t k = 0; k < model.classes().size(); ++k)
    predictions.add_numbers(names[keep.size() + 1 + k], values_of(values, k, n_rows));
  return predictions;
}

}  // namespace ffwd
