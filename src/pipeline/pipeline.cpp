#include "pipeline/pipeline.h"

#include <algorithm>

#include "pipeline/column_encoder.h"
#include "pipeline/column_faults.h"

namespace ffwd {

namespace {

using Encoders = std::vector<std::unique_ptr<ColumnEncoder>>;

/// Where each encoder finds its column.
std::vector<std::size_t> find_columns(const Encoders& encoders, const Table& table) {
  std::vector<std::size_t> columns;
  std::vector<std::string> missing;
  for (const auto& encoder : encoders) {
    const auto at = table.find(encoder->column());
    if (at)
      columns.push_back(*at);
    else
      missing.push_back(encoder->column());
  }
  if (!missing.empty()) raise_missing_columns(table, missing);
  return columns;
}

/// All encoders on the columns of one table.
class BoundPipeline {
 public:
  BoundPipeline(const Encoders& encoders, const Table& table, std::size_t n_rows)
      : encoders_(&encoders), table_(&table), columns_(find_columns(encoders, table)), unseen_(encoders.size()) {
    for (std::size_t i = 0; i < encoders.size(); ++i) bound_.push_back(encoders[i]->bind(table, columns_[i], n_rows));
  }

  /// Features of `rows` to `out`, [rows, n_features].
  void encode(std::span<const RowIndex> rows, double* out, std::size_t n_features) {
    bool finite = true;
    std::size_t at = 0;
    for (std::size_t i = 0; i < bound_.size(); ++i) {
      finite &= bound_[i]->encode(rows, out + at, n_features, unseen_[i]);
      at += (*encoders_)[i]->n_features();
    }
    if (!finite) raise_first_infinite(*table_, columns_, rows);
  }

  /// Slopes of the features of `rows`.
  void slopes(std::span<const RowIndex> rows, double* out, std::size_t ld) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < bound_.size(); ++i) {
      const std::size_t n = (*encoders_)[i]->n_features();
      for (std::size_t row = 0; row < rows.size(); ++row) std::fill_n(out + row * ld + at, n, 0.0);
      bound_[i]->slopes(rows, out + at, ld);
      at += n;
    }
  }

  void report(UnseenByColumn& unseen) const {
    for (std::size_t i = 0; i < unseen_.size(); ++i) {
      if (unseen_[i].n_rows == 0) continue;
      Unseen& total = unseen[(*encoders_)[i]->column()];
      if (total.n_rows == 0) total.example = unseen_[i].example;
      total.n_rows += unseen_[i].n_rows;
    }
  }

 private:
  const Encoders* encoders_;
  const Table* table_;
  std::vector<std::size_t> columns_;
  std::vector<std::unique_ptr<BoundColumn>> bound_;
  std::vector<Unseen> unseen_;
};

/// Rows encoded at a time: enough to spread the cost of a call per column, few enough to stay in the nearest caches.
std::size_t strip_rows(std::size_t n_features) {
  constexpr std::size_t kNumbers = 4096;
  return std::clamp<std::size_t>(kNumbers / std::max<std::size_t>(n_features, 1), 16, 256);
}

}  // namespace

Pipeline::Pipeline() = default;
Pipeline::Pipeline(std::vector<std::unique_ptr<ColumnEncoder>> encoders) : encoders_(std::move(encoders)) {}
Pipeline::Pipeline(Pipeline&&) noexcept = default;
Pipeline& Pipeline::operator=(Pipeline&&) noexcept = default;
Pipeline::~Pipeline() = default;

std::size_t Pipeline::n_features() const {
  std::size_t n = 0;
  for (const auto& encoder : encoders_) n += encoder->n_features();
  return n;
}

std::vector<std::string> Pipeline::feature_names() const {
  std::vector<std::string> names;
  for (const auto& encoder : encoders_) std::ranges::move(encoder->feature_names(), std::back_inserter(names));
  return names;
}

std::vector<std::pair<std::string, ColumnType>> Pipeline::columns() const {
  std::vector<std::pair<std::string, ColumnType>> columns;
  for (const auto& encoder : encoders_) columns.emplace_back(encoder->column(), encoder->type());
  return columns;
}

std::vector<std::pair<std::string, std::size_t>> Pipeline::features_of_columns() const {
  std::vector<std::pair<std::string, std::size_t>> columns;
  for (const auto& encoder : encoders_) columns.emplace_back(encoder->column(), encoder->n_features());
  return columns;
}

std::vector<std::size_t> Pipeline::codes_of_columns() const {
  std::vector<std::size_t> codes;
  for (const auto& encoder : encoders_) codes.push_back(encoder->n_codes());
  return codes;
}

std::vector<std::string> Pipeline::encodings() const {
  std::vector<std::string> names;
  for (const auto& encoder : encoders_) names.push_back(encoder->encoding());
  return names;
}

const ValueRange* Pipeline::range_of(const std::string& column) const {
  for (const auto& encoder : encoders_)
    if (encoder->column() == column) return encoder->range();
  return nullptr;
}

std::vector<std::size_t> Pipeline::columns_with_slopes() const {
  std::vector<std::size_t> columns;
  for (std::size_t k = 0; k < encoders_.size(); ++k) {
    if (encoders_[k]->has_slopes()) columns.push_back(k);
  }
  return columns;
}

std::vector<std::size_t> Pipeline::column_of_feature() const {
  std::vector<std::size_t> columns;
  for (std::size_t k = 0; k < encoders_.size(); ++k) columns.insert(columns.end(), encoders_[k]->n_features(), k);
  return columns;
}

void Pipeline::slopes(const Table& table, std::span<const RowIndex> rows, double* out, std::size_t ld) const {
  BoundPipeline(encoders_, table, rows.size()).slopes(rows, out, ld);
}

void Pipeline::check(const Table& table) const { BoundPipeline(encoders_, table, 0); }

template <class T>
void Pipeline::transform(const Table& table, std::span<const RowIndex> rows, T* out, std::size_t ld,
                         UnseenByColumn& unseen) const {
  BoundPipeline bound(encoders_, table, rows.size());
  const std::size_t n = n_features();
  const std::size_t strip = strip_rows(n);
  std::vector<double> features(strip * n);
  for (std::size_t begin = 0; begin < rows.size(); begin += strip) {
    const auto piece = rows.subspan(begin, std::min(strip, rows.size() - begin));
    bound.encode(piece, features.data(), n);
    for (std::size_t i = 0; i < piece.size(); ++i) {
      const double* from = features.data() + i * n;
      T* to = out + (begin + i) * ld;
      for (std::size_t j = 0; j < n; ++j) to[j] = static_cast<T>(from[j]);
    }
  }
  bound.report(unseen);
}

template void Pipeline::transform(const Table&, std::span<const RowIndex>, float*, std::size_t, UnseenByColumn&) const;
template void Pipeline::transform(const Table&, std::span<const RowIndex>, double*, std::size_t, UnseenByColumn&) const;

}  // namespace ffwd
