#include "cli/predicted.h"

#include "cli/readable.h"
#include "core/names.h"

namespace ffwd {

Predicted predict_file(const PredictionInput& input, const std::vector<std::string>& keep, Warnings& warnings) {
  Model model = Model::load(input.model);
  ReadOptions options = model.read_options();
  options.delimiter = input.delimiter;
  options.keep_spelling.insert(options.keep_spelling.end(), keep.begin(), keep.end());
  Table table = read_table(input.data, options);
  warnings.add(table.warnings);
  Prediction prediction = model.predict(table, input.threads);
  for (const UnseenValues& unseen : prediction.unseen) {
    warnings.add("column '" + shorten(unseen.column) + "': " + counted(unseen.n_rows, "row") +
                 " with values that training did not see, such as '" + shorten(unseen.example) +
                 "', predicted as unknown");
  }
  return {.model = std::move(model), .table = std::move(table), .prediction = std::move(prediction)};
}

}  // namespace ffwd
