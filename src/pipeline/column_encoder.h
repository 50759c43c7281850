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
#include "pipeline/value_range.h"

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
  /// Whether a cell is a number that encode_number() can be given in place of a table's.
  [[nodiscard]] virtual bool takes_numbers() const { return false; }
  /// Writes out[j] = feature j of a cell x, NaN if it is missing; returns as encode().
  [[nodiscard]] virtual bool encode_number(double /*x*/, double* /*out*/, Unseen& /*unseen*/) { return false; }
  /// Writes out[i * ld + j] = d feature j / d cell, where that is not 0, which it is for all but numbers. Only features
  /// that stand for a number of the column have slopes. `out` holds zeros.
  virtual void slopes(std::span<const RowIndex>, double*, std::size_t) {}
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

  /// How the column is encoded: one of the words of the row's encodings(), or the row's name if it has none.
  [[nodiscard]] virtual std::string encoding() const;
  /// Of a column of numbers, if it is known: where its training values lay.
  [[nodiscard]] virtual const ValueRange* range() const { return nullptr; }
  /// Whether its features move with the column's cells (BoundColumn::slopes).
  [[nodiscard]] virtual bool has_slopes() const { return false; }
  [[nodiscard]] virtual std::size_t n_features() const = 0;
  /// Where its one feature is the code of a category: how many codes there are, from 0. 0 where features are numbers.
  [[nodiscard]] virtual std::size_t n_codes() const { return 0; }
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
  std::string caution{};                     ///< of how the encoding that was chosen fits the column; "" = nothing
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
  const PipelineOptions& options;  ///< outlives the fitter
  std::string encoding;            ///< as given for the column, or for all of its type; "" = the row's usual one
  bool as_codes = false;           ///< text becomes codes of categories, and there is no encoding
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
  /// What --encode can ask of it; null if there is nothing to choose.
  std::vector<std::string> (*encodings)() = nullptr;
};

/// All kinds, sorted by name; written by the build from the rows in this folder.
std::span<const EncoderRow* const> encoders();

/// The kind that is fitted on columns of `type`; null for a column without any value.
[[nodiscard]] const EncoderRow* encoder_for(ColumnType type);

/// The word of an encoding: "ordinal" of "ordinal:S,M,L".
[[nodiscard]] std::string encoding_word(std::string_view encoding);

/// Every word that --encode knows, each once.
[[nodiscard]] std::vector<std::string> encoding_names();

/// Refuses an encoding that does not go with the column's type. @throws Error(kUsage).
void require_encoding(const std::string& column, ColumnType type, const std::string& encoding);

/// The fallback for a column with one value and gaps: what is left to learn is whether the cell is missing.
[[nodiscard]] std::unique_ptr<ColumnEncoder> make_indicator(std::string column, ColumnType type);

}  // namespace ffwd
