#include "ffwd/model.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "core/raise.h"
#include "core/thread_pool.h"
#include "model/answers.h"
#include "model/fit_rows.h"
#include "model/measure.h"
#include "model/parts.h"
#include "model/usable_rows.h"
#include "pipeline/row_weights.h"
#include "pipeline/value_range.h"

namespace ffwd {
namespace {

// A chunk of rows from the table to linked outputs, without holding more than the chunk's features.
template <class T>
void predict_chunk(const Model::Parts& parts, const Engine<T>& engine, const Table& table,
                   std::span<const RowIndex> rows, Matrix& linked, UnseenByColumn& unseen) {
  const std::size_t ld = padded<T>(parts.pipeline->n_features());
  AlignedVector<T> features(rows.size() * ld);
  parts.pipeline->transform(table, rows, features.data(), ld, unseen);
  run_network(engine, parts.loss, features.data(), ld, rows.size(), linked, rows.front());
}

// Features are bounded, so only weights can be at fault: each is finite, but together they may overflow.
void require_finite(const Matrix& linked, const std::string& source) {
  for (std::size_t row = 0; row < linked.rows(); ++row) {
    if (std::ranges::all_of(linked.row(row), [](double value) { return std::isfinite(value); })) continue;
    raise({.kind = ErrorKind::kModel,
           .what = "the model's output for data row " + std::to_string(row + 1) +
                   " is beyond its range of numbers: its weights are too large",
           .where = source,
           .fix = "train the model again, with a lower --learning-rate or with --precision float64"});
  }
}

}  // namespace

Model::Model(std::shared_ptr<const Parts> parts) : parts_(std::move(parts)) {}

Task Model::task() const { return parts_->targets.task(); }
std::vector<std::string> Model::targets() const { return parts_->targets.names(); }
const std::vector<std::string>& Model::classes() const { return parts_->targets.classes(); }
const std::vector<Feature>& Model::features() const { return parts_->features; }
std::vector<std::string> Model::encodings() const { return parts_->pipeline->encodings(); }
const NetworkSpec& Model::network() const { return parts_->network; }
std::vector<std::string> Model::answers() const { return answer_names(parts_->targets, parts_->loss); }
std::size_t Model::members() const { return parts_->network.members; }
std::vector<std::size_t> Model::nonzero_parameters() const {
  return std::visit([&](const auto& engine) { return engine.nonzero(parts_->network.layers); }, parts_->engine);
}
std::string_view Model::precision() const { return parts_->engine.index() == 0 ? "float32" : "float64"; }

ReadOptions Model::read_options() const {
  ReadOptions options;
  options.missing = parts_->missing;
  for (const Feature& feature : parts_->features) options.types[feature.name] = feature.type;
  // Some rows of a text target may all look like numbers: their classes have the names that the texts had.
  for (const Target& target : parts_->targets.each()) {
    if (target.type() == ColumnType::kText) options.types[target.name()] = ColumnType::kText;
  }
  return options;
}

Prediction Model::predict(const Table& table, unsigned threads) const {
  parts_->pipeline->check(table);
  Matrix linked(table.n_rows(), n_outputs(parts_->targets, parts_->loss));
  std::vector<RowIndex> rows(table.n_rows());
  std::iota(rows.begin(), rows.end(), RowIndex{0});
  const std::size_t chunks = (rows.size() + kChunkRows - 1) / kChunkRows;
  std::vector<UnseenByColumn> counts(chunks);
  parallel_for(thread_count(threads), chunks, [&](std::size_t chunk, unsigned) {
    const std::size_t begin = chunk * kChunkRows;
    const auto part = std::span<const RowIndex>(rows).subspan(begin, std::min(kChunkRows, rows.size() - begin));
    std::visit([&](const auto& engine) { predict_chunk(*parts_, engine, table, part, linked, counts[chunk]); },
               parts_->engine);
  });
  require_finite(linked, table.source);
  UnseenByColumn unseen;
  for (const UnseenByColumn& count : counts) merge(count, unseen);
  Prediction prediction{.values = decode(parts_->targets, parts_->loss, std::move(linked)), .unseen = {}};
  for (const auto& [column, u] : unseen) {
    if (const ValueRange* range = parts_->pipeline->range_of(column)) {
      prediction.far.push_back(far_values(column, u, *range));
    } else {
      prediction.unseen.push_back({.column = column, .n_rows = u.n_rows, .example = u.example});
    }
  }
  return prediction;
}

Evaluation Model::evaluate(const Table& table, const Prediction& prediction, const EvaluateOptions& options) const {
  const UsableRows usable = usable_rows(table, targets(), options.drop_missing_target);
  const std::vector<RowIndex>& rows = usable.rows;
  if (rows.empty()) {
    raise({.kind = ErrorKind::kData,
           .what = "there are no data rows to measure on",
           .where = table.source,
           .fix = "give a file with rows and their targets"});
  }
  std::vector<double> weights;
  if (!options.weight.empty()) {
    weights = row_weights(table, options.weight, rows);
    require_weight(weights, "measure", table);
  }
  const Matrix truth = parts_->targets.truth(table, rows);
  const AnswerLayout layout = layout_of(parts_->loss);
  if (rows.size() == table.n_rows()) {  // the answers, which may be many, need no copy
    return {.rows = rows.size(),
            .metrics = measure(task(), targets(), truth, prediction.values, weights, options.threads, layout)};
  }
  Matrix predicted(rows.size(), prediction.values.columns());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::ranges::copy(prediction.values.row(rows[i]), predicted.row(i).begin());
  }
  return {.rows = rows.size(),
          .metrics = measure(task(), targets(), truth, predicted, weights, options.threads, layout)};
}

}  // namespace ffwd
