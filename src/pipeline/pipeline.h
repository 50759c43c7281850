// Pipeline: fitted preprocessing, Table -> rows of features. Fitted on the training rows only, chunk by chunk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/json.h"
#include "ffwd/table.h"

namespace ffwd {

using RowIndex = std::uint32_t;

struct PipelineOptions {
  std::size_t max_levels = 64;       ///< one-hot columns per text column; rarer levels share the "rare or unknown" one
  std::size_t min_level_rows = 2;    ///< levels seen in fewer training rows are pooled too
  std::string numeric = "standard";  ///< encoding of columns of numbers: a name of numeric_steps()
  std::map<std::string, std::string> encode{};  ///< encodings of single columns, by name; see encoding_names()
  bool bound = true;                            ///< whether numbers far beyond training are bounded, see ValueRange
  std::set<std::string> codes{};                ///< columns of text that become codes of categories, and not numbers
  unsigned threads = 1;                         ///< to fit on; the pipeline does not depend on it
};

/// Arrays over 64 numbers go to the model file as tensors: "preprocessing.<column>.<what>".
using NamedArrays = std::map<std::string, std::vector<double>>;

/// Cells unlike those of training, counted while transforming: texts that it did not see, numbers far beyond its own.
/// Not shared between threads.
struct Unseen {
  std::size_t n_rows = 0;
  std::string example;
};
using UnseenByColumn = std::map<std::string, Unseen>;

class ColumnEncoder;
struct ValueRange;

class Pipeline {
 public:
  Pipeline();
  /// Of encoders that are fitted already; see pipeline_fitter.h.
  explicit Pipeline(std::vector<std::unique_ptr<ColumnEncoder>> encoders);
  Pipeline(Pipeline&&) noexcept;
  Pipeline& operator=(Pipeline&&) noexcept;
  ~Pipeline();

  /// Looks at `rows` of `table` in chunks and fits one encoder per column of `features`. Constant, all-missing and
  /// identifier-like columns are left out, each with a line in `warnings`.
  /// @throws Error(kData) an infinite number in any of those rows (with its place), no feature left.
  static Pipeline fit(const Table& table, std::span<const RowIndex> rows, std::span<const std::string> features,
                      const PipelineOptions& options, std::vector<std::string>& warnings);

  /// Network inputs per row.
  [[nodiscard]] std::size_t n_features() const;
  /// Their names: "age", "age: missing", "city = Rome", "city: rare or unknown", "sold: year".
  [[nodiscard]] std::vector<std::string> feature_names() const;
  /// The table's columns it reads, with the types they had in training.
  [[nodiscard]] std::vector<std::pair<std::string, ColumnType>> columns() const;
  /// The same columns, with how many features each makes; features follow in this order.
  [[nodiscard]] std::vector<std::pair<std::string, std::size_t>> features_of_columns() const;
  /// For each of these columns how many codes of categories its one feature can be, from 0; 0 where features are
  /// numbers.
  [[nodiscard]] std::vector<std::size_t> codes_of_columns() const;

  /// How each is encoded, in the words of --encode where it has some: "standard", "one_hot", "date".
  [[nodiscard]] std::vector<std::string> encodings() const;
  /// Where the training values of that column lay; null if it is none of numbers, or the model does not say.
  [[nodiscard]] const ValueRange* range_of(const std::string& column) const;

  /// Checks that `table` has every column with a readable type. @throws Error(kData): names what is missing and the
  /// nearest name there is.
  void check(const Table& table) const;

  /// Writes out[i * ld + j] = feature j of rows[i]; the rest of each row is left alone. Thread-safe.
  /// @throws Error(kData) an infinite number, with its place.
  template <class T>
  void transform(const Table& table, std::span<const RowIndex> rows, T* out, std::size_t ld,
                 UnseenByColumn& unseen) const;

  /// For each feature the number of the column, in columns(), that it is made of.
  [[nodiscard]] std::vector<std::size_t> column_of_feature() const;
  /// The places among columns() of those whose features have slopes.
  [[nodiscard]] std::vector<std::size_t> columns_with_slopes() const;
  /// out[i * ld + j] = d feature j / d the cell of its column in rows[i], in the column's own unit: 0 for texts, dates,
  /// marks of missing cells, missing cells, and numbers that are bounded. At a kink that of the piece above.
  /// @throws Error(kData) a cell of another type than in training.
  void slopes(const Table& table, std::span<const RowIndex> rows, double* out, std::size_t ld) const;

  /// The value of the model file's "preprocessing" key; arrays over 64 numbers go to `arrays`.
  [[nodiscard]] Json to_json(NamedArrays& arrays) const;
  /// @throws Error(kModel) anything that to_json would not have written.
  static Pipeline from_json(const Json& json, const NamedArrays& arrays, const std::string& where);

 private:
  std::vector<std::unique_ptr<ColumnEncoder>> encoders_;
};

}  // namespace ffwd
