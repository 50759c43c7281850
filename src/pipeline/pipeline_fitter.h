// PipelineFitter: fits a Pipeline on pieces of the training rows, so that they need not be in memory at once; or on all
// of them, column by column.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "pipeline/column_encoder.h"
#include "pipeline/pipeline.h"

namespace ffwd {

/// The result depends neither on how the rows were cut into pieces nor on threads. Held until finish(): 8 bytes per
/// number and boolean, 16 per date, and each distinct text once.
class PipelineFitter {
 public:
  PipelineFitter(const PipelineOptions& options, std::span<const std::string> features);
  ~PipelineFitter();

  /// Looks at `rows` of `table`. The first table decides the columns' types; later ones are other pieces of the same
  /// data. @throws Error(kData) an infinite number in those rows, a missing column, a cell of another type.
  /// @throws Error(kUsage) an encoding that does not go with a column's type.
  void add(const Table& table, std::span<const RowIndex> rows);

  /// add() and finish() for a table of all rows, in memory or not. Each column is done before the next one of its
  /// thread, so that few are held at a time.
  [[nodiscard]] Pipeline fit(const Table& table, std::span<const RowIndex> rows, std::vector<std::string>& warnings);

  /// To be called once. Columns that are left out get a line in `warnings`. @throws Error(kData) no feature is left.
  [[nodiscard]] Pipeline finish(std::vector<std::string>& warnings);

 private:
  struct Feature {
    std::string name;
    std::unique_ptr<ColumnFitter> fitter;  ///< null: the column's type holds no values
  };

  [[nodiscard]] static Fitted finish_column(Feature& feature);
  [[nodiscard]] Pipeline put_together(std::vector<Fitted> all, std::vector<std::string>& warnings) const;
  void start(const Table& table, std::span<const std::size_t> columns);
  /// The encoding chosen for the column; "" = none. @throws Error(kUsage) one that does not go with its type.
  [[nodiscard]] std::string encoding_of(const std::string& column, ColumnType type) const;
  [[nodiscard]] std::vector<std::size_t> find_columns(const Table& table) const;
  /// Threads for work on so many cells: none is woken for a few.
  [[nodiscard]] unsigned threads_for(std::size_t n_cells) const;
  [[noreturn]] void raise_no_feature(std::span<const std::string> left_out) const;

  PipelineOptions options_;  // before the fitters, which refer to it
  std::vector<Feature> features_;
  std::string source_;
  std::size_t n_cells_ = 0;  ///< added in all
  bool started_ = false;
};

}  // namespace ffwd
