#include "cli/predicted.h"

#include "cli/common_options.h"
#include "cli/readable.h"
#include "core/names.h"
#include "core/text.h"

namespace ffwd {
namespace {

std::string far_text(const FarValues& far) {
  return "column '" + shorten(far.column) + "': " + counted(far.n_rows, "row") + " far beyond the " +
         shortest(far.low) + " to " + shortest(far.high) + " of training, such as " + far.example +
         (far.bounded ? ", predicted as if at the nearer of " + readable(far.least) + " and " + readable(far.most)
                      : "; the answers there are extrapolated");
}

}  // namespace

Predicted predict_file(const PredictionInput& input, const std::vector<std::string>& keep, Warnings& warnings) {
  Model model = Model::load(input.model);
  ReadOptions options = model.read_options();
  options.delimiter = input.delimiter;
  options.threads = input.threads;
  options.keep_spelling.insert(options.keep_spelling.end(), keep.begin(), keep.end());
  Table table = read_table(data_path(input.data), options);
  warnings.add(table.warnings);
  for (const Feature& feature : model.features()) {
    const auto column = table.find(feature.name);
    if (!column || table.n_rows() == 0 || table.column(*column).n_missing() < table.n_rows()) continue;
    if (feature.type == ColumnType::kMissing) continue;
    warnings.add("column '" + shorten(feature.name) + "' is missing in every row; predicted without it");
  }
  Prediction prediction = model.predict(table, input.threads);
  for (const UnseenValues& unseen : prediction.unseen) {
    warnings.add("column '" + shorten(unseen.column) + "': " + counted(unseen.n_rows, "row") +
                 " with values that training did not see, such as '" + shorten(unseen.example) +
                 "', predicted as unknown");
  }
  for (const FarValues& far : prediction.far) warnings.add(far_text(far));
  return {.model = std::move(model), .table = std::move(table), .prediction = std::move(prediction)};
}

}  // namespace ffwd
