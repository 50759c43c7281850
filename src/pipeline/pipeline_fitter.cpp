#include "pipeline/pipeline_fitter.h"

#include <algorithm>

#include "core/names.h"
#include "core/raise.h"
#include "pipeline/column_faults.h"
#include "pipeline/identifier.h"

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
  bool finite = true;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (features_[i].fitter != nullptr) finite &= features_[i].fitter->add(table, columns[i], rows);
  if (!finite) raise_first_infinite(table, columns, rows);
}

Pipeline PipelineFitter::finish(std::vector<std::string>& warnings) {
  std::vector<Fitted> all;
  bool others = false;  // a feature that is not a row number
  for (Feature& feature : features_) {
    Fitted fitted{.encoder = nullptr, .left_out = "all its cells are missing"};
    if (feature.fitter != nullptr) fitted = feature.fitter->finish();
    feature.fitter.reset();  // its values are not needed any more
    if (!fitted.caution.empty()) warnings.push_back(named_column(feature.name) + ": " + fitted.caution);
    others |= fitted.encoder != nullptr && !is_row_number(fitted, feature.name);
    all.push_back(std::move(fitted));
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
  constexpr std::size_t kRowsPerPiece = 65536;
  PipelineFitter fitter(options, features);
  for (std::size_t begin = 0; begin == 0 || begin < rows.size(); begin += kRowsPerPiece)
    fitter.add(table, rows.subspan(begin, std::min(kRowsPerPiece, rows.size() - begin)));
  return fitter.finish(warnings);
}

}  // namespace ffwd
