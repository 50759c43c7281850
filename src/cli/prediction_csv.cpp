#include "cli/prediction_csv.h"

#include <algorithm>
#include <vector>

#include "core/raise.h"
#include "core/text.h"

namespace ffwd {
namespace {

constexpr std::size_t kPieceBytes = 1 << 18;

void append_prediction(const Model& model, std::span<const double> values, bool alone, std::string& text) {
  if (model.classes().empty()) {
    for (std::size_t k = 0; k < values.size(); ++k) text += (k > 0 ? "," : "") + shortest(values[k]);
    return;
  }
  const auto best = std::max_element(values.begin(), values.end());
  text += csv_field(model.classes()[static_cast<std::size_t>(best - values.begin())], ',', alone);
  for (const double probability : values) text += ',' + shortest(probability);
}

}  // namespace

std::vector<std::string> prediction_header(const Model& model, const Table& table, std::span<const std::size_t> keep) {
  std::vector<std::string> names;
  if (!model.classes().empty()) names.emplace_back("prediction");
  const std::vector<std::string> answers = model.answers();
  names.insert(names.end(), answers.begin(), answers.end());
  std::vector<std::string> all;
  for (const std::size_t k : keep) {
    const std::string& name = table.column(k).name;
    if (std::find(names.begin(), names.end(), name) != names.end()) {
      raise({.kind = ErrorKind::kUsage,
             .what = "'" + name + "' is the name of a column of predictions too",
             .where = "--keep",
             .fix = "leave it out, or rename it in the data"});
    }
    all.push_back(name);
  }
  all.insert(all.end(), names.begin(), names.end());
  return all;
}

void write_prediction_csv(const Model& model, const Table& table, const Prediction& prediction,
                          std::span<const std::size_t> keep, const std::function<void(std::string_view)>& write) {
  const std::vector<std::string> names = prediction_header(model, table, keep);
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ",") + csv_field(name);
  text += '\n';
  for (std::size_t row = 0; row < table.n_rows(); ++row) {
    for (const std::size_t k : keep) text += csv_field(table.column(k).cell(row)) + ',';
    append_prediction(model, prediction.values.row(row), names.size() == 1, text);
    text += '\n';
    if (text.size() < kPieceBytes) continue;
    write(text);
    text.clear();
  }
  write(text);
}

}  // namespace ffwd
