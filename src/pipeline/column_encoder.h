// ColumnEncoder: one column of a table as numbers, fitted on the training rows. Each kind of encoder is a file of this
// folder that defines its row of the table encoders(); fitting, loading and the documentation walk that table.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "ffwd/table.h"
#include "pipeline/pipeline.h"

namespace ffwd {

struct EncoderRow;
struct SavedColumn;

/// An encoder and the column of one table that it reads. Not shared between threads.
class BoundColumn {
 public:
  virtual ~BoundColumn() = default;
  /// Writes out[i * ld + j] = feature j of rows[i]. Returns false if it met an infinite number: what was written is
  /// then of no use. Cells that training did not see are added to `unseen`.
  /// @throws Error(kData) a cell that cannot be read as what the column was in training, with its place.
  [[nodiscard]] virtual bool encode(std::span<const RowIndex> rows, double* out, std::size_t ld, Unseen& unseen) = 0;
};

class ColumnEncoder {
 public:
  ColumnEncoder(const EncoderRow& row, std::string column, ColumnType type)
      : row_(&row), column_(std::move(column)), type_(type) {}
  virtual ~ColumnEncoder() = default;

  [[nodiscard]] const EncoderRow& row() const { return *row_; }
  [[nodiscard]] const std::string& column() const { return column_; }
  /// The type the column had in training.
  [[nodiscard]] ColumnType type() const { return type_; }

  [[nodiscard]] virtual std::size_t n_features() const = 0;
  [[nodiscard]] virtual std::vector<std::string> feature_names() const = 0;
  /// Makes column `k` of `table` ready to be read; `n_rows` is how many rows will be asked for, to choose between
  /// preparing every distinct text at once and looking each cell up. The encoder and the table outlive the result.
  /// @throws Error(kData) the column's type cannot be read as what it was in training.
  [[nodiscard]] virtual std::unique_ptr<BoundColumn> bind(const Table& table, std::size_t k,
                                                          std::size_t n_rows) const = 0;
  /// Adds what from_json needs besides the encoder's name and the column's type; arrays
  /// through put_array().
  virtual void write(Json& json, NamedArrays& arrays) const = 0;

 private:
  const EncoderRow* row_;
  std::string column_;
  ColumnType type_;
};

/// What became of a column.
struct Fitted {
  std::unique_ptr<ColumnEncoder> encoder{};  ///< null if the column is left out
  std::string left_out{};                    ///< why: "it is constant (5)"
  bool numbers_the_rows = false;             ///< the cells are the row's number plus a constant
};

/// Sees the training rows of one column piece by piece, then makes its encoder.
class ColumnFitter {
 public:
  virtual ~ColumnFitter() = default;
  /// Returns false if a cell is an infinite number. @throws Error(kData) a cell of another type than the column's.
  [[nodiscard]] virtual bool add(const Table& table, std::size_t k, std::span<const RowIndex> rows) = 0;
  [[nodiscard]] virtual Fitted finish() = 0;
};

/// The column a fitter is made for.
struct ColumnToFit {
  const EncoderRow& row;
  std::string name;
  ColumnType type;
  PipelineOptions options;
};

/// One kind of encoder.
struct EncoderRow {
  std::string_view name;              ///< in the model file
  std::string_view summary;           ///< what it makes of a column
  std::span<const ColumnType> types;  ///< of the columns it can stand for
  /// Null for the encoder that others fall back on.
  std::unique_ptr<ColumnFitter> (*fit)(ColumnToFit column);
  /// Reads what write() wrote; unknown keys are its business too. @throws Error(kModel).
  std::unique_ptr<ColumnEncoder> (*from_json)(const EncoderRow& row, const SavedColumn& saved);
};

/// All kinds, sorted by name; written by the build from the rows in this folder.
std::span<const EncoderRow* const> encoders();

/// The kind that is fitted on columns of `type`; null for a column without any value.
[[nodiscard]] const EncoderRow* encoder_for(ColumnType type);

/// The fallback for a column with one value and gaps: what is left to learn is whether the cell is missing.
[[nodiscard]] std::unique_ptr<ColumnEncoder> make_indicator(std::string column, ColumnType type);

}  // namespace ffwd
