#include "pipeline/pipeline_fitter.h"

#include <algorithm>
#include <atomic>

#include "core/names.h"
#include "core/raise.h"
#include "core/thread_pool.h"
#include "pipeline/column_faults.h"
#include "pipeline/identifier.h"
#include "table/column_store.h"

namespace ffwd {

namespace {

constexpr std::string_view kRowNumber = "it only numbers the rows (rename it to train on it)";

/// Whether the column is nothing but a count of the rows. The name has to say so too: a count can be a true feature,
/// as the only x of a curve.
bool is_row_number(const Fitted& fitted, const std::string& name) {
  return fitted.numbers_the_rows && is_identifier_name(name);
}

}  // namespace

PipelineFitter::PipelineFitter(const PipelineOptions& options, std::span<const std::string> features)
    : options_(options) {
  for (const std::string& name : features) features_.push_back({name, nullptr});
}

PipelineFitter::~PipelineFitter() = default;

std::vector<std::size_t> PipelineFitter::find_columns(const Table& table) const {
  std::vector<std::size_t> columns;
  std::vector<std::string> missing;
  for (const Feature& feature : features_) {
    const auto at = table.find(feature.name);
    if (at)
      columns.push_back(*at);
    else
      missing.push_back(feature.name);
  }
  if (!missing.empty()) raise_missing_columns(table, missing);
  return columns;
}

void PipelineFitter::start(const Table& table, std::span<const std::size_t> columns) {
  started_ = true;
  source_ = table.source;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const ColumnType type = table.column(columns[i]).type;
    if (const EncoderRow* row = encoder_for(type))
      features_[i].fitter = row->fit({.row = *row,
                                      .name = features_[i].name,
                                      .type = type,
                                      .options = options_,
                                      .encoding = encoding_of(features_[i].name, type),
                                      .as_codes = options_.codes.contains(features_[i].name)});
  }
}

std::string PipelineFitter::encoding_of(const std::string& column, ColumnType type) const {
  const auto chosen = options_.encode.find(column);
  if (chosen != options_.encode.end()) {
    require_encoding(column, type, chosen->second);
    return chosen->second;
  }
  return type == ColumnType::kInteger || type == ColumnType::kNumber ? options_.numeric : std::string();
}

void PipelineFitter::add(const Table& table, std::span<const RowIndex> rows) {
  const std::vector<std::size_t> columns = find_columns(table);
  if (!started_) start(table, columns);
  const std::size_t n_cells = rows.size() * columns.size();
  n_cells_ += n_cells;
  std::atomic<bool> finite = true;
  parallel_for(threads_for(n_cells), columns.size(), [&](std::size_t i, unsigned) {
    if (features_[i].fitter != nullptr && !features_[i].fitter->add(table, columns[i], rows)) finite = false;
  });
  if (!finite) raise_first_infinite(table, columns, rows);
}

unsigned PipelineFitter::threads_for(std::size_t n_cells) const {
  constexpr std::size_t kWorthSharing = 20'000;
  return n_cells < kWorthSharing ? 1 : options_.threads;
}

Fitted PipelineFitter::finish_column(Feature& feature) {
  if (feature.fitter == nullptr) return {.left_out = "all its cells are missing"};
  Fitted fitted = feature.fitter->finish();
  feature.fitter.reset();  // its values are not needed any more
  return fitted;
}

Pipeline PipelineFitter::fit(const Table& table, std::span<const RowIndex> rows, std::vector<std::string>& warnings) {
  const std::vector<std::size_t> columns = find_columns(table);
  start(table, columns);
  std::vector<Fitted> all(columns.size());
  std::atomic<bool> finite = true;
  unsigned threads = threads_for(rows.size() * columns.size());
  if (table.store != nullptr) threads = columns_at_a_time(table.n_rows(), threads);
  parallel_for(threads, columns.size(), [&](std::size_t i, unsigned) {
    if (features_[i].fitter != nullptr) {
      const ColumnCells cells(table, columns[i]);
      if (!features_[i].fitter->add(cells.table(), cells.column(), rows)) finite = false;
    }
    if (finite) all[i] = finish_column(features_[i]);
  });
  if (!finite) raise_first_infinite(table, columns, rows);
  return put_together(std::move(all), warnings);
}

Pipeline PipelineFitter::finish(std::vector<std::string>& warnings) {
  std::vector<Fitted> all(features_.size());
  parallel_for(threads_for(n_cells_), all.size(),
               [&](std::size_t i, unsigned) { all[i] = finish_column(features_[i]); });
  return put_together(std::move(all), warnings);
}

Pipeline PipelineFitter::put_together(std::vector<Fitted> all, std::vector<std::string>& warnings) const {
  bool others = false;  // a feature that is not a row number
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string& name = features_[i].name;
    if (!all[i].caution.empty()) warnings.push_back(named_column(name) + ": " + all[i].caution);
    others |= all[i].encoder != nullptr && !is_row_number(all[i], name);
  }
  std::vector<std::unique_ptr<ColumnEncoder>> encoders;
  std::vector<std::string> left_out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (others && is_row_number(all[i], features_[i].name))
      all[i] = {.encoder = nullptr, .left_out = std::string(kRowNumber)};
    if (all[i].encoder != nullptr)
      encoders.push_back(std::move(all[i].encoder));
    else
      left_out.push_back(named_column(features_[i].name) + " is left out: " + all[i].left_out);
  }
  if (encoders.empty()) raise_no_feature(left_out);
  warnings.insert(warnings.end(), left_out.begin(), left_out.end());
  return Pipeline(std::move(encoders));
}

void PipelineFitter::raise_no_feature(std::span<const std::string> left_out) const {
  constexpr std::size_t kMostNamed = 5;
  raise({.kind = ErrorKind::kData,
         .what = "no feature left to train on" +
                 (left_out.empty() ? std::string() : ": " + join_names(left_out, "and", kMostNamed)),
         .where = source_,
         .fix = "give the table at least one column, besides the target, that differs between the training rows"});
}

Pipeline Pipeline::fit(const Table& table, std::span<const RowIndex> rows, std::span<const std::string> features,
                       const PipelineOptions& options, std::vector<std::string>& warnings) {
  return PipelineFitter(options, features).fit(table, rows, warnings);
}

}  // namespace ffwd
