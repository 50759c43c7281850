// Small tables, pipelines on them, and the errors they raise.
#pragma once

#include <gtest/gtest.h>

#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ffwd/error.h"
#include "ffwd/matrix.h"
#include "ffwd/table.h"
#include "pipeline/pipeline.h"
#include "support/fault_of.h"

namespace ffwd {

using Cells = std::vector<std::optional<std::string>>;
inline const std::nullopt_t kNone = std::nullopt;

/// Adds a column held as texts: text, boolean, date, timestamp.
inline void add_typed(Table& table, std::string name, ColumnType type, const Cells& cells) {
  Table made;
  made.add_text(std::move(name), cells);
  Column column = made.column(0);
  column.type = type;
  table.add(std::move(column));
}

/// Adds a column without any value.
inline void add_missing(Table& table, std::string name, std::size_t n_rows) {
  Column column;
  column.name = std::move(name);
  column.n_rows = n_rows;
  table.add(std::move(column));
}

inline std::vector<RowIndex> first_rows(std::size_t n) {
  std::vector<RowIndex> rows(n);
  std::iota(rows.begin(), rows.end(), RowIndex{0});
  return rows;
}

inline std::vector<RowIndex> all_rows(const Table& table) { return first_rows(table.n_rows()); }

/// Fitted on all columns and the given rows; warnings are dropped.
inline Pipeline fitted(const Table& table, std::span<const RowIndex> rows, const PipelineOptions& options = {}) {
  std::vector<std::string> warnings;
  return Pipeline::fit(table, rows, table.names(), options, warnings);
}

inline Pipeline fitted(const Table& table) { return fitted(table, all_rows(table)); }

inline std::vector<std::string> warnings_of_fitting(const Table& table) {
  std::vector<std::string> warnings;
  static_cast<void>(Pipeline::fit(table, all_rows(table), table.names(), {}, warnings));
  return warnings;
}

inline Matrix features(const Pipeline& pipeline, const Table& table, std::span<const RowIndex> rows,
                       UnseenByColumn& unseen) {
  Matrix out(rows.size(), pipeline.n_features());
  pipeline.transform(table, rows, out.values().data(), pipeline.n_features(), unseen);
  return out;
}

inline Matrix features(const Pipeline& pipeline, const Table& table) {
  UnseenByColumn unseen;
  return features(pipeline, table, all_rows(table), unseen);
}

inline std::vector<double> column_of(const Matrix& matrix, std::size_t j) {
  std::vector<double> values;
  for (std::size_t i = 0; i < matrix.rows(); ++i) values.push_back(matrix(i, j));
  return values;
}

inline std::vector<double> row_of(const Matrix& matrix, std::size_t i) {
  return {matrix.row(i).begin(), matrix.row(i).end()};
}

}  // namespace ffwd
