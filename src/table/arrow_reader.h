// Tables from a stream of Arrow arrays, wherever they come from: a file by way of the plugin, or a program in memory.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "ffwd/table.h"
#include "table/arrow_c_data.h"
#include "table/arrow_column.h"

namespace ffwd {

/// Reads `stream` to its end and releases it. A null and a NaN are missing, and nothing else is; columns of types that
/// ffwd has no word for are left out with a warning. `options.types` as for read_table; what is for texts alone
/// (delimiter, missing marks, spelling) has no effect but a warning. Rules: docs/parquet.md.
/// @throws Error(kData): the arrays are damaged, or a cell cannot be read, at "SOURCE: row N".
[[nodiscard]] Table read_arrow(ArrowArrayStream& stream, const std::string& source, const ReadOptions& options = {});

/// What is known of a column before its arrays come.
struct ArrowKnown {
  std::string name;
  bool beyond_64_bits = false;  ///< see ArrowColumn
};

/// A stream read batch by batch, into tables of as many rows as one likes.
class ArrowBatches {
 public:
  /// Takes `stream` over. `known`: of each of its columns; empty = as its schema says. `first_row`: the rows of the
  /// table that stand before its first.
  /// @throws Error(kData) as read_arrow
  ArrowBatches(ArrowArrayStream& stream, std::string source, std::vector<ArrowKnown> known = {},
               std::size_t first_row = 0);

  /// The columns with the rows added since the last take(); of those that cannot be read, none.
  [[nodiscard]] std::vector<ArrowColumn>& columns() { return columns_; }
  /// What the schema has that is odd: columns without names, and such as cannot be read.
  [[nodiscard]] const std::vector<std::string>& schema_warnings() const { return warnings_; }
  /// Makes room for so many rows until the next take().
  void reserve(std::size_t n_rows);
  /// Adds the rows of the next batch. False at the end of the stream.
  bool add();
  /// A table of the rows added since the last time.
  [[nodiscard]] Table take(const ReadOptions& options);

 private:
  [[noreturn]] void refuse(std::string what) const;
  void check(int code);
  void read_schema();
  [[nodiscard]] std::string name_of(const ArrowSchema& field, std::size_t k);
  void start_columns();
  void check_batch(const ArrowArray& array) const;

  ArrowOwner<ArrowArrayStream> stream_;
  ArrowOwner<ArrowSchema> schema_;
  std::string source_;
  std::vector<ArrowKnown> known_;
  std::vector<ArrowColumn> columns_;
  std::vector<std::string> warnings_;
  std::size_t first_row_ = 0;  ///< of the next table
  std::size_t n_rows_ = 0;     ///< of the next table, so far
};

/// The column with the type that `options` declare for it, if they do; what is odd about it matters as long as nobody
/// has decided on its type.
[[nodiscard]] Column finished(ArrowColumn column, const ReadOptions& options, std::vector<std::string>& warnings);

/// What is asked for has no effect on tables that come from arrays.
void warn_of_csv_options(const ReadOptions& options, std::vector<std::string>& warnings);

}  // namespace ffwd
